"""What a clerk notes on a ticket: whose it is, and what it is about."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Resident, User
from circle.permissions.on_behalf import refuse_gone
from services.models import ServiceItem, Ticket


@transaction.atomic
def name_ticket(*, ticket: Ticket, resident: Resident, at: dt.datetime, by: User) -> Ticket:
    """Say whose ticket it is.

    Refuses: other_community, resident_gone, booked_for_another, changed_meanwhile (closed, or named by
    somebody else).
    """
    refuse_gone(resident)
    if resident.community_id != ticket.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if ticket.booking_id and ticket.resident_id != resident.pk:
        raise ValidationError(_("This number belongs to a booking."), code="booked_for_another")
    unchanged = Ticket.objects.live().filter(pk=ticket.pk, resident=ticket.resident_id)
    if not unchanged.update(resident=resident):
        raise changed_meanwhile()
    ticket.resident = resident
    record_change(ticket, "ticket_named", at, by)
    return ticket


@transaction.atomic
def add_item(*, ticket: Ticket, item: ServiceItem, at: dt.datetime, by: User) -> Ticket:
    """What the visit is about; a second item is dealt with in the same visit.

    Refuses: other_community, changed_meanwhile (closed by somebody else).
    """
    if item.community_id != ticket.community_id:
        raise ValidationError(_("This item belongs to another community."), code="other_community")
    rows = Ticket.objects.live().filter(pk=ticket.pk)
    if not rows.filter(item=None).update(item=item):
        first = rows.select_for_update(no_key=True).values_list("item", flat=True).first()
        if first is None:
            raise changed_meanwhile()
        if first != item.pk:
            ticket.more_items.add(item)
    ticket.refresh_from_db(fields=["item"])
    record_change(ticket, "ticket_item", at, by, item=item.code)
    return ticket


def changed_meanwhile() -> ValidationError:
    return ValidationError(
        _("Somebody has changed it a moment ago. Please look again."), code="changed_meanwhile"
    )


def record_change(ticket: Ticket, verb: str, at: dt.datetime, by: User, **details: str) -> None:
    record(verb=verb, subject=ticket, community=ticket.community_id, at=at, actor=by, **details)

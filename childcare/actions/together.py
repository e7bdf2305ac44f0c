"""Children who start together: places for all of them at once or for none, and whom that leaves waiting."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.chains import book_chain, full_error, plan_chain
from childcare.actions.children import birthday_of
from childcare.actions.passing import families_ahead
from childcare.models import Application, NurseryClass, SiblingGroup
from childcare.models.applications import HOLDING, ApplicationQuerySet
from childcare.models.wishes import wishes_of

Place = tuple[Application, NurseryClass]
Status = Application.Status


def other_children(application: Application) -> ApplicationQuerySet:
    """Of a household that starts together only."""
    rows = Application.objects.shown().filter(
        siblings__isnull=False, siblings=application.siblings_id, siblings__mode=SiblingGroup.Mode.TOGETHER
    )
    return rows.exclude(pk=application.pk).order_by("pk")


def waiting_partners(application: Application) -> list[Application]:
    """Who is to start with it and has no place yet; no query where it waits by itself."""
    if application.siblings_id is None:
        return []
    return list(other_children(application).live().exclude(status__in=HOLDING))


def offered_partners(application: Application) -> list[Application]:
    """Whose offer is answered with this one."""
    if application.siblings_id is None:
        return []
    return list(other_children(application).filter(status=Status.OFFERED))


def in_lock_order(application: Application, partners: Sequence[Application]) -> list[Application]:
    return sorted([application, *partners], key=lambda each: each.pk)


def household_places(
    application: Application, nursery_class: NurseryClass, start_on: dt.date, at: dt.datetime
) -> list[Place]:
    """Which class each child is offered: of those of its wishes in the same nursery. The caller holds the
    classes.

    Refuses: together_only (another child is not checked yet, or no place is free for it), full.
    """
    partners = waiting_partners(application)
    if not partners:
        return [(application, nursery_class)]
    if any(each.status != Status.VERIFIED for each in partners):
        raise ValidationError(
            _("The children start together only, and not all of them are checked yet."), code="together_only"
        )
    places = find_places(application, partners, nursery_class, start_on, localdate(at))
    if not places:
        raise full_error()
    if len(places) <= len(partners):
        raise ValidationError(
            _("The children start together only, and there is no place for each of them."),
            code="together_only",
        )
    return places


def find_places(
    application: Application,
    partners: Sequence[Application],
    nursery_class: NurseryClass,
    start_on: dt.date,
    today: dt.date,
) -> list[Place]:
    """One child after the other, as long as there is a place. Tried out, and undone."""
    found: list[Place] = []
    tried = transaction.savepoint()
    try:
        for each in [application, *partners]:
            groups = [nursery_class] if each == application else own_classes(each, nursery_class, start_on)
            group = next((group for group in groups if try_booking(each, group, start_on, today)), None)
            if group is None:
                break
            found.append((each, group))
    finally:
        transaction.savepoint_rollback(tried)
    return found


def own_classes(application: Application, near: NurseryClass, start_on: dt.date) -> list[NurseryClass]:
    """Of its wishes those in the same nursery that take it then."""
    born_on = application.child.born_on if application.child else None
    wishes = [group for group in wishes_of(application) if group.facility_id == near.facility_id]
    return [group for group in wishes if born_on and group.is_open and group.takes(born_on, start_on)]


def try_booking(application: Application, group: NurseryClass, start_on: dt.date, today: dt.date) -> bool:
    if application.child is None:
        return False
    segments = plan_chain(group, birthday_of(application.child), start_on, today)
    if not segments[0].parts:
        return False
    book_chain(application, segments)
    return True


def is_skipped(
    application: Application, nursery_class: NurseryClass, start_on: dt.date, at: dt.datetime
) -> bool:
    """Ahead in the line, and no place is for it: its household starts together, and that is not possible now,
    or another child of it is not the first in the line of its class."""
    if not waiting_partners(application):
        return False
    try:
        places = household_places(application, nursery_class, start_on, at)
    except ValidationError:
        return True
    return any(
        other.siblings_id is None
        for each, group in places
        if group != nursery_class
        for other in families_ahead(each, group, start_on)
    )

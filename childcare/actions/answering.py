"""An offer is answered: accepted, declined, or taken back by staff."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.actions.filling import CHANGE
from childcare.actions.former_parents import end_unanswered_parents
from childcare.actions.next_offer import offer_next
from childcare.actions.offers import end_offer
from childcare.actions.rules import decision_mandate, lock_class, notify_decision, notify_guardians
from childcare.actions.seats import release_all_seats
from childcare.actions.tasks import drop_moot_tasks
from childcare.actions.together import in_lock_order, offered_partners
from childcare.actions.visits import end_trials
from childcare.actions.waiting import set_further_wishes
from childcare.models import Application, NurseryClass, Offer
from childcare.models.wishes import wishes_of
from circle.booking.transitions import change_status
from circle.models import User
from circle.permissions.on_behalf import mandate_details

Status = Application.Status


@transaction.atomic
def accept_offer(*, application: Application, via: str, at: dt.datetime, by: User) -> Application:
    """Take the offered place, with those of siblings who start together. The deadline is asked of the row,
    whether or not anything swept it.

    Refuses: not_allowed, guardian_only, offer_over, already_accepted, not_possible.
    """
    for each in in_lock_order(application, offered_partners(application)):
        accept_one(each, via, at, by)
    return application


def accept_one(application: Application, via: str, at: dt.datetime, by: User) -> None:
    mandate = decision_mandate(application, by=by, via=via, permission=CHANGE)
    try:
        change_status(
            application,
            verb="application_accepted",
            allowed=[Status.OFFERED],
            to=Status.ACCEPTED,
            at=at,
            by=by,
            rows=Application.objects.filter(offer__expires_at__gt=at),
            details={"via": via} | mandate_details(mandate),
            accepted_by=by,
            objected_at=None,
            paused_until=None,
        )
    except ValidationError:
        if application.status in (Status.OFFERED, Status.LAPSED):
            raise ValidationError(_("The offer has run out. Please phone us."), code="offer_over") from None
        raise
    end_offer(application, Offer.Status.ACCEPTED, at)
    notify_decision(application, "accepted", at)


@transaction.atomic
def decline_offer(*, application: Application, via: str, at: dt.datetime, by: User) -> Application:
    """Leave the offered place to another child, with those of siblings who start together. Of a lower wish:
    the child waits for the higher ones only.

    Refuses: not_allowed, guardian_only, already_declined, not_possible.
    """
    freed = [
        decline_one(each, via, at, by) for each in in_lock_order(application, offered_partners(application))
    ]
    for group in freed:
        offer_next(group, at)
    return application


def decline_one(application: Application, via: str, at: dt.datetime, by: User) -> NurseryClass | None:
    mandate = decision_mandate(application, by=by, via=via, permission=CHANGE)
    held = application.offered_class
    higher = higher_wishes(application)
    details: dict[str, object] = {"via": via} | mandate_details(mandate)
    to, values = Status.DECLINED, {}
    if higher:
        details["waits_for"] = [group.pk for group in higher]
        to, values = Status.VERIFIED, {"offer": None}
    release_offered_place(application, "application_declined", to, at, by, Q(), details, **values)
    if higher:
        set_further_wishes(application, higher[1:])
    notify_decision(application, "declined", at)
    return held


def higher_wishes(application: Application) -> list[NurseryClass]:
    """Than the class that is offered, the first wish first."""
    wishes, offered = wishes_of(application), application.offered_class
    return wishes[: wishes.index(offered)] if offered in wishes else []


class RevokeReason(models.TextChoices):
    MISTAKE = "mistake", _("offered by mistake")
    NO_PLACE = "no_place", _("the place is not there after all")
    PAPERS = "papers", _("a paper is no longer valid")
    OTHER = "other", _("another reason, told on the phone")


@transaction.atomic
def revoke_offer(*, application: Application, reason: str, at: dt.datetime, by: User) -> Application:
    """Staff take an open offer back: the child waits again, at its place in line.

    Refuses: reason_missing (not of the list), already_verified, not_possible (there is no open offer).
    """
    if reason not in RevokeReason.values:
        raise ValidationError(_("Say why, in a few words."), code="reason_missing")
    for each in in_lock_order(application, offered_partners(application)):
        revoke_one(each, reason, at, by)
    return application


def revoke_one(application: Application, reason: str, at: dt.datetime, by: User) -> None:
    details: dict[str, object] = {"reason": reason}
    release_offered_place(
        application, "application_offer_revoked", Status.VERIFIED, at, by, Q(), details, offer=None
    )
    notify_guardians(
        application,
        "application_offer_revoked",
        at,
        dedupe=f"application_offer_revoked:{application.pk}:{at.isoformat()}",
        phone=application.community.phone,
    )


OFFER_ENDS_AS = {
    "application_declined": Offer.Status.DECLINED,
    "application_lapsed": Offer.Status.LAPSED,
    "application_offer_revoked": Offer.Status.REVOKED,
}


def release_offered_place(
    application: Application,
    verb: str,
    to: Status,
    at: dt.datetime,
    by: User | None,
    condition: Q,
    details: dict[str, object],
    **fields: object,
) -> None:
    """From offered to `to`: the seats are free again, in this transaction and once."""
    held = application.offered_class
    lock_class(held)
    change_status(
        application,
        verb=verb,
        allowed=[Status.OFFERED],
        to=to,
        at=at,
        by=by,
        rows=Application.objects.filter(condition, offer=application.offer),
        details=details,
        **fields,
    )
    release_all_seats(application)
    end_offer(application, OFFER_ENDS_AS[verb], at)
    drop_moot_tasks(application)
    end_trials(application, at, by)
    if not application.is_live:
        end_unanswered_parents(application, at, by)

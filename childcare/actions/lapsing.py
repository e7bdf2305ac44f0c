"""Offers that nobody answers: reminded of, then lapsed."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from childcare.actions.answering import release_offered_place
from childcare.actions.next_offer import offer_next
from childcare.actions.offers import REMINDED_BEFORE, Status, notify_offer
from childcare.actions.rules import (
    notify_guardian,
)
from childcare.models import Application


def lapse_offers(*, at: dt.datetime) -> int:
    """Offers whose deadline is over go back to their classes; the number lapsed."""
    over = Application.objects.ending(at).shown().order_by("offer__expires_at", "pk")
    return sum(lapse_offer(application, at) for application in over)


def lapse_offer(application: Application, at: dt.datetime) -> bool:
    """Whether it lapsed: another machine, or the guardian a moment earlier, may have been quicker."""
    try:
        with transaction.atomic():
            over = Q(offer__expires_at__lte=at)
            release_offered_place(application, "application_lapsed", Status.LAPSED, at, None, over, {})
            notify_guardian(
                application,
                "application_lapsed",
                at,
                dedupe=f"application_lapsed:{application.pk}:{at.isoformat()}",
                phone=application.community.phone,
            )
            offer_next(application.offered_class, at)
    except ValidationError:
        return False
    return True


def send_reminders(*, at: dt.datetime) -> int:
    """A day before an offer ends, once; the number of reminders."""
    soon = Application.objects.ending(at + REMINDED_BEFORE).filter(
        offer__expires_at__gt=at, reminded_at=None, status_at__lte=at - REMINDED_BEFORE
    )
    return sum(_remind_one(application, at) for application in soon.shown())


@transaction.atomic
def _remind_one(application: Application, at: dt.datetime) -> bool:
    still = Application.objects.filter(pk=application.pk, status=Status.OFFERED, reminded_at=None)
    if not still.update(reminded_at=at):
        return False
    notify_offer(application, "application_offer_ends", at)
    return True

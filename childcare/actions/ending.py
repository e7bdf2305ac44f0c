"""An application ends before there is an offer, or with an accepted place; and what is stored afterwards."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.consents import anonymise_consents
from childcare.actions.filling import CHANGE
from childcare.actions.former_parents import end_unanswered_parents
from childcare.actions.leaving import remove_days_after
from childcare.actions.next_offer import offer_next
from childcare.actions.offers import end_offer
from childcare.actions.rules import decision_mandate, lock_class, notify_decision
from childcare.actions.seats import ONE_DAY, release_all_seats, release_seats
from childcare.actions.tasks import drop_moot_tasks
from childcare.actions.visits import end_trials
from childcare.models import (
    Application,
    ChildDay,
    HeadTask,
    Health,
    KnownApart,
    Offer,
    SeatDay,
    SecondParent,
    Stay,
)
from childcare.models.applications import HOLDING, WITHDRAWABLE
from circle.actions import anonymise_resident, end_guardianship
from circle.booking.transitions import change_status
from circle.models import Resident, User, Via
from circle.permissions.on_behalf import mandate_details

Status = Application.Status


@transaction.atomic
def withdraw_application(
    *, application: Application, via: str, at: dt.datetime, by: User, consent_ended: bool = False
) -> Application:
    """Take it back at the guardian's wish, up to the first day; an accepted place becomes free.

    Whoever has not accepted the place objects instead, unless the consent has ended.
    Refuses: not_allowed, guardian_only, accepted_by_other, already_withdrawn, not_possible (an offer is
    declined instead).
    """
    mandate = decision_mandate(application, by=by, via=via, permission=CHANGE)
    if not consent_ended and accepted_by_other(application, via, by):
        raise ValidationError(
            _("The other guardian has accepted this place. You can object, and we speak with both of you."),
            code="accepted_by_other",
        )
    held = application.offered_class if application.status == Status.ACCEPTED else None
    lock_class(held)
    # What was offered since the row was read holds a place that this would not give back.
    same = Q(offer__nursery_class=held) if held else ~Q(status=Status.ACCEPTED)
    change_status(
        application,
        verb="application_withdrawn",
        allowed=WITHDRAWABLE,
        to=Status.WITHDRAWN,
        at=at,
        by=by,
        rows=Application.objects.filter(same),
        details={"via": via} | mandate_details(mandate),
    )
    if held:
        release_all_seats(application)
    drop_moot_tasks(application)
    end_trials(application, at, by)
    end_unanswered_parents(application, at, by)
    notify_decision(application, "withdrawn", at)
    offer_next(held, at)
    return application


def accepted_by_other(application: Application, via: str, by: User) -> bool:
    """Asked of the row: it may have been accepted since it was read."""
    if via != Via.ONLINE:
        return False
    accepted = Application.objects.filter(
        pk=application.pk, status=Status.ACCEPTED, accepted_by__isnull=False
    )
    return accepted.exclude(accepted_by=by).exists()


@transaction.atomic
def close_draft(*, application: Application, at: dt.datetime, by: User) -> Application:
    """End what a guardian who has died had only begun; nobody had agreed to it yet.

    Refuses: already_withdrawn, not_possible (it was sent in).
    """
    change_status(
        application,
        verb="application_withdrawn",
        allowed=[Status.DRAFT],
        to=Status.WITHDRAWN,
        at=at,
        by=by,
        details={"because": "guardian_died"},
    )
    end_unanswered_parents(application, at, by)
    return application


@transaction.atomic
def close_for_child(*, application: Application, at: dt.datetime, by: User) -> Application:
    """End whatever stands for a child that has died; a place that it held becomes free.

    Refuses: not_possible (it has ended), changed_meanwhile.
    """
    held = application.offered_class if application.status in HOLDING else None
    lock_class(held)
    if application.status == Status.ENROLLED and application.last_day is None:
        application.last_day = localdate(at)
    change_status(
        application,
        verb="application_stopped",
        allowed=[application.status],
        to=Status.LEFT if application.status == Status.ENROLLED else Status.WITHDRAWN,
        at=at,
        by=by,
        rows=Application.objects.live().filter(offer=application.offer),
        details={"because": "child_died"},
        last_day=application.last_day,
    )
    drop_moot_tasks(application)
    end_trials(application, at, by)
    end_unanswered_parents(application, at, by)
    end_offer(application, Offer.Status.REVOKED, at)
    if application.last_day:
        release_seats(application, application.last_day + ONE_DAY)
        remove_days_after(application, application.last_day)
    else:
        release_all_seats(application)
    offer_next(held, at)
    return application


def forget_child(applications: QuerySet[Application], at: dt.datetime) -> None:
    """Take the child out of applications that have ended; of its birthday the year stays, for the figures.

    Whom the register knows through such an application alone is forgotten there as well.
    """
    Health.objects.filter(application__in=applications).delete()
    KnownApart.objects.filter(application__in=applications).delete()
    HeadTask.objects.filter(application__in=applications).delete()
    SecondParent.objects.filter(application__in=applications).delete()
    ChildDay.objects.filter(application__in=applications).delete()
    # Not stay__application: an UPDATE over a join reads the days twice, for minutes where none are analysed.
    SeatDay.objects.filter(stay__in=Stay.objects.filter(application__in=applications)).update(child=None)
    for row in applications.exclude(child=None).select_related("child"):
        child = row.child
        year = child.born_on.year if child and child.born_on else 0
        applications.filter(pk=row.pk).update(child=None, born_year=year, missing="")
        if child and row.entered_child:
            forget_in_register(child, at)


def forget_in_register(child: Resident, at: dt.datetime) -> None:
    if child.erased_at or Application.objects.filter(child=child).exists():
        return
    anonymise_consents(child)
    if anonymise_resident(child, at):
        for guardianship in child.guardianships.filter(ended_at=None).select_related("child"):
            end_guardianship(guardianship=guardianship, at=at, by=None)

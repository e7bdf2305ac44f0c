"""Recording a death: it ends everything arranged for the person at once, and stops their messages."""

import datetime as dt
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.actions.guardians import end_guardianship
from circle.actions.mandates import revoke_mandate
from circle.actions.phone_numbers import end_sessions
from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.models import Mandate, Record, Resident, User
from circle.notifications import drop_messages
from circle.signals import resident_died

REPORTED = "death_reported"
SWEPT_FOR = dt.timedelta(days=2)
Hint = tuple[str, str]


@transaction.atomic
def report_death(*, resident: Resident, died_on: dt.date, at: dt.datetime, by: User) -> list[Hint]:
    """Save the day, end mandates and guardianships, drop messages, and let every app cancel its arrangements.

    Returns what staff still have to do, as (sentence, address). Repeating it changes nothing.
    The full lock on the row makes a concurrent booking for them commit first, so that it is cancelled here.
    Refuses: death_in_future, death_before_birth.
    """
    if died_on > localtime(at).date():
        raise ValidationError(_("This day is still to come."), code="death_in_future")
    if resident.born_on and died_on < resident.born_on:
        raise ValidationError(_("This day lies before the birthday."), code="death_before_birth")
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    if not Resident.objects.living().filter(pk=resident.pk).update(died_on=died_on, death_reported_at=at):
        return []
    resident.died_on = died_on
    record(verb=REPORTED, subject=resident, community=resident.community_id, at=at, actor=by)
    end_representation(resident, at, by)
    return stop_arrangements(resident, at, by)


def end_representation(resident: Resident, at: dt.datetime, by: User) -> None:
    """End mandates (Civil Code, art. 173) and guardianships."""
    concerned = Q(principal=resident)
    if resident.login and not Resident.objects.of_login(resident.login).exists():
        concerned |= Q(agent=resident.login)
        end_sessions(resident.login)
    for mandate in Mandate.objects.filter(concerned, revoked_at=None).select_related("principal"):
        revoke_mandate(mandate=mandate, at=at, by=by)
    for ward in resident.wards.filter(ended_at=None).select_related("child"):
        end_guardianship(guardianship=ward, at=at, by=by)


def stop_arrangements(resident: Resident, at: dt.datetime, by: User) -> list[Hint]:
    drop_messages(resident)
    answers = resident_died.send(Resident, resident=resident, at=at, by=by)
    return [cast("Hint", hint) for _receiver, hint in answers if hint]


@transaction.atomic
def take_back_death(*, resident: Resident, reason: str, at: dt.datetime, by: User) -> None:
    """Correct a mistaken report. What it cancelled is arranged anew by hand. Repeating it is harmless.

    Refuses: reason_missing, reason_too_long.
    """
    checked_reason(reason)
    if (
        Resident.objects.filter(pk=resident.pk)
        .exclude(died_on=None)
        .update(died_on=None, death_reported_at=None)
    ):
        record(verb="death_taken_back", subject=resident, community=resident.community_id, at=at, actor=by)
    resident.refresh_from_db(fields=["died_on", "death_reported_at"])


def sweep_after_deaths(at: dt.datetime) -> int:
    """Cancel what was arranged while the death was being reported; returns the number of people checked."""
    people = list(Resident.objects.filter(death_reported_at__gt=at - SWEPT_FOR))
    for resident in people:
        report = Record.objects.about(resident).filter(verb=REPORTED).latest("id")
        if report.actor:
            with transaction.atomic():
                stop_arrangements(resident, at, report.actor)
    return len(people)

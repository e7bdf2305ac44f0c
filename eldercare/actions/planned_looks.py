"""A volunteer says on which day they look in; on the eve the elder and the agents are told who comes."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.audit.log import record
from circle.booking.reminders import due_reminders
from circle.calendar.working_days import ONE_DAY
from circle.models import Mandate, User
from circle.notifications import Value, notify
from circle.permissions.on_behalf import login_to_notify
from eldercare.actions.series_words import noon
from eldercare.actions.word_of_day import word_of_round
from eldercare.models import Pairing, Visit

DAYS_AHEAD = 6  # from today on; who comes later says so later


def days_to_plan(today: dt.date) -> list[dt.date]:
    return [today + number * ONE_DAY for number in range(DAYS_AHEAD + 1)]


@transaction.atomic
def plan_look(*, pairing: Pairing, day: dt.date | None, at: dt.datetime, by: User) -> Pairing:
    """The volunteer comes on that day, or with None on no certain day; the same day again changes nothing.

    Whoever was told of another day is told that nobody comes then.
    Refuses: not_yours, day_past, too_far_ahead.
    """
    own = Pairing.objects.introduced().filter(volunteer__user=by, resident__died_on=None)
    held = own.select_for_update(no_key=True, of=("self",)).filter(pk=pairing.pk)
    found = held.select_related("resident", "volunteer").first()
    if found is None:
        raise ValidationError(_("This person is not among yours."), code="not_yours")
    if day is not None:
        refuse_other_days(day, localdate(at))
    if day == found.comes_on:
        return found
    if found.told_of == found.comes_on:
        tell_that_nobody_comes(found, at)
    found.comes_on = day
    found.save(update_fields=["comes_on"])
    verb = "look_planned" if day else "look_unplanned"
    record(verb=verb, subject=found, community=found.community_id, at=at, actor=by)
    return found


def tell_that_nobody_comes(pairing: Pairing, at: dt.datetime) -> None:
    """Where they were told that the volunteer comes on a day that is not over."""
    told_of, pairing.told_of = pairing.told_of, None
    pairing.save(update_fields=["told_of"])
    if told_of and told_of >= localdate(at):
        tell_of_look(pairing, "elder_look_off", told_of, at)


def refuse_other_days(day: dt.date, today: dt.date) -> None:
    if day < today:
        raise ValidationError(_("This day is over. Please choose another."), code="day_past")
    if day > today + DAYS_AHEAD * ONE_DAY:
        raise ValidationError(_("Choose a day of the next week."), code="too_far_ahead")


def tell_who_looks_in(*, at: dt.datetime) -> int:
    """Of tomorrow's looks from the afternoon on, and of today's that nobody has made yet; their number."""
    return sum(tell_of_day(due.day, at) for due in due_reminders(at))


def tell_of_day(day: dt.date, at: dt.datetime) -> int:
    rows = Pairing.objects.coming_on(day).exclude(told_of__gte=day)
    found = rows.select_related("resident__login", "volunteer").order_by("pk")
    made = Visit.objects.seen().filter(at__date=day, resident__in=found.values("resident"))
    seen = set(made.values_list("resident", flat=True))
    return sum(tell_once(pairing, day, at) for pairing in found if pairing.resident_id not in seen)


@transaction.atomic
def tell_once(pairing: Pairing, day: dt.date, at: dt.datetime) -> bool:
    """False where the plan was changed meanwhile, or somebody else has just told them."""
    still = Pairing.objects.filter(pk=pairing.pk, comes_on=pairing.comes_on, ended_at=None)
    if not still.exclude(told_of__gte=day).update(told_of=day):
        return False
    tell_of_look(pairing, "elder_look_planned", day, at)
    return True


def tell_of_look(pairing: Pairing, event: str, day: dt.date, at: dt.datetime) -> None:
    """To the elder, and to everybody who books for them."""
    resident, volunteer = pairing.resident, pairing.volunteer
    active = Mandate.objects.active(localdate(at)).filter(principal=resident)
    mandates = list(active.covering(Mandate.Scope.BOOKINGS).select_related("agent").order_by("pk"))
    values: dict[str, Value] = {
        "pairing": pairing.pk,
        "number": volunteer.number,
        "word": word_of_round(volunteer.pk, resident, day),
        "starts_at": noon(day),
        "has_time": 0,
    }
    once = f"{event}:{pairing.pk}:{day}:{at:%d%H%M%S}"  # planned anew after it was taken back, told anew
    told = login_to_notify(resident, mandates[0] if mandates else None, at)
    about: dict[str, Any] = {"event": event, "community": pairing.community_id, "at": at, "values": values}
    notify(**about, resident=resident, user=told, dedupe=once)
    for agent in {each.agent for each in mandates if each.agent != told}:
        notify(**about, user=agent, dedupe=f"{once}:{agent.pk}")

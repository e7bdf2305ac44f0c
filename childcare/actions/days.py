"""A day in the class: a child comes, somebody writes how it was, and one who may collect takes it home."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.closing import settle_uncollected
from childcare.actions.collectors import Collector, find_collector, may_not_collect_error
from childcare.actions.open_days import check_open_day
from childcare.actions.ratio import check_gate
from childcare.actions.rules import lock_class
from childcare.models import Application, ChildDay, DayOuting, NurseryClass, PickupPerson
from childcare.models.days import NOTE_LENGTH
from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.models import Guardianship, User
from circle.permissions.on_behalf import lock_mandate, mandate_details

Status = ChildDay.Status


def get_or_create_day(application: Application, day: dt.date, at: dt.datetime) -> ChildDay:
    """The row of that day, made where there is none yet.

    Refuses: not_enrolled (does not belong to a class on that day).
    """
    rows = Application.objects.enrolled(day).select_related("offer__nursery_class")
    enrolled = rows.filter(pk=application.pk).first()
    if enrolled is None:
        raise ValidationError(
            _("On %(day)s the child does not belong to a class."),
            code="not_enrolled",
            params={"day": date_format(day, "DATE_FORMAT")},
        )
    values = {
        "community_id": enrolled.community_id,
        "nursery_class": enrolled.offered_class,
        "status_at": at,
    }
    row, _is_new = ChildDay.objects.get_or_create(application=application, day=day, defaults=values)
    return row


@transaction.atomic
def check_in_child(*, application: Application, at: dt.datetime, by: User) -> ChildDay:
    """The child has come today, whether or not it was reported absent.

    Refuses: not_enrolled, closed_day, too_few_carers, already_present, not_possible (it has gone home).
    """
    lock_class(application.offered_class)  # before any row of the day, as `check_in_class` does: no deadlock
    row = get_or_create_day(application, localdate(at), at)
    check_open_day(row.nursery_class, row.day)
    if row.status in (Status.EXPECTED, Status.ABSENT):
        check_gate(row.nursery_class, child_born_on(application), row.day)
    reported = reported_absence(row)
    change_status(
        row,
        verb="child_arrived",
        allowed=[Status.EXPECTED, Status.ABSENT],
        to=Status.PRESENT,
        at=at,
        by=by,
        arrived_at=at,
        reason="",
        is_late=False,
        mandate=None,
        earlier_reason=reported.reason,
        earlier_is_late=reported.is_late,
        earlier_mandate=reported.mandate,
    )
    return row


def child_born_on(application: Application) -> dt.date | None:
    return application.child.born_on if application.child else None


def reported_absence(row: ChildDay) -> ChildDay:
    """The row as it is stored: an absence is restored where the arrival is taken back."""
    return ChildDay.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)


@transaction.atomic
def check_out_child(*, child_day: ChildDay, collector: str, at: dt.datetime, by: User) -> ChildDay:
    """Hand the child over to one who may collect it, by the key that `collectors_of` gives; one UPDATE.

    Whoever ends a mandate or a guardianship at the same moment waits, or has come first.
    Refuses: may_not_collect, already_left, not_possible (it is not here), not_today.
    """
    check_today(child_day, at)
    child = child_day.application.child
    chosen = find_collector(child, collector, at)
    still = Q()
    if chosen.guardian:
        guards = Guardianship.objects.current(localdate(at)).filter(child=child, adult=chosen.guardian)
        list(guards.select_for_update(no_key=True, of=("self",)).values_list("pk"))
        still = Q(Exists(guards))
    if chosen.entry:
        entries = PickupPerson.objects.current().filter(pk=chosen.entry.pk, is_barred=False)
        list(entries.select_for_update(no_key=True, of=("self",)).values_list("pk"))
        still = Q(Exists(entries))
    if chosen.person:
        barred = PickupPerson.objects.barred().filter(child=child, person=chosen.person)
        still &= ~Q(Exists(barred))
    lock_collector_mandate(chosen, at)
    change_status(
        child_day,
        verb="child_collected",
        allowed=[Status.PRESENT],
        to=Status.LEFT,
        at=at,
        by=by,
        rows=ChildDay.objects.filter(still),
        details=mandate_details(chosen.mandate)
        | ({"guardian": chosen.guardian.pk} if chosen.guardian else {})
        | ({"entry": chosen.entry.pk} if chosen.entry else {}),
        left_at=at,
        collected_by=chosen.guardian or (chosen.entry.person if chosen.entry else None),
        collected_under=chosen.mandate,
    )
    settle_uncollected(child_day, at, by)
    return child_day


def lock_collector_mandate(chosen: Collector, at: dt.datetime) -> None:
    try:
        lock_mandate(chosen.mandate, at)
    except ValidationError:
        raise may_not_collect_error() from None


HERE: dict[str, Any] = {"left_at": None, "collected_by": None, "collected_under": None}


def way_out(moment: ChildDay | DayOuting) -> dict[str, Any]:
    """When the child went home and who took it."""
    return {name: getattr(moment, name) for name in HERE}


@transaction.atomic
def check_in_again(*, child_day: ChildDay, at: dt.datetime, by: User) -> ChildDay:
    """The child is back on the same day, as after the doctor; who had taken it home stays recorded.

    Refuses: not_today, too_few_carers, already_present, not_possible (it has not gone home, or the head has
    closed its day).
    """
    check_today(child_day, at)
    if child_day.status == Status.LEFT:
        check_gate(child_day.nursery_class, child_born_on(child_day.application), child_day.day)
    row = reported_absence(child_day)
    change_status(
        child_day,
        verb="child_returned",
        allowed=[Status.LEFT] if row.closed_at is None else [],
        to=Status.PRESENT,
        at=at,
        by=by,
        **HERE,
    )
    DayOuting.objects.create(child_day=row, returned_at=at, **way_out(row))
    return child_day


@transaction.atomic
def check_in_class(*, nursery_class: NurseryClass, at: dt.datetime, by: User) -> list[ChildDay]:
    """All have come: whoever is expected today. Who is absent, here or gone home stays so; twice is once.

    Refuses: closed_day, too_few_carers (then nobody has come).
    """
    today = localdate(at)
    check_open_day(nursery_class, today)
    lock_class(nursery_class)
    known = ChildDay.objects.on(today).exclude(status=Status.EXPECTED)
    children = Application.objects.enrolled(today).select_related("child", "offer__nursery_class")
    own = children.filter(offer__nursery_class=nursery_class)
    expected = own.exclude(pk__in=known.values("application"))
    return [check_in_child(application=each, at=at, by=by) for each in expected.order_by("pk")]


@transaction.atomic
def undo_transition(*, child_day: ChildDay, at: dt.datetime, by: User) -> ChildDay:
    """Take back the last tap of today: gone home becomes here, here becomes what it was, which
    is gone home where the child had come back. Both are recorded.

    Refuses: not_today, already_expected, not_possible (nothing was tapped).
    """
    check_today(child_day, at)
    row, outing = reported_absence(child_day), child_day.outings.last()
    if child_day.status == Status.LEFT:
        back, fields = Status.PRESENT, HERE
    elif outing:
        back, fields = Status.LEFT, way_out(outing)
    else:
        back, fields = state_before_arrival(row)
    allowed = [Status.LEFT] if back == Status.PRESENT else [Status.PRESENT]
    change_status(child_day, verb="child_undone", allowed=allowed, to=back, at=at, by=by, **fields)
    if outing and back == Status.LEFT:
        outing.delete()
    settle_uncollected(child_day, at, by)
    return child_day


def state_before_arrival(row: ChildDay) -> tuple[Status, dict[str, Any]]:
    fields = {"arrived_at": None, "earlier_reason": "", "earlier_is_late": False, "earlier_mandate": None}
    if not row.earlier_reason:
        return Status.EXPECTED, fields
    absence = {"reason": row.earlier_reason, "is_late": row.earlier_is_late, "mandate": row.earlier_mandate}
    return Status.ABSENT, fields | absence


def check_today(child_day: ChildDay, at: dt.datetime) -> None:
    if child_day.day != localdate(at):
        raise ValidationError(_("That is possible on the day itself only."), code="not_today")


@transaction.atomic
def write_day(
    *, child_day: ChildDay, ate: str, slept: str, mood: str, note: str, at: dt.datetime, by: User
) -> ChildDay:
    """How the day was, for the family to read; written anew it replaces what stood there.

    Refuses: not_here (the child was not there that day), note_too_long, answer_unknown.
    """
    note = " ".join(note.replace("\x00", " ").split())
    if len(note) > NOTE_LENGTH:
        raise ValidationError(
            _("Say it in at most %(length)s characters."),
            code="note_too_long",
            params={"length": NOTE_LENGTH},
        )
    answers = [(ate, ChildDay.Ate), (slept, ChildDay.Slept), (mood, ChildDay.Mood)]
    if any(answer and answer not in known.values for answer, known in answers):
        raise ValidationError(_("Choose one of the answers."), code="answer_unknown")
    said = {"ate": ate, "slept": slept, "mood": mood, "note_sealed": ChildDay.sealed(note), "written_at": at}
    rows = ChildDay.objects.filter(pk=child_day.pk, status__in=[Status.PRESENT, Status.LEFT])
    if not rows.update(**said):
        raise ValidationError(_("The child was not here on that day."), code="not_here")
    for name, value in said.items():
        setattr(child_day, name, value)
    record(verb="child_day_written", subject=child_day, community=child_day.community_id, at=at, actor=by)
    return child_day

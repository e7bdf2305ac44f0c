"""The desk of a class: who is expected, here and gone, what can be done now, and whose class it is."""

import datetime as dt
from collections import Counter as Tally
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.actions.days import get_or_create_day
from childcare.actions.open_days import OpenDays
from childcare.backoffice.health import health_signs
from childcare.forms.days import AbsenceForm, CollectForm, DayForm, LeaveForm
from childcare.models import Application, ChildDay, ClassTeacher, NurseryClass
from childcare.models.days import VIEW, WRITE
from childcare.models.teachers import of_classes
from circle.backoffice.row_actions import RowAction, action_table, available_actions, is_in
from circle.models import User, Via
from circle.permissions.handover import Work

Status = ChildDay.Status
LEFT_TO_DO = [Status.EXPECTED, Status.PRESENT, Status.ABSENT, Status.LEFT]


@dataclass(frozen=True)
class ChildToday:
    """One child today: its application, and the row of the day where there is one."""

    application: Application
    day: ChildDay | None
    at: dt.datetime

    @property
    def status(self) -> Status:
        return Status(self.day.status) if self.day else Status.EXPECTED

    def row(self, day: dt.date) -> ChildDay:
        return self.day or get_or_create_day(self.application, day, self.at)


def mark_arrived(moment: ChildToday, **said: Any) -> None:
    actions.check_in_child(application=moment.application, **said)


def mark_absent(moment: ChildToday, **said: Any) -> None:
    actions.report_absence(application=moment.application, via=Via.PHONE, **said)


def record_last_day(moment: ChildToday, **said: Any) -> None:
    actions.give_notice(application=moment.application, via=Via.PHONE, **said)


def on_day(action: Callable[..., Any], **fixed: Any) -> Callable[..., None]:
    """For a child without a row of today there is nothing to do."""

    def perform(moment: ChildToday, **said: Any) -> None:
        if moment.day:
            action(child_day=moment.day, **fixed, **said)

    return perform


def collect_form(data: Any, row: ChildToday) -> CollectForm:
    return CollectForm(data, collectors=actions.collectors_of(row.application.child, row.at))


DAY_ACTIONS = action_table(
    WRITE,
    RowAction(
        "expect",
        _("Comes after all"),
        on_day(actions.cancel_absence, via=Via.PHONE),
        is_in(Status.ABSENT),
        asks=False,
    ),
    RowAction("arrive", _("Has come"), mark_arrived, is_in(Status.EXPECTED, Status.ABSENT), asks=False),
    RowAction(
        "absent",
        _("Report absent"),
        mark_absent,
        is_in(Status.EXPECTED),
        form=lambda data, row: AbsenceForm(data),
        sentence=_("For today or for several days; days off are left out."),
    ),
    RowAction(
        "collect",
        _("Goes home"),
        on_day(actions.check_out_child),
        is_in(Status.PRESENT),
        form=collect_form,
        sentence=_(
            "Only to one of these. If somebody else stands there, phone the guardians; do not hand over."
        ),
    ),
    RowAction(
        "write",
        _("Day page"),
        on_day(actions.write_day),
        is_in(Status.PRESENT, Status.LEFT),
        form=lambda data, row: DayForm(data, child_day=row.day or ChildDay()),
    ),
    RowAction("back", _("Is back"), on_day(actions.check_in_again), is_in(Status.LEFT), asks=False),
    RowAction(
        "undo",
        _("Take back"),
        on_day(actions.undo_transition),
        is_in(Status.PRESENT, Status.LEFT),
        asks=False,
    ),
)
# Not of the day: the card offers it, the sheet of a class does not.
LEAVE = RowAction(
    "leave",
    _("Leaves the nursery"),
    record_last_day,
    permission="childcare.change_application",
    form=lambda data, row: LeaveForm(data, application=row.application),
    sentence=_("At the guardians' wish. From the day after, the place is free for another child."),
)


@dataclass(frozen=True)
class Row:
    application: Application
    day: ChildDay | None
    status: Status
    verbs: list[RowAction]
    signs: list[Any]


@dataclass(frozen=True)
class DaySheet:
    rows: list[Row]
    by_state: list[tuple[Any, int]]
    is_open: bool
    ratio: actions.Ratio | None  # of today
    is_gated: bool
    expected: int  # for whom one tap says that all have come; 0 where nothing may be tapped


def classes_of(user: User) -> list[NurseryClass]:
    """Whose days this user may see, in two queries at most."""
    return list(
        NurseryClass.objects.filter(of_classes(user, VIEW, "pk"))
        .select_related("facility")
        .order_by("facility", "from_months", "pk")
    )


def class_day_sheet(
    group: NurseryClass,
    day: dt.date,
    at: dt.datetime,
    *,
    is_today: bool,
    may_write: bool,
    shows_health: bool = False,
) -> DaySheet:
    """The children of a class on a day, those with something left to do first; some ten queries.

    On a day off nobody counts as expected.
    """
    is_open = OpenDays.load(group, day, day).is_open(day)
    children = (
        Application.objects.enrolled(day).filter(offer__nursery_class=group).select_related("child", "health")
    )
    known = {row.application_id: row for row in ChildDay.objects.on(day).filter(nursery_class=group)}
    rows = []
    for application in children.order_by("child__name", "pk"):
        moment = ChildToday(application, known.get(application.pk), at)
        offered = available_actions(DAY_ACTIONS, moment, at) if is_today and may_write else []
        verbs = [each for each in offered if is_open or each.name != "arrive"]
        signs = health_signs(application) if shows_health else []
        rows.append(Row(application, moment.day, moment.status, verbs, signs))
    rows.sort(key=lambda row: LEFT_TO_DO.index(row.status))
    tally = Tally(row.status for row in rows if is_open or row.status != Status.EXPECTED)
    may_tap = is_today and may_write and is_open
    expected = tally[Status.EXPECTED] if may_tap else 0
    ratio = actions.class_ratio(group, day) if is_today and is_open else None
    states = [(state.label, tally[state]) for state in Status]
    gated = ratio is not None and ratio.needed is not None and actions.is_gated(group, day)
    return DaySheet(rows, states, is_open, ratio, gated, expected)


def child_today(application: Application, at: dt.datetime, day: dt.date) -> ChildToday:
    row = ChildDay.objects.shown().filter(application=application, day=day).first()
    return ChildToday(application, row, at)


def open_work(holders: Iterable[int]) -> list[Work]:
    """Classes that these logins look after. The hook `open_work`."""
    teachers = ClassTeacher.objects.current().filter(user__in=list(holders)).select_related("nursery_class")
    return [
        Work(
            key=f"class:{teacher.pk}",
            holder=teacher.user_id,
            community=teacher.nursery_class.community_id,
            label=teacher.nursery_class.name,
            due=None,
            hand_over=partial(hand_over_work, teacher),
        )
        for teacher in teachers
    ]


def hand_over_work(teacher: ClassTeacher, *, to: User, at: dt.datetime, by: User) -> ClassTeacher:
    return actions.hand_over_class(teacher=teacher, to=to, at=at, by=by)

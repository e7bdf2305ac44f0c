"""The desk of a class: who is expected, here and gone, what can be done now, and whose class it is."""

import datetime as dt
from collections import Counter as Tally
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.actions.days import get_or_create_day
from childcare.backoffice.health import health_signs
from childcare.forms.days import AbsenceForm, CollectForm, DayForm, LeaveForm
from childcare.models import Application, ChildDay, ClassTeacher, NurseryClass
from childcare.models.days import VIEW, WRITE
from childcare.models.teachers import of_classes
from circle.models import User, Via
from circle.permissions.handover import Work

Status = ChildDay.Status
MAY_LEAVE = "childcare.change_application"


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


@dataclass(frozen=True)
class DayVerb:
    """One thing that is done with a child's day; what `asks` goes over a page of its own first."""

    name: str
    label: Any
    act: Callable[..., Any]
    form: Callable[[Any, ChildToday], forms.Form] | None = None
    sentence: Any = ""
    permission: str = WRITE

    @property
    def asks(self) -> bool:
        """For templates, which would call the form."""
        return self.form is not None


def mark_arrived(moment: ChildToday, by: User) -> None:
    actions.check_in_child(application=moment.application, at=moment.at, by=by)


def mark_expected(moment: ChildToday, by: User) -> None:
    if moment.day:
        actions.cancel_absence(child_day=moment.day, via=Via.PHONE, at=moment.at, by=by)


def undo_last_mark(moment: ChildToday, by: User) -> None:
    if moment.day:
        actions.undo_transition(child_day=moment.day, at=moment.at, by=by)


def mark_collected(moment: ChildToday, by: User, collector: str) -> None:
    if moment.day:
        actions.check_out_child(child_day=moment.day, collector=collector, at=moment.at, by=by)


def mark_absent(moment: ChildToday, by: User, **said: Any) -> None:
    actions.report_absence(application=moment.application, via=Via.PHONE, at=moment.at, by=by, **said)


def save_day_page(moment: ChildToday, by: User, **said: Any) -> None:
    if moment.day:
        actions.write_day(child_day=moment.day, at=moment.at, by=by, **said)


def record_last_day(moment: ChildToday, by: User, last_day: dt.date) -> None:
    actions.give_notice(application=moment.application, last_day=last_day, via=Via.PHONE, at=moment.at, by=by)


def collect_form(data: Any, moment: ChildToday) -> CollectForm:
    child = moment.application.child
    return CollectForm(data, collectors=actions.collectors_of(child, moment.at))


VERBS = {
    verb.name: verb
    for verb in (
        DayVerb("arrive", _("Has come"), mark_arrived),
        DayVerb(
            "absent",
            _("Report absent"),
            mark_absent,
            lambda data, moment: AbsenceForm(data),
            _("For today or for several days; days off are left out."),
        ),
        DayVerb("expect", _("Comes after all"), mark_expected),
        DayVerb(
            "collect",
            _("Goes home"),
            mark_collected,
            collect_form,
            _("Only to one of these. If somebody else stands there, phone the guardians; do not hand over."),
        ),
        DayVerb(
            "write",
            _("Day page"),
            save_day_page,
            lambda data, moment: DayForm(data, child_day=moment.day or ChildDay()),
        ),
        DayVerb("undo", _("Take back"), undo_last_mark),
        DayVerb(
            "leave",
            _("Leaves the nursery"),
            record_last_day,
            lambda data, moment: LeaveForm(data, application=moment.application),
            _("At the guardians' wish. From the day after, the place is free for another child."),
            MAY_LEAVE,
        ),
    )
}
AVAILABLE_ACTIONS = {
    Status.EXPECTED: ["arrive", "absent"],
    Status.ABSENT: ["expect", "arrive"],
    Status.PRESENT: ["collect", "write", "undo"],
    Status.LEFT: ["write", "undo"],
}


def available_actions(moment: ChildToday) -> list[DayVerb]:
    """What can be done today, the likeliest first. The actions have the last word."""
    return [VERBS[name] for name in AVAILABLE_ACTIONS[moment.status]]


@dataclass(frozen=True)
class Row:
    application: Application
    day: ChildDay | None
    status: Status
    verbs: list[DayVerb]
    signs: list[Any]


@dataclass(frozen=True)
class DaySheet:
    rows: list[Row]
    by_state: list[tuple[Any, int]]


def classes_of(user: User) -> list[NurseryClass]:
    """Whose days this user may see, in two queries at most."""
    return list(
        NurseryClass.objects.filter(of_classes(user, VIEW, "pk")).order_by("facility", "from_months", "pk")
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
    """The children of a class on a day, by name; two queries."""
    children = Application.objects.enrolled(day).filter(offered_class=group).select_related("child", "health")
    known = {row.application_id: row for row in ChildDay.objects.on(day).filter(nursery_class=group)}
    rows = []
    for application in children.order_by("child__name", "pk"):
        moment = ChildToday(application, known.get(application.pk), at)
        verbs = available_actions(moment) if is_today and may_write else []
        signs = health_signs(application) if shows_health else []
        rows.append(Row(application, moment.day, moment.status, verbs, signs))
    tally = Tally(row.status for row in rows)
    return DaySheet(rows, [(state.label, tally[state]) for state in Status])


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

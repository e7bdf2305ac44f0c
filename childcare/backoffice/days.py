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
from childcare.actions.days import day_of
from childcare.forms.days import AbsenceForm, CollectForm, DayForm, LeaveForm
from childcare.models import Application, ChildDay, ClassTeacher, NurseryClass
from childcare.models.days import LOOK, WRITE
from childcare.models.teachers import of_classes
from circle.models import User, Via
from circle.permissions.handover import Work

Status = ChildDay.Status
MAY_LEAVE = "childcare.change_application"


@dataclass(frozen=True)
class Moment:
    """One child today: its application, and the row of the day where there is one."""

    application: Application
    day: ChildDay | None
    at: dt.datetime

    @property
    def status(self) -> Status:
        return Status(self.day.status) if self.day else Status.EXPECTED

    def row(self, day: dt.date) -> ChildDay:
        return self.day or day_of(self.application, day, self.at)


@dataclass(frozen=True)
class DayVerb:
    """One thing that is done with a child's day; what `asks` goes over a page of its own first."""

    name: str
    label: Any
    act: Callable[..., Any]
    form: Callable[[Any, Moment], forms.Form] | None = None
    sentence: Any = ""
    permission: str = WRITE

    @property
    def asks(self) -> bool:
        """For templates, which would call the form."""
        return self.form is not None


def arrived(moment: Moment, by: User) -> None:
    actions.arrive(application=moment.application, at=moment.at, by=by)


def expected(moment: Moment, by: User) -> None:
    if moment.day:
        actions.cancel_absence(child_day=moment.day, via=Via.PHONE, at=moment.at, by=by)


def undone(moment: Moment, by: User) -> None:
    if moment.day:
        actions.undo(child_day=moment.day, at=moment.at, by=by)


def collected(moment: Moment, by: User, collector: str) -> None:
    if moment.day:
        actions.collect(child_day=moment.day, collector=collector, at=moment.at, by=by)


def absent(moment: Moment, by: User, **said: Any) -> None:
    actions.report_absence(application=moment.application, via=Via.PHONE, at=moment.at, by=by, **said)


def written(moment: Moment, by: User, **said: Any) -> None:
    if moment.day:
        actions.write_day(child_day=moment.day, at=moment.at, by=by, **said)


def leaving(moment: Moment, by: User, last_day: dt.date) -> None:
    actions.leave(application=moment.application, last_day=last_day, via=Via.PHONE, at=moment.at, by=by)


def collect_form(data: Any, moment: Moment) -> CollectForm:
    child = moment.application.child
    return CollectForm(data, collectors=actions.collectors_of(child, moment.at))


VERBS = {
    verb.name: verb
    for verb in (
        DayVerb("arrive", _("Has come"), arrived),
        DayVerb(
            "absent",
            _("Report absent"),
            absent,
            lambda data, moment: AbsenceForm(data),
            _("For today or for several days; days off are left out."),
        ),
        DayVerb("expect", _("Comes after all"), expected),
        DayVerb(
            "collect",
            _("Goes home"),
            collected,
            collect_form,
            _("Only to one of these. If somebody else stands there, phone the guardians; do not hand over."),
        ),
        DayVerb(
            "write",
            _("Day page"),
            written,
            lambda data, moment: DayForm(data, child_day=moment.day or ChildDay()),
        ),
        DayVerb("undo", _("Take back"), undone),
        DayVerb(
            "leave",
            _("Leaves the nursery"),
            leaving,
            lambda data, moment: LeaveForm(data, application=moment.application),
            _("At the guardians' wish. From the day after, the place is free for another child."),
            MAY_LEAVE,
        ),
    )
}
POSSIBLE = {
    Status.EXPECTED: ["arrive", "absent"],
    Status.ABSENT: ["expect", "arrive"],
    Status.PRESENT: ["collect", "write", "undo"],
    Status.LEFT: ["write", "undo"],
}


def possible(moment: Moment) -> list[DayVerb]:
    """What can be done today, the likeliest first. The actions have the last word."""
    return [VERBS[name] for name in POSSIBLE[moment.status]]


@dataclass(frozen=True)
class Row:
    application: Application
    day: ChildDay | None
    status: Status
    verbs: list[DayVerb]


@dataclass(frozen=True)
class Sheet:
    rows: list[Row]
    by_state: list[tuple[Any, int]]


def classes_of(user: User) -> list[NurseryClass]:
    """Whose days this user may see, in two queries at most."""
    return list(
        NurseryClass.objects.filter(of_classes(user, LOOK, "pk")).order_by("facility", "from_months", "pk")
    )


def sheet(group: NurseryClass, day: dt.date, at: dt.datetime, *, is_today: bool, may_write: bool) -> Sheet:
    """The children of a class on a day, by name; two queries."""
    children = Application.objects.enrolled(day).filter(offered_class=group).select_related("child")
    known = {row.application_id: row for row in ChildDay.objects.on(day).filter(nursery_class=group)}
    rows = []
    for application in children.order_by("child__name", "pk"):
        moment = Moment(application, known.get(application.pk), at)
        verbs = possible(moment) if is_today and may_write else []
        rows.append(Row(application, moment.day, moment.status, verbs))
    tally = Tally(row.status for row in rows)
    return Sheet(rows, [(state.label, tally[state]) for state in Status])


def moment_of(application: Application, at: dt.datetime, day: dt.date) -> Moment:
    row = ChildDay.objects.shown().filter(application=application, day=day).first()
    return Moment(application, row, at)


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
            hand_over=partial(handed_over, teacher),
        )
        for teacher in teachers
    ]


def handed_over(teacher: ClassTeacher, *, to: User, at: dt.datetime, by: User) -> ClassTeacher:
    return actions.hand_over_class(teacher=teacher, to=to, at=at, by=by)

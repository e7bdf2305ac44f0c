"""Personal data of the senior school: purpose, export, retention, erasure."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import Section, anonymise_bookings, build_section, placeholder_resident
from circle.privacy.purposes import Basis, Purpose
from eldercare.models import ClassAttendance, ClassWaiting, Enrolment, SchoolClass

NAME = {"resident.name": pgettext_lazy("of a person", "name")}


def old_enrolments(community: int, before: dt.datetime) -> QuerySet[Enrolment]:
    own = Enrolment.objects.over().filter(community=community, term__last_day__lt=before.date())
    return own.filter(resident__is_nobody=False)


def anonymise_enrolments(rows: QuerySet[Enrolment], at: dt.datetime) -> int:
    people = rows.values("resident")
    classes = SchoolClass.objects.filter(pk__in=rows.values("school_class"), monitor__in=people)
    classes.update(monitor=None)
    return anonymise_bookings(rows)


def old_waiting(community: int, before: dt.datetime) -> QuerySet[ClassWaiting]:
    own = ClassWaiting.objects.over().filter(community=community, last_day__lt=before.date())
    return own.filter(resident__is_nobody=False)


def anonymise_waiting(rows: QuerySet[ClassWaiting], at: dt.datetime) -> int:
    return sum(
        rows.filter(community=community).update(
            resident=placeholder_resident(community), joined_by=None, mandate=None
        )
        for community in set(rows.values_list("community", flat=True))
    )


def school_sections(people: Sequence[Resident]) -> list[Section]:
    enrolments = Enrolment.objects.filter(resident__in=people).shown()
    waiting = ClassWaiting.objects.filter(resident__in=people).shown()
    rolls = ClassAttendance.objects.filter(enrolment__resident__in=people).select_related(
        "enrolment__resident", "session__school_class"
    )
    course = {"code": _("code"), "school_class.name": _("class")}
    return [
        build_section(
            "school",
            _("Senior school"),
            enrolments,
            NAME
            | course
            | {
                "status": _("status"),
                "is_former": _("former pupil"),
                "via": _("made"),
                "is_on_paper": _("from a form on paper"),
                "booked_at": _("asked at"),
            },
        ),
        build_section(
            "school_waiting",
            _("Waiting list of the senior school"),
            waiting,
            NAME | course | {"status": _("status"), "via": _("made"), "joined_at": _("joined at")},
        ),
        build_section(
            "school_roll",
            _("Rolls of the senior school"),
            rolls,
            {
                "enrolment.resident.name": pgettext_lazy("of a person", "name"),
                "session.school_class.name": _("class"),
                "session.day": _("day"),
                "is_present": _("was there"),
            },
        ),
    ]


def has_open_classes(resident: Resident) -> bool:
    mine = {"resident": resident}
    return (
        Enrolment.objects.live().filter(**mine).exists()
        or ClassWaiting.objects.live().filter(**mine).exists()
    )


SCHOOL = Purpose(
    code="senior_school",
    title=_("Senior school"),
    why=_("To keep your place in a class, and to know who came."),
    what=_(
        "Class, who enrolled you and how, whether you have a place or wait for one, on which days you came."
    ),
    basis=Basis.ASKED,
    columns={
        "eldercare.Enrolment": ["resident", "booked_by", "mandate"],
        "eldercare.SchoolClass": ["monitor"],
    },
    ends=_("after the end of the term; then it no longer names you"),
    rule="retention_care",
    stale=old_enrolments,
    forget=anonymise_enrolments,
)
SCHOOL_WAITING = Purpose(
    code="school_waiting",
    title=_("Waiting list of the senior school"),
    why=_("To offer you the next place that becomes free, in the order in which people joined."),
    what=_("Class, who joined in whose name, what was offered."),
    basis=Basis.ASKED,
    columns={"eldercare.ClassWaiting": ["resident", "joined_by", "mandate"]},
    ends=_("after the class's last day to join; then it no longer names you"),
    rule="retention_care",
    stale=old_waiting,
    forget=anonymise_waiting,
)
SCHOOL_PURPOSES = [SCHOOL, SCHOOL_WAITING]

"""Personal data of the profiles and of the looks at elders: purposes, export, erasure."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, F, Max, Model, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import WIPED_TEXT, Section, build_section, placeholder_resident
from circle.privacy.purposes import Basis, Purpose
from eldercare.actions.visit_news import NEWS
from eldercare.models import (
    CareProfile,
    DutyRest,
    HolidayLook,
    HolidayStay,
    Pairing,
    RiskTag,
    Visit,
    VisitDuty,
)

NAME = {"resident.name": pgettext_lazy("of a person", "name")}
PARTICULARS = ["grade", "graded_on", "contacts", "key", "diet", "hearing", "dialect"]
TAG = ["kind", "evidence", "since", "until"]
REST = ["starts_on", "ends_on", "reason", "said_by"]
FESTIVAL = ["festival", "where", "said_by"]
DUTY = ["every", "starts_on", "ends_on", "event", "status", "done_at"]
PAIRING = ["volunteer", "begun_at", "met_at", "comes_on", "ended_at"]
LOOK = ["at", "by", "method", "outcome", "note"]


def old_duties(community: int, before: dt.datetime) -> QuerySet[VisitDuty]:
    own = VisitDuty.objects.filter(community=community, ends_on__lt=localdate(before))
    return own.filter(resident__is_nobody=False)


def anonymise_duties(duties: QuerySet[VisitDuty], at: dt.datetime) -> int:
    """For the figures they stay, as nobody's; a number after the period leaves room for the next one."""
    DutyRest.objects.filter(
        community__in=duties.values("community"), ends_on__lt=duties.aggregate(last=Max("ends_on"))["last"]
    ).delete()
    over = duties.aggregate(last=Max("ends_on"))["last"]
    HolidayStay.objects.filter(community__in=duties.values("community"), festival__lt=over).delete()
    HolidayLook.objects.filter(community__in=duties.values("community"), day__lt=over).delete()
    numbered = Concat(F("period"), Value("#"), Cast("pk", CharField()))
    return sum(
        duties.filter(community=community).update(
            resident=placeholder_resident(community), period=numbered, event=WIPED_TEXT, booking=None
        )
        for community in set(duties.values_list("community", flat=True))
    )


def old_visits(community: int, before: dt.datetime) -> QuerySet[Visit]:
    return Visit.objects.filter(community=community, at__lt=before, resident__is_nobody=False)


def anonymise_visits(visits: QuerySet[Visit], at: dt.datetime) -> int:
    wipe_notes(visits)
    Pairing.objects.filter(
        community__in=visits.values("community"), ended_at__lt=visits.aggregate(last=Max("at"))["last"]
    ).delete()
    return sum(
        visits.filter(community=community).update(resident=placeholder_resident(community))
        for community in set(visits.values_list("community", flat=True))
    )


def wipe_notes(visits: QuerySet[Visit]) -> None:
    visits.exclude(note="").exclude(note=WIPED_TEXT).update(note=WIPED_TEXT)


def visit_sections(people: Sequence[Resident]) -> list[Section]:
    return [
        section_of("elder_profile", _("Profile of an elder"), CareProfile, PARTICULARS, people),
        section_of("risk_tags", _("Reasons to look in"), RiskTag, TAG, people),
        section_of("visits_rest", _("When visits rested"), DutyRest, REST, people),
        section_of("holiday_stays", _("Over the Spring Festival"), HolidayStay, FESTIVAL, people),
        section_of(
            "holiday_looks", _("Who looks in over the festival"), HolidayLook, ["day", "user"], people
        ),
        section_of("visit_duties", _("Visit duties"), VisitDuty, DUTY, people),
        section_of("pairings", _("Which volunteers looked in"), Pairing, PAIRING, people),
        section_of("elder_visits", _("Who looked in"), Visit, LOOK, people),
    ]


def section_of(
    code: str, title: Any, model: type[Model], names: list[str], people: Sequence[Resident]
) -> Section:
    """Under the names that the columns have."""
    rows = model._default_manager.filter(resident__in=people).select_related("resident")
    labels = {name: model._meta.get_field(name).verbose_name for name in names}  # type: ignore[union-attr]
    return build_section(code, title, rows, NAME | labels)


def wipe_visit_data(resident: Resident, at: dt.datetime) -> None:
    for model in (CareProfile, RiskTag, DutyRest, HolidayLook, HolidayStay):
        model._default_manager.filter(resident=resident).delete()
    Pairing.objects.filter(resident=resident, ended_at=None).update(ended_at=at)
    duties = VisitDuty.objects.filter(resident=resident)
    duties.filter(status__in=["due", "resting"]).update(status=VisitDuty.Status.DROPPED)
    duties.exclude(event="").update(event=WIPED_TEXT)
    wipe_notes(Visit.objects.filter(resident=resident))


PROFILE = Purpose(
    code="elder_profile",
    title=_("Profile of an elder"),
    why=_("To know whom somebody has to look in on, how often, and what whoever comes has to mind."),
    what=_(
        "Ability grade, whom to tell, who holds a key, diet, hearing, dialect; why somebody looks in and "
        "what proves it. Who looks at it is recorded."
    ),
    basis=Basis.DUTY,
    columns={
        "eldercare.CareProfile": ["resident", *PARTICULARS],
        "eldercare.RiskTag": ["resident", "kind", "evidence"],
    },
    ends=_("with the row of the register; at once if you ask us to forget you"),
    is_sensitive=True,
)

DUTIES = Purpose(
    code="visit_duties",
    title=_("Duties to look in"),
    why=_("So that nobody is forgotten, and it can be shown that nobody was."),
    what=_("Period, whether somebody looked in, when visits rested, why, and who said so."),
    basis=Basis.DUTY,
    columns={
        "eldercare.VisitDuty": ["resident", "event"],
        "eldercare.DutyRest": ["resident", "reason", "said_by"],
        "eldercare.HolidayStay": ["resident", "where", "said_by"],
        "eldercare.HolidayLook": ["resident", "user"],
    },
    ends=_("after the period; then it no longer names you"),
    rule="retention_visits",
    stale=old_duties,
    forget=anonymise_duties,
)

VISITS = Purpose(
    code="elder_visits",
    title=_("Looks at elders"),
    why=_("To know that you are well, and what you need."),
    what=_("Who looked in, when, how, what was found, a note; which volunteer looks in."),
    basis=Basis.DUTY,
    columns={"eldercare.Visit": ["resident", "by", "note"], "eldercare.Pairing": ["resident"]},
    ends=_("after the visit; then it no longer names you"),
    rule="retention_visits",
    stale=old_visits,
    forget=anonymise_visits,
)
VISIT_NEWS = Purpose(
    code=NEWS,
    title=_("A line to a relative after each visit"),
    why=_("So that the family far away knows that somebody was there."),
    what=_("That somebody came, when, and in a few words how it went; never a health value or a note."),
    basis=Basis.CONSENT,
    columns={},
    ends=_("at once, after a word of yours, also on the phone"),
    consent=_(
        "I agree that this relative gets a short message after each visit. I can end this at any time with a "
        "word on the phone."
    ),
    is_sensitive=True,
)
VISIT_PURPOSES = [PROFILE, DUTIES, VISITS, VISIT_NEWS]

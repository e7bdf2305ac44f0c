"""Personal data of agency cases: why they are stored, what is exported, what is erased."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import Section, build_section, placeholder_resident
from circle.privacy.purposes import Basis, Purpose
from services.models import AgencyCase, CasePaper, CasePhoto, CaseStep, CaseStop, IdentitySeen
from services.models.case_states import ENDED

WORDS = {"words": "", "reason": "–", "remedy": ""}


def case_purposes() -> list[Purpose]:
    return [case_purpose(), photo_purpose(), identity_purpose()]


def case_purpose() -> Purpose:
    return Purpose(
        code="agency_cases",
        title=_("Errands that we do for you"),
        why=_("To do the errands that you asked for, and to tell you where they stand."),
        what=_("Service item, who asked, each step, which originals we hold, to whom the result went."),
        basis=Basis.ASKED,
        columns={
            "services.AgencyCase": [
                "resident",
                "requested_by",
                "mandate",
                "authorisation",
                "words",
                "reason",
                "remedy",
                "handed_to",
                "receipt",
                "tracking",
            ],
            "services.CaseStep": ["public_words", "inner_words"],
            "services.CaseStop": ["reason"],
            "services.CasePaper": ["name", "returned_to"],
        },
        ends=_("after the case was closed or withdrawn; then it no longer names you"),
        rule="retention_cases",
        stale=old_cases,
        forget=anonymise_cases,
    )


def photo_purpose() -> Purpose:
    return Purpose(
        code="case_photos",
        title=_("Photographed papers"),
        why=_("To see before you come whether your papers are complete."),
        what=_("The photographs that you sent; only who handles the case and the director open them."),
        basis=Basis.ASKED,
        columns={"services.CasePhoto": ["image_sealed", "by"]},
        ends=_("after the case was closed or withdrawn; then they are deleted"),
        rule="retention_case_photos",
        is_sensitive=True,
        stale=old_photos,
        forget=delete_photos,
    )


def identity_purpose() -> Purpose:
    return Purpose(
        code="identity_seen",
        title=_("Whose identity card we have seen"),
        why=_("So that nobody acts in your name, and you need not show it again."),
        what=_("Which kind of paper was seen, where, when and by whom; never its number."),
        basis=Basis.DUTY,
        columns={"services.IdentitySeen": ["resident", "paper", "seen_by"]},
        ends=_("with your entry in the register"),
    )


def old_cases(community: int, before: dt.datetime) -> QuerySet[AgencyCase]:
    """Never of a person whose originals we hold: they have to get them back."""
    rows = AgencyCase.objects.filter(community=community, status__in=ENDED, status_at__lt=before)
    rows = rows.filter(papers_held=0)
    return rows.exclude(resident__is_nobody=True)


def anonymise_cases(rows: QuerySet[AgencyCase], at: dt.datetime) -> int:
    """Item, days and steps remain, from which it is counted how long an item takes."""
    found = list(rows.values_list("pk", "community"))
    wipe_words([pk for pk, _community in found])
    for community in {community for _pk, community in found}:
        AgencyCase.objects.filter(pk__in=[pk for pk, where in found if where == community]).update(
            resident=placeholder_resident(community), requested_by=None, mandate=None, authorisation=None
        )
    return len(found)


def wipe_words(cases: list[int]) -> None:
    """What was written in these cases, which are over."""
    rows = AgencyCase.objects.filter(pk__in=cases)
    rows.update(**WORDS)
    for name in ("handed_to", "receipt", "tracking"):
        rows.exclude(**{name: ""}).update(**{name: "–"})
    CaseStep.objects.filter(case__in=cases).update(public_words="–", inner_words="–")
    CaseStop.objects.filter(case__in=cases).update(reason="–")
    CasePaper.objects.filter(case__in=cases).update(name="–")
    CasePaper.objects.filter(case__in=cases).exclude(returned_to="").update(returned_to="–")


def old_photos(community: int, before: dt.datetime) -> QuerySet[CasePhoto]:
    over = {"case__status__in": ENDED, "case__status_at__lt": before, "case__papers_held": 0}
    return CasePhoto.objects.filter(case__community=community, **over)


def delete_photos(rows: QuerySet[CasePhoto], at: dt.datetime) -> int:
    return rows.delete()[0]


def case_sections(people: Sequence[Resident]) -> list[Section]:
    return [
        case_section(people),
        step_section(people),
        stop_section(people),
        paper_section(people),
        photo_section(people),
        identity_section(people),
    ]


def case_section(people: Sequence[Resident]) -> Section:
    rows = AgencyCase.objects.filter(resident__in=people).select_related("resident", "item")
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "code": _("case number"),
        "item.name": _("service item"),
        "status": _("status"),
        "via": _("asked for"),
        "words": _("what was said"),
        "requested_at": _("asked for at"),
        "receipt": _("the office's receipt number"),
        "reason": _("reason"),
        "remedy": _("what can be done against it"),
        "delivery": _("how the result went"),
        "handed_to": _("handed to"),
        "tracking": _("tracking number"),
    }
    return build_section("agency_cases", _("Errands that we do for you"), rows, labels)


def step_section(people: Sequence[Resident]) -> Section:
    rows = CaseStep.objects.filter(case__resident__in=people).select_related("case")
    labels = {
        "case.code": _("case number"),
        "kind": _("step"),
        "at": _("at"),
        "public_words": _("said to the resident"),
        "inner_words": _("for colleagues alone"),
    }
    return build_section("agency_case_steps", _("Steps of your errands"), rows, labels)


def stop_section(people: Sequence[Resident]) -> Section:
    rows = CaseStop.objects.filter(case__resident__in=people).select_related("case")
    labels = {
        "case.code": _("case number"),
        "kind": _("why the clock stands still"),
        "starts_on": _("first day"),
        "ends_on": _("last day"),
        "reason": _("reason"),
        "at": _("entered at"),
    }
    return build_section("agency_case_stops", _("When the clock of your errands stood still"), rows, labels)


def photo_section(people: Sequence[Resident]) -> Section:
    """That they are there and since when; the pictures themselves are opened one by one, each on record."""
    rows = CasePhoto.objects.filter(case__resident__in=people).select_related("case")
    labels = {
        "case.code": _("case number"),
        "at": _("sent at"),
        "is_authorisation": _("the signed authorisation"),
    }
    rows = rows.defer("image_sealed")
    return build_section("case_photos", _("Photographed papers"), rows, labels)


def paper_section(people: Sequence[Resident]) -> Section:
    rows = CasePaper.objects.filter(case__resident__in=people).select_related("case")
    labels = {
        "case.code": _("case number"),
        "name": _("which paper"),
        "received_at": _("taken at"),
        "place": _("where it is"),
        "since": pgettext_lazy("an original", "there since"),
        "returned_to": _("given back to"),
    }
    return build_section("agency_case_papers", _("Originals that you gave us"), rows, labels)


def identity_section(people: Sequence[Resident]) -> Section:
    rows = IdentitySeen.objects.filter(resident__in=people).select_related("resident")
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "paper": _("which paper was seen"),
        "via": _("where it was seen"),
        "seen_at": _("seen at"),
    }
    return build_section("identity_seen", _("Whose identity card we have seen"), rows, labels)


def wipe_cases(resident: Resident) -> None:
    """Of a person who is forgotten: the words of what is over, every photograph, and that they were seen."""
    over = AgencyCase.objects.filter(resident=resident, status__in=ENDED)
    wipe_words(list(over.values_list("pk", flat=True)))
    CasePhoto.objects.filter(case__resident=resident).delete()
    IdentitySeen.objects.filter(resident=resident).delete()

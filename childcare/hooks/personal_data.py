"""What the nursery stores about families, its export and erasure: purposes, personal_data, erasure."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from childcare.actions import APPLYING, HEALTH, forget_child, forget_in_register, guardians_of
from childcare.models import (
    Application,
    ChildDay,
    DayOuting,
    FurtherWish,
    HeadTask,
    Health,
    KnownApart,
    LineMove,
    NurseryVisit,
    Offer,
    Paper,
    PassedOver,
    SecondParent,
)
from childcare.models.applications import ApplicationQuerySet
from circle.models import Resident
from circle.privacy.data_export import (
    ErasurePlan,
    RetentionReason,
    Section,
    build_section,
    placeholder_resident,
)
from circle.privacy.purposes import Basis, Purpose

Status = Application.Status
OVER = [Status.WITHDRAWN, Status.DECLINED, Status.LAPSED, Status.LEFT]


def ended_applications(community: int, before: dt.datetime) -> QuerySet[Application]:
    return Application.objects.filter(community=community, status__in=OVER, status_at__lt=before)


def old_applications(community: int, before: dt.datetime) -> QuerySet[Application]:
    return ended_applications(community, before).exclude(guardian__erased_at__isnull=False)


def old_drafts(community: int, before: dt.datetime) -> QuerySet[Application]:
    return Application.objects.filter(community=community, status=Status.DRAFT, changed_at__lt=before)


def old_health(community: int, before: dt.datetime) -> QuerySet[Health]:
    return Health.objects.filter(application__in=ended_applications(community, before))


def old_days(community: int, before: dt.datetime) -> QuerySet[ChildDay]:
    return ChildDay.objects.filter(community=community, day__lt=before.date())


def old_visits(community: int, before: dt.datetime) -> QuerySet[NurseryVisit]:
    """Also those without a name whose application still leads to guardian and child."""
    old = NurseryVisit.objects.over().filter(community=community, day__lt=before.date())
    return old.exclude(resident__erased_at__isnull=False, application=None)


def anonymise_visits(visits: QuerySet[NurseryVisit], at: dt.datetime) -> int:
    communities = set(visits.values_list("community", flat=True))
    return sum(
        visits.filter(community=community).update(
            resident=placeholder_resident(community),
            application=None,
            booked_by=None,
            mandate=None,
            reason="",
        )
        for community in communities
    )


def anonymise_rows(applications: QuerySet[Application], at: dt.datetime) -> int:
    """The rows stay for the figures; child and guardian are gone from them."""
    communities = set(applications.values_list("community", flat=True))
    forget_child(applications, at)
    return sum(
        applications.filter(community=community).update(
            guardian=placeholder_resident(community), started_by=None, mandate=None, accepted_by=None
        )
        for community in communities
    )


def delete_drafts(drafts: QuerySet[Application], at: dt.datetime) -> int:
    Health.objects.filter(application__in=drafts).delete()
    Paper.objects.filter(application__in=drafts).delete()
    # Of one that ended once and was taken up again.
    KnownApart.objects.filter(application__in=drafts).delete()
    HeadTask.objects.filter(application__in=drafts).delete()
    LineMove.objects.filter(application__in=drafts).delete()
    FurtherWish.objects.filter(application__in=drafts).delete()
    SecondParent.objects.filter(application__in=drafts).delete()
    Offer.objects.filter(application__in=drafts).delete()
    NurseryVisit.objects.filter(application__in=drafts).delete()
    PassedOver.objects.filter(Q(application__in=drafts) | Q(offered_to__in=drafts)).delete()
    entered = [row.child for row in drafts.filter(entered_child=True).select_related("child") if row.child]
    count = drafts.delete()[0]
    for child in entered:
        forget_in_register(child, at)
    return count


def delete_rows(rows: QuerySet[Any], at: dt.datetime) -> int:
    return rows.delete()[0]


def personal_data(people: Sequence[Resident]) -> list[Section]:
    rows = of_people(people).shown().select_related("health")
    labels = {
        "guardian.name": _("guardian"),
        "code": _("application code"),
        "relation": _("relation to the child"),
        "child.name": _("child's name"),
        "child.born_on": _("child's birthday"),
        "nursery_class.name": _("class wanted"),
        "start_on": _("wanted from"),
        "start_by": _("wanted at the latest from"),
        "health.allergies": _("allergies"),
        "health.medicine": _("medicine or an illness"),
        "health.vaccinations": _("vaccinations"),
        "status": _("status"),
        "submitted_at": _("sent in at"),
        "missing": _("what is missing"),
    }
    days = ChildDay.objects.filter(application__in=of_people(people).values("pk")).shown()
    outings = DayOuting.objects.filter(child_day__in=days).select_related(
        "child_day__application__child", "collected_by"
    )
    visits = NurseryVisit.objects.filter(resident__in=people).shown()
    parents = SecondParent.objects.current().filter(application__in=of_people(people).values("pk"))
    return [
        build_section("nursery", _("Nursery applications"), rows, labels),
        build_section(
            "nursery_parents", _("Second parents"), parents.select_related("application"), PARENT_LABELS
        ),
        build_section("nursery_days", _("Days in the nursery"), days, DAY_LABELS),
        build_section("nursery_visits", _("Visits to the nursery"), visits, VISIT_LABELS),
        build_section("nursery_outings", _("Away during a day in the nursery"), outings, OUTING_LABELS),
    ]


DAY_LABELS = {
    "application.child.name": _("child's name"),
    "day": _("day"),
    "status": _("status"),
    "reason": _("why absent"),
    "arrived_at": _("arrived at"),
    "left_at": _("left at"),
    "collected_by.name": _("collected by"),
    "closing_words": _("how it was recorded afterwards"),
    "ate": _("ate"),
    "slept": _("slept"),
    "mood": _("mood"),
    "note": _("a line about the day"),
}


VISIT_LABELS = {
    "plan": _("what for"),
    "plan.facility.name": _("nursery"),
    "code": _("booking code"),
    "starts_at": _("from"),
    "status": _("status"),
    "reason": _("reason"),
}


PARENT_LABELS = {
    "application.code": _("application code"),
    "relation": _("relation to the child"),
    "masked_phone": _("phone"),
    "named_at": _("named at"),
    "confirmed_at": _("confirmed at"),
}


OUTING_LABELS = {
    "child_day.application.child.name": _("child's name"),
    "left_at": _("left at"),
    "returned_at": _("came back at"),
    "collected_by.name": _("collected by"),
}


def of_people(people: Sequence[Resident]) -> ApplicationQuerySet:
    """Of the children among them, and what an adult among them has begun without naming a child."""
    return Application.objects.filter(Q(child__in=people) | Q(child=None, guardian__in=people))


def plan_erasure(resident: Resident) -> ErasurePlan:
    own = Application.objects.filter(Q(guardian=resident) | Q(child=resident))
    return ErasurePlan(
        open_matters=[_("a nursery application or place")] * own.live().exists()
        + [_("a visit to the nursery")] * NurseryVisit.objects.live().filter(resident=resident).exists(),
        holds=[
            RetentionReason("nursery_counts", _("That a child applied stays as a number, without its name."))
        ]
        * own.exists(),
        wipe=partial(wipe_personal_data, resident),
    )


def wipe_personal_data(resident: Resident, at: dt.datetime) -> None:
    """Of a child with another guardian they stay, and are that guardian's."""
    own = Application.objects.filter(Q(guardian=resident) | Q(child=resident))
    for application in own.exclude(child=resident).exclude(child=None).select_related("child"):
        other = guardians_of(application.child).exclude(pk=resident.pk).first()
        if other:
            own.filter(pk=application.pk).update(guardian=other)
    forget_child(own, at)


APPLICATIONS = Purpose(
    code=APPLYING,
    title=_("Nursery applications"),
    why=_("To find a place for the child, and to be able to explain why another child came first."),
    what=_(
        "Child's name and birthday, guardian and relation, the phone number of the other parent, class and "
        "day wanted, which papers were seen."
    ),
    basis=Basis.CONSENT,
    columns={
        "childcare.Application": [
            "guardian", "relation", "child", "started_by", "mandate", "missing", "accepted_by",
        ],
        "childcare.Paper": ["kind", "seen_by"],
        "childcare.KnownApart": ["other"],
        "childcare.HeadTask": ["kind", "words", "settled_by"],
        "childcare.Offer": ["application", "made_by"],
        "childcare.SeatDay": ["child"],
        "childcare.SecondParent": ["relation", "phone_sealed", "named_by", "confirmed_by"],
    },
    ends=_("after the application has ended; of an enrolled child until it has left"),
    rule="retention_applications",
    consent=_(
        "I am the child's guardian, and I agree that the nursery uses what stands here about the "
        "child for this application. I can withdraw this at any time."
    ),
    is_sensitive=True,
    is_about_children=True,
    stale=old_applications,
    forget=anonymise_rows,
)  # fmt: skip

DRAFTS = Purpose(
    code="nursery_drafts",
    title=_("Nursery applications that were never sent in"),
    why=_("So that you can go on filling in. Staff do not see them."),
    what=_("What you have filled in so far."),
    basis=Basis.ASKED,
    columns={"childcare.Application": ["guardian", "child"]},
    ends=_("after it was last filled in"),
    rule="retention_drafts",
    is_about_children=True,
    is_sensitive=True,
    stale=old_drafts,
    forget=delete_drafts,
)

HEALTH_ANSWERS = Purpose(
    code=HEALTH,
    title=_("The child's health"),
    why=_("To keep the child well: food, medicine, vaccinations."),
    what=_(
        "Allergies, illnesses and medicine, vaccinations; kept encrypted, for those who look after "
        "the child."
    ),
    basis=Basis.CONSENT,
    columns={
        "childcare.Health": [
            "has_allergies", "allergies_sealed", "takes_medicine", "medicine_sealed", "vaccinations",
        ]
    },
    ends=_(
        "after an application ended without a place; at once if the consent is withdrawn, and of an enrolled "
        "child once the head of the nursery has spoken with you"
    ),
    rule="retention_child_health",
    consent=_(
        "I am the child's guardian, and I agree that those who look after the child read these "
        "health answers. I can withdraw this at any time."
    ),
    is_sensitive=True,
    is_about_children=True,
    stale=old_health,
    forget=delete_rows,
)  # fmt: skip


DAYS = Purpose(
    code="nursery_days",
    title=_("Days in the nursery"),
    why=_("To know who is there, to hand each child to nobody but its own people, and to tell you its day."),
    what=_(
        "When the child came and left, who collected it, absences with a reason; how it ate, slept and felt, "
        "and a line of text, kept encrypted. No photos."
    ),
    basis=Basis.ASKED,
    columns={
        "childcare.ChildDay": [
            "application", "reason", "mandate", "earlier_reason", "earlier_mandate",
            "arrived_at", "left_at", "collected_by", "collected_under",
            "ate", "slept", "mood", "note_sealed", "closed_by", "closing_words_sealed",
        ],
        "childcare.PickupPerson": ["child", "person", "paper"],
        "childcare.DayOuting": ["child_day", "left_at", "collected_by", "collected_under"],
        "childcare.ClassTeacher": ["user"],
    },
    ends=_("after the day"),
    rule="retention_nursery_days",
    is_sensitive=True,
    is_about_children=True,
    stale=old_days,
    forget=delete_rows,
)  # fmt: skip


VISITS = Purpose(
    code="nursery_visits",
    title=_("Visits to the nursery"),
    why=_("So that somebody has time for you when you come to look round, or for a trial half-day."),
    what=_("Who comes when, for which application, and whether they came."),
    basis=Basis.ASKED,
    columns={
        "childcare.NurseryVisit": [
            "resident", "application", "booked_by", "mandate", "reason", "age_reason"
        ],
    },
    ends=_("after the day; then it no longer names you"),
    rule="retention_nursery_days",
    stale=old_visits,
    forget=anonymise_visits,
)  # fmt: skip


def nursery_purposes() -> list[Purpose]:
    return [APPLICATIONS, DRAFTS, HEALTH_ANSWERS, DAYS, VISITS]

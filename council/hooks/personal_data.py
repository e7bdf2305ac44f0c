"""What the council stores about people, shown to them and erased.

The hooks `purposes`, `personal_data` and `erasure`.
"""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import (
    WIPED_TEXT,
    ErasurePlan,
    RetentionReason,
    Section,
    build_section,
    placeholder_resident,
)
from circle.privacy.purposes import Basis, Purpose
from council.models import Evaluation, Membership, Support, Topic


def old_topics(community: int, before: dt.datetime) -> QuerySet[Topic]:
    own = Topic.objects.filter(community=community, status_at__lt=before, raised_by__isnull=False)
    over = own.exclude(status__in=[Topic.Status.RECEIVED, Topic.Status.ACCEPTED])
    return over.exclude(raised_by__erased_at__isnull=False)


def anonymise_rows(topics: QuerySet[Topic], at: dt.datetime) -> int:
    """Public words, stations and answers stay; what was said of the answer loses its words."""
    Evaluation.objects.filter(topic__in=topics).update(words="")
    communities = set(topics.values_list("community", flat=True))
    return sum(
        topics.filter(community=community).update(
            raised_by=placeholder_resident(community),
            entered_by=None,
            mandate=None,
            text=WIPED_TEXT,
            age_reason="",
            outside_number="",
            outside_due_on=None,
        )
        for community in communities
    )


def old_supports(community: int, before: dt.datetime) -> QuerySet[Support]:
    """Of topics that are closed for so long."""
    closed = Topic.objects.exclude(status__in=[Topic.Status.RECEIVED, Topic.Status.ACCEPTED])
    over = closed.filter(community=community, status_at__lt=before)
    return Support.objects.filter(topic__in=over, resident__isnull=False)


def forget_supporters(supports: QuerySet[Support], at: dt.datetime) -> int:
    """They still count."""
    return supports.update(resident=None)


TOPIC_LABELS = {
    "raised_by.name": pgettext_lazy("of a person", "name"),
    "receipt": _("receipt number"),
    "text": _("as it was written"),
    "public_text": _("for everybody"),
    "status": _("status"),
    "answer": _("answer"),
    "came_at": _("came at"),
    "age_reason": _("why outside the ages"),
}
SUPPORT_LABELS = {
    "resident.name": pgettext_lazy("of a person", "name"),
    "topic.receipt": _("receipt number"),
    "topic.public_text": _("for everybody"),
    "came_at": _("came at"),
}
EVALUATION_LABELS = {
    "topic.receipt": _("receipt number"),
    "given_at": _("said at"),
    "is_solved": _("solved"),
    "level": _("satisfied"),
    "words": _("in their words"),
}
SEAT_LABELS = {
    "resident.name": pgettext_lazy("of a person", "name"),
    "body.name": _("body"),
    "seat": _("seat"),
    "starts_on": _("first day"),
    "ends_on": _("last day"),
}


def personal_data(people: Sequence[Resident]) -> list[Section]:
    topics = Topic.objects.filter(raised_by__in=people).select_related("raised_by", "meeting")
    seats = Membership.objects.filter(resident__in=people).select_related("resident", "body")
    supports = Support.objects.filter(resident__in=people).select_related("resident", "topic")
    said = Evaluation.objects.filter(topic__raised_by__in=people, given_at__isnull=False)
    return [
        build_section("supports", _("Topics that you stand behind"), supports, SUPPORT_LABELS),
        build_section(
            "evaluations", _("What you said of our answers"), said.select_related("topic"), EVALUATION_LABELS
        ),
        build_section("topics", _("What you bring before the council"), topics, TOPIC_LABELS),
        build_section("seats", _("Seats in councils and committees"), seats, SEAT_LABELS),
    ]


def plan_erasure(resident: Resident) -> ErasurePlan:
    topics, seats = Topic.objects.filter(raised_by=resident), Membership.objects.filter(resident=resident)
    return ErasurePlan(
        open_matters=[_("a topic that waits for its answer")] * topics.unanswered().exists()
        + [_("a seat in a council")] * seats.on(timezone.localdate()).exists(),
        holds=[RetentionReason("minutes", _("Published minutes stay as they are."))] * seats.exists(),
        wipe=partial(wipe_personal_data, resident),
    )


def wipe_personal_data(resident: Resident, at: dt.datetime) -> None:
    own = Topic.objects.filter(raised_by=resident)
    Evaluation.objects.filter(topic__in=own).update(words="")
    Support.objects.filter(resident=resident).update(resident=None)
    own.update(text=WIPED_TEXT, age_reason="")


TOPICS = Purpose(
    code="topics",
    title=_("What you bring before the council"),
    why=_("To put it on the agenda and to answer you. Only public words without a name are published."),
    what=_("Your words, who raised it in whose name, the answer."),
    basis=Basis.ASKED,
    columns={
        "council.Topic": ["text", "raised_by", "mandate", "entered_by", "age_reason", "outside_number"],
        "council.Evaluation": ["words", "is_solved", "level"],
    },
    ends=_("after the answer; then it no longer names you"),
    rule="retention_topics",
    stale=old_topics,
    forget=anonymise_rows,
)

SUPPORTS = Purpose(
    code="topic_supports",
    title=_("Topics that you stand behind"),
    why=_("To count you once, and to send you the answer."),
    what=_("Which topic, since when. Only the number of people is published."),
    basis=Basis.ASKED,
    columns={"council.Support": ["resident", "topic", "via"]},
    ends=_("after the answer; then it no longer names you"),
    rule="retention_topics",
    stale=old_supports,
    forget=forget_supporters,
)

SEATS = Purpose(
    code="seats",
    title=_("Seats in councils and committees"),
    why=_("Who decides in the name of the neighbours is known to them."),
    what=_(
        "Name, seat, first and last day, presence at meetings, votes that were taken by name, amendments."
    ),
    basis=Basis.DUTY,
    columns={
        "council.Membership": ["resident", "seat", "starts_on", "ends_on"],
        "council.Attendance": ["membership", "status"],
        "council.Resolution": ["counted_by", "watched_by"],
        "council.Vote": ["membership", "choice"],
        "council.Amendment": ["asked_by", "text"],
    },
    ends=_("always, as the minutes are"),
)


def purposes() -> list[Purpose]:
    return [TOPICS, SUPPORTS, SEATS]

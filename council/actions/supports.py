"""“That is mine too”: somebody stands behind a topic instead of raising it again."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.calendar.working_days import SHANGHAI
from circle.models import Household, Resident, User
from circle.permissions.age_bands import age_bands, refuse_unsuited
from circle.permissions.on_behalf import mandate_for
from council.actions.topic_stations import (
    add_station,
    answer_rule,
    lock_topic,
    tell_news,
    working_days_after,
)
from council.actions.topics import STAFF
from council.models import Station, Support, Topic
from council.models.topics import AGES, SCOPE


@transaction.atomic
def support_topic(
    *, topic: Topic, resident: Resident, via: str, at: dt.datetime, by: User, age_reason: str = ""
) -> Support:
    """Of a topic joined with another one, the other gets it. Supported twice it stays one.

    Refuses: not_allowed, resident_gone, not_for_age, other_community, own_topic (who raised it has said so
    already), not_possible (it is closed, or not public).
    """
    mandate_for(by=by, resident=resident, scope=SCOPE, via=via, staff_permission=STAFF)
    refuse_unsuited(age_bands(AGES), resident, via=via, at=at, reason=age_reason)
    row = lock_topic(topic)
    if row.merged_into_id:
        row = lock_topic(Topic(pk=row.merged_into_id))
    if resident.community_id != row.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if not row.is_open or not row.shows_words:
        raise ValidationError(_("This topic takes no more support."), code="not_possible")
    if row.raised_by_id == resident.pk:
        raise ValidationError(_("It was raised by this person already."), code="own_topic")
    support, is_new = Support.objects.get_or_create(
        topic=row, resident=resident, defaults={"community_id": row.community_id, "via": via, "came_at": at}
    )
    if is_new:
        record(verb="topic_supported", subject=row, community=row.community_id, at=at, actor=by, via=via)
        note_request(row, at, by)
    return support


@transaction.atomic
def begin_signing(*, topic: Topic, at: dt.datetime, by: User) -> Topic:
    """From now on households ask for a meeting by standing behind it; how many there are is fixed.

    Twice is harmless. Refuses: not_taken_up, no_households (none is in the register).
    """
    row = lock_topic(topic)
    if row.households:
        return topic
    if row.status != Topic.Status.ACCEPTED:
        raise ValidationError(_("Take it up first: it has no public words."), code="not_taken_up")
    row.households = Household.objects.filter(community=row.community_id).count()
    if not row.households:
        raise ValidationError(_("No household is in the register."), code="no_households")
    row.save(update_fields=["households"])
    add_station(row, Station.Kind.SIGNING, at, by)
    record(
        verb="topic_signing",
        subject=row,
        community=row.community_id,
        at=at,
        actor=by,
        households=row.households,
    )
    note_request(row, at, by)
    topic.refresh_from_db()
    return topic


def signed_households(topic: Topic) -> int:
    """Of who raised or supports it, and of what is joined with it, each household once."""
    family = Topic.objects.filter(Q(pk=topic.pk) | Q(merged_into=topic)).values("pk")
    people = Resident.objects.filter(Q(topics__in=family) | Q(topic_supports__topic__in=family))
    return people.filter(household__isnull=False).values("household").distinct().count()


def note_request(topic: Topic, at: dt.datetime, by: User | None) -> None:
    """Once a fifth of the households has signed, a meeting is to be called by a day."""
    if not topic.households or signed_households(topic) < topic.needed_households:
        return
    if topic.stations.filter(kind=Station.Kind.REQUESTED).exists():
        return
    day = localdate(at, SHANGHAI)
    rule = answer_rule(day)
    due = working_days_after(day, rule["call_days"]) if rule else None
    station = add_station(topic, Station.Kind.REQUESTED, at, None, due_on=due)
    tell_news(topic, station, at)

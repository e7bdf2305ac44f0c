"""“That is mine too”: somebody stands behind a topic instead of raising it again."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Resident, User
from circle.permissions.age_bands import age_bands, refuse_unsuited
from circle.permissions.on_behalf import mandate_for
from council.actions.topic_stations import lock_topic
from council.actions.topics import STAFF
from council.models import Support, Topic
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
    return support

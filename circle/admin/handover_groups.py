"""What a member of staff has in hand, by kind."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from circle.models import Absence, StaffPost
from circle.permissions.handover import Work, open_work


@dataclass(frozen=True)
class HandoverGroup:
    """The open work of the holder of a post, and the colleagues who may take it."""

    post: StaffPost
    absence: Absence | None
    work: list[Work]
    colleagues: list[StaffPost]


def handover_groups(
    posts: list[StaffPost], rows: Any, today: dt.date, *, show_empty: bool
) -> list[HandoverGroup]:
    """Grouped by post, in a fixed number of queries."""
    work = open_work(post.user_id for post in posts)
    away = {post.pk for post in rows.away(today)}
    colleagues = [post for post in rows.active(today).order_by("user__name", "pk") if post.pk not in away]
    absences = Absence.objects.filter(post__in=posts, ends_on__gte=today).order_by("-starts_on")
    absences = absences.select_related("substitute__user")
    by_post = {absence.post_id: absence for absence in absences}
    found = [
        HandoverGroup(
            post,
            by_post.get(post.pk),
            [each for each in work if (each.holder, each.community) == (post.user_id, post.community_id)],
            [
                each
                for each in colleagues
                if each.community_id == post.community_id and each.user_id != post.user_id
            ],
        )
        for post in posts
    ]
    return [left for left in found if left.work or show_empty]

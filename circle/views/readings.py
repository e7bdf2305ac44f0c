"""Who read my data: the post, the time and the page, never a private name."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circle.audit.log import DATA_READ, READING_PAGES
from circle.models import Record, Resident, StaffPost
from circle.web.middleware import PortalRequest, signed_in_user

PER_PAGE = 25


@require_safe
@never_cache
@login_required
def readings(request: PortalRequest) -> HttpResponse:
    """/me/looked/[?page=]: the latest first."""
    people = {person.pk: person for person in Resident.objects.with_wards(signed_in_user(request))}
    rows = Record.objects.filter(
        verb=DATA_READ, subject_type=Resident._meta.label_lower, subject_id__in=people
    ).order_by("-id")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    roles = roles_at(page.object_list)
    other = _("the administration")
    lines = [
        (row, people[row.subject_id], roles.get(row.pk, other), READING_PAGES.get(row.details["page"]))
        for row in page.object_list
    ]
    return render(request, "circle/looked.html", {"page": page, "lines": lines})


def roles_at(rows: Iterable[Record]) -> dict[int, str]:
    """The posts that the actor held in that community on that day, by record; one query."""
    posts = defaultdict(list)
    for post in StaffPost.objects.filter(user__in={row.actor_id for row in rows}):
        posts[post.user_id].append(post)
    found = {}
    for row in rows:
        day = localtime(row.at).date()
        held = [
            str(post.get_role_display())
            for post in posts[row.actor_id or 0]
            if post.community_id == row.community_id
            and post.starts_on <= day
            and (post.ends_on is None or post.ends_on >= day)
        ]
        if held:
            found[row.pk] = _(", ").join(held)
    return found

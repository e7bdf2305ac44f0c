"""The council's part of the header search."""

from django.db.models import Q
from django.utils.translation import gettext as _

from circle.models import Community
from circle.search.site_search import SearchGroup, SearchHit
from council.models import AgendaItem, Meeting, MinutesVersion, Point


def search_group(community: Community, query: str, limit: int, *, like: bool) -> SearchGroup:
    """The search hook of council: words of a published agenda, then of published minutes, latest first."""
    hits = [] if like else [*agenda_hits(community, query, limit), *minutes_hits(community, query, limit)]
    once = {hit.url: hit for hit in reversed(hits)}
    return SearchGroup("council", _("Council"), [hit for hit in hits if once[hit.url] is hit][:limit])


def agenda_hits(community: Community, query: str, limit: int) -> list[SearchHit]:
    words = Q(title_zh__icontains=query) | Q(title_en__icontains=query)
    rows = AgendaItem.objects.exclude(status=AgendaItem.Status.PROPOSED).filter(
        words, meeting__in=Meeting.objects.public(community).with_papers()
    )
    found = rows.select_related("meeting__body").order_by("-meeting__starts_at", "number")[:limit]
    return [SearchHit(row.title, row.meeting.get_absolute_url(), str(row.meeting)) for row in found]


def minutes_hits(community: Community, query: str, limit: int) -> list[SearchHit]:
    """What was said or decided. The stored text has names of fields in it as well: those are no words."""
    shown = Meeting.objects.public(community).with_papers()
    rows = MinutesVersion.objects.current().filter(body__icontains=query, meeting__in=shown)
    found = rows.select_related("meeting__body").order_by("-meeting__starts_at")[: limit * 5]
    hits = [
        SearchHit(point.title, f"{row.meeting.get_absolute_url()}#minutes-text", str(row.meeting))
        for row in found
        for point in row.sheet.points
        if query.casefold() in "\n".join(point_words(point)).casefold()
    ]
    return hits[:limit]


def point_words(point: Point) -> list[str]:
    decision = point.resolution
    return [
        point.minutes_zh,
        point.minutes_en,
        *([decision.number, decision.text_zh, decision.text_en] if decision else []),
    ]

"""Pages of the portal and notices as search results, found by what people call them."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from circle import text_matching
from circle.formats.language import is_english
from circle.hooks import hook_functions
from circle.models import Community, Notice
from circle.search.signposts import search_signposts
from circle.search.site_search import SearchGroup, SearchHit, best_of, search_everywhere

NOTICES_READ = 60  # the newest that are shown; older ones nobody looks for


@dataclass(frozen=True)
class SitePage:
    """`words`: what people type for it, beside its names."""

    url_name: str
    name_zh: str
    name_en: str
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return text_matching.build_key([self.name_zh, self.name_en], self.words)

    def as_hit(self) -> SearchHit:
        return SearchHit(self.name_en if is_english() else self.name_zh, reverse(self.url_name))


@cache
def pages_by_key() -> tuple[tuple[str, SitePage], ...]:
    """Of all apps, once per process."""
    return tuple((page.key, page) for offered in hook_functions("site_pages") for page in offered())


def search_pages(query: str, limit: int, *, like: bool) -> SearchGroup:
    found = best_of(pages_by_key(), query, limit, like=like)
    rank = text_matching.rank_match(query, found[0].key) if found else None
    hits = [page.as_hit() for page in found]
    return SearchGroup("pages", _("Pages"), hits, SearchGroup.rank if rank is None else rank)


def search_notices(community: Community, query: str, limit: int, *, like: bool) -> list[SearchGroup]:
    """Pinned ones by their title before all else, since they are of these days; the others come last."""
    visible = list(Notice.objects.visible(community, timezone.now())[:NOTICES_READ])
    keyed = [(text_matching.build_key([row.title_zh, row.title_en], []), row) for row in visible]
    titled = best_of(keyed, query, NOTICES_READ, like=like)
    word = query.casefold()
    told = [] if like else [row for row in visible if word in f"{row.body_zh} {row.body_en}".casefold()]
    pinned = [row for row in titled if row.is_pinned]
    others = [row for row in dict.fromkeys([*titled, *told]) if row not in pinned]
    return [
        notice_group("pinned-notices", _("Of these days"), pinned[:limit], rank=-1),
        notice_group("notices", _("Notices"), others[:limit], rank=SearchGroup.rank + 1),
    ]


def notice_group(slug: str, label: str, notices: list[Notice], rank: int) -> SearchGroup:
    return SearchGroup(slug, label, [SearchHit(row.title, row.get_absolute_url()) for row in notices], rank)


def search_all(community: Community, query: str, limit: int = 8, *, like: bool = False) -> list[SearchGroup]:
    """Groups with the best first hit first; where they are equal, pages and services before places."""
    groups = [
        search_pages(query, limit, like=like),
        search_signposts(community, query, limit, like=like),
        *search_everywhere(community, query, limit, like=like),
        *search_notices(community, query, limit, like=like),
    ]
    return sorted(
        (group for group in groups if group.hits), key=lambda group: (group.rank, group.slug == "facilities")
    )

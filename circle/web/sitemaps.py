"""The sitemap for search engines, with the pages that the other apps add by the hook `sitemaps`."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from circle.hooks import hook_functions, join_tables
from circle.models import Community, Facility, Notice


class NamedPages(Sitemap):
    """The pages with these URL names."""

    i18n = True
    names: tuple[str, ...]

    def items(self) -> tuple[str, ...]:
        return self.names

    def location(self, item: str) -> str:
        return reverse(item)


class Pages(NamedPages):
    names = (
        "home", "circle", "choose_building", "circle_map", "coverage", "how_we_count", "week",
        "notices", "signposts", "papers", "help", "privacy", "accessibility",
    )  # fmt: skip


class Facilities(Sitemap):
    i18n = True

    def items(self) -> QuerySet[Facility]:
        return Facility.objects.public(Community.objects.earliest("pk"))

    def lastmod(self, item: Facility) -> object:
        return item.updated_at


class Notices(Sitemap):
    i18n = True

    def items(self) -> QuerySet[Notice]:
        return Notice.objects.visible(Community.objects.earliest("pk"), timezone.now())


def all_sitemaps() -> dict[str, type[Sitemap]]:
    own = {"pages": Pages, "facilities": Facilities, "notices": Notices}
    return join_tables([own, *(offered() for offered in hook_functions("sitemaps"))])

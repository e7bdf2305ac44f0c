"""The sitemap for search engines, with the pages that the other apps add by the hook `sitemaps`."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from circle.hooks import hook_functions
from circle.models import Community, Facility, Notice


class Pages(Sitemap):
    i18n = True

    def items(self) -> list[str]:
        return [
            "home", "circle", "choose_building", "circle_map", "coverage", "how_we_count", "services",
            "eldercare", "childcare", "council", "notices", "help", "privacy", "accessibility",
        ]  # fmt: skip

    def location(self, item: str) -> str:
        return reverse(item)


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


SITEMAPS: dict[str, type[Sitemap]] = {
    "pages": Pages,
    "facilities": Facilities,
    "notices": Notices,
}
for more in hook_functions("sitemaps"):
    SITEMAPS |= more()

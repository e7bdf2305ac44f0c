from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from circle.models import Community
from circle.web.sitemaps import NamedPages
from council.models import Meeting


class Meetings(Sitemap):
    i18n = True

    def items(self) -> QuerySet[Meeting]:
        return Meeting.objects.public(Community.objects.earliest("pk"))

    def lastmod(self, item: Meeting) -> object:
        return item.status_at


class Pages(NamedPages):
    names = ("council", "council_resolutions", "council_rates")


def sitemaps() -> dict[str, type[Sitemap]]:
    return {"council": Pages, "meetings": Meetings}

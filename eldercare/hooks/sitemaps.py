from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from circle.models import Community
from circle.web.sitemaps import NamedPages
from eldercare.models import CareKind


class Kinds(Sitemap):
    i18n = True

    def items(self) -> QuerySet[CareKind]:
        return CareKind.objects.public(Community.objects.earliest("pk"))


class Pages(NamedPages):
    names = ("eldercare", "entitled", "school")


def care_sitemaps() -> dict[str, type[Sitemap]]:
    return {"eldercare": Pages, "care": Kinds}

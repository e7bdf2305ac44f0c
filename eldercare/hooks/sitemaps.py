from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from circle.models import Community
from eldercare.models import CareKind


class Kinds(Sitemap):
    i18n = True

    def items(self) -> QuerySet[CareKind]:
        return CareKind.objects.public(Community.objects.earliest("pk"))


def sitemaps() -> dict[str, type[Sitemap]]:
    return {"care": Kinds}

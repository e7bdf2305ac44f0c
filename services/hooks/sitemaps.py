from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.utils import timezone

from circle.models import Community
from services.models import ServiceItem


class Items(Sitemap):
    i18n = True

    def items(self) -> QuerySet[ServiceItem]:
        return ServiceItem.objects.public(Community.objects.earliest("pk")).offered(timezone.localdate())


def sitemaps() -> dict[str, type[Sitemap]]:
    return {"items": Items}

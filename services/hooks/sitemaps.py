"""What search engines list of the hall and what they leave out: the hooks `sitemaps` and `unlisted_paths`."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.utils import timezone

from circle.models import Community
from circle.web.sitemaps import NamedPages
from services.models import ServiceItem


class Items(Sitemap):
    i18n = True

    def items(self) -> QuerySet[ServiceItem]:
        return ServiceItem.objects.public(Community.objects.earliest("pk")).offered(timezone.localdate())


class Pages(NamedPages):
    names = ("services", "loans", "repairs")


def hall_sitemaps() -> dict[str, type[Sitemap]]:
    return {"services": Pages, "items": Items}


def unlisted_paths() -> list[str]:
    """Pages of bookings, cases and tickets, found by a private code, and those of the hall's devices."""
    private = ["bookings", "case", "tickets", "draw", "entrance", "faces", "kiosk", "screen"]
    return [f"{prefix}/services/{name}/" for name in private for prefix in ("", "/en")]

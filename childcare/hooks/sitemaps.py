from django.contrib.sitemaps import Sitemap

from circle.web.sitemaps import NamedPages


class Pages(NamedPages):
    names = ("childcare",)


def nursery_sitemaps() -> dict[str, type[Sitemap]]:
    return {"childcare": Pages}

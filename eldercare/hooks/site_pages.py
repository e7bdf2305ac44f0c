"""Pages of elder care that the search finds: the hook `site_pages`."""

from circle.search.site_pages import SitePage


def site_pages() -> list[SitePage]:
    return [
        SitePage(
            "eldercare", "养老", "Elder care", ("上门服务", "助老", "照顾老人", "养老服务", "care at home")
        ),
    ]

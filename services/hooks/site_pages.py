"""Pages of the hall that the search finds: the hook `site_pages`."""

from circle.search.site_pages import SitePage


def site_pages() -> list[SitePage]:
    return [
        SitePage(
            "find_booking",
            "我的预约",
            "My booking",
            (
                "取消预约",
                "改时间",
                "改约",
                "改期",
                "预约码",
                "查预约",
                "cancel booking",
                "change booking",
                "bookings",
            ),
        ),
        SitePage(
            "find_case",
            "代办进度",
            "Where my errand stands",
            ("全程代理", "代办", "帮办", "代办号", "办到哪一步", "errands", "agency", "case number"),
        ),
        SitePage(
            "services",
            "办事",
            "Services",
            ("办证", "事项", "办事指南", "网上办", "预约", "book", "appointment"),
        ),
    ]

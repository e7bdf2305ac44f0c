"""Pages of the council that the search finds: the hook `site_pages`."""

from circle.search.site_pages import SitePage


def site_pages() -> list[SitePage]:
    return [
        SitePage(
            "topic_new",
            "提议题",
            "Send a topic",
            ("提建议", "提意见", "建议", "意见", "反映问题", "suggestion"),
        ),
        SitePage(
            "council",
            "居民议事会：会议和纪要",
            "Residents' council: meetings and minutes",
            ("议事会", "会议", "纪要", "会议记录", "会议纪要", "minutes", "council", "meeting"),
        ),
    ]

"""Pages of elder care that the search finds: the hook `site_pages`."""

from circle.search.site_pages import SitePage


def site_pages() -> list[SitePage]:
    return [
        SitePage(
            "eldercare", "养老", "Elder care", ("上门服务", "助老", "照顾老人", "养老服务", "care at home")
        ),
        SitePage(
            "canteen",
            "今天吃什么",
            "What is there to eat?",
            ("菜单", "食堂菜谱", "订饭", "订餐", "送饭", "助餐", "menu", "order a meal", "meals on wheels"),
        ),
        SitePage(
            "entitled",
            "我能享受什么",
            "What am I entitled to",
            ("老人待遇", "老年人福利", "能领什么补贴", "senior benefits"),
        ),
        SitePage(
            "school",
            "老年学校",
            "Senior school",
            ("老年大学", "书法班", "合唱班", "学手机", "courses", "classes for seniors"),
        ),
    ]

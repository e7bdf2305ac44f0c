"""Pages of the nursery that the search finds: the hook `site_pages`."""

from circle.search.site_pages import SitePage


def site_pages() -> list[SitePage]:
    return [
        SitePage(
            "apply",
            "申请入托",
            "Apply for the nursery",
            (
                "入托",
                "入托报名",
                "托班报名",
                "报名托班",
                "托育",
                "托班",
                "nursery",
                "nursery application",
                "creche",
            ),
        ),
        SitePage(
            "childcare",
            "托育：班级和名额",
            "Nursery: classes and places",
            ("托儿所", "幼托", "带孩子", "daycare", "childcare"),
        ),
    ]

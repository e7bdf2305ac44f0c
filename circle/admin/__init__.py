from circle.admin import (
    calendar,
    facilities,
    feedback,
    mandates,
    messages,
    notices,
    people,
    places,
    posts,
    records,
    residents,
    rules,
)

__all__ = [
    "calendar",
    "facilities",
    "feedback",
    "mandates",
    "messages",
    "notices",
    "people",
    "places",
    "posts",
    "records",
    "residents",
    "rules",
]

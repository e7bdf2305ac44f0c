from django.urls import path, register_converter

from council.views import (
    chain,
    data,
    feed,
    loop,
    meetings,
    rates,
    resolutions,
    review,
    solved,
    support,
    topics,
)


class Month:
    """2026-11, or 2026-11-2 for a further meeting in that month."""

    regex = r"\d{4}-\d{2}(?:-\d)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Year:
    regex = r"2\d{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Month, "council_month")


class Form:
    regex = "json|csv"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Form, "council_form")
register_converter(Year, "council_year")

MEETING = "<council_month:month>/"

urlpatterns = [
    path("", meetings.council, name="council"),
    path("feed.atom", feed.feed, name="council_feed"),
    path("calendar.ics", meetings.calendar, name="council_calendar"),
    path("minutes/chain.txt", chain.chain, name="minutes_chain"),
    path("minutes/withdrawn.txt", chain.withdrawn, name="minutes_withdrawn"),
    path("minutes/<str:name>", chain.chain_file, name="minutes_chain_file"),
    path("resolutions/", resolutions.resolutions, name="council_resolutions"),
    path("<council_year:year>/", meetings.archive, name="council_archive"),
    path("topics/new/", topics.topic_new, name="topic_new"),
    path("topics/new/check/", topics.topic_check, name="topic_check"),
    path("topics/similar/", topics.topic_similar, name="topic_similar"),
    path("topics/<slug:receipt>/", topics.topic, name="topic"),
    path("topics/<slug:receipt>/withdraw/", topics.topic_withdraw, name="topic_withdraw"),
    path("topics/<slug:receipt>/support/", support.topic_support, name="topic_support"),
    path("loop/<slug:receipt>/", loop.council_loop, name="council_loop"),
    path("loop/<slug:receipt>/feed.atom", loop.council_loop_feed, name="council_loop_feed"),
    path("rates/", rates.council_rates, name="council_rates"),
    path("rates/table.csv", rates.council_rates_csv, name="council_rates_csv"),
    path("data/schema.json", data.council_data_schema, name="council_data_schema"),
    path("data/<slug:table>.<council_form:form>", data.council_data, name="council_data"),
    path("solved/<slug:code>/", solved.topic_solved, name="topic_solved"),
]
# The residents' council needs no name in front; every other body has its own.
for prefix in (MEETING, f"<slug:body>/{MEETING}"):
    urlpatterns += [
        path(prefix, meetings.meeting, name="meeting"),
        path(f"{prefix}calendar.ics", meetings.meeting_ics, name="meeting_ics"),
        path(f"{prefix}picture.png", meetings.meeting_picture, name="meeting_picture"),
        path(f"{prefix}papers/<int:paper>/", meetings.meeting_paper, name="meeting_paper"),
        path(f"{prefix}review/", review.minutes_review, name="minutes_review"),
        path(f"{prefix}v<int:version>/", meetings.minutes_version, name="minutes_version"),
        path(f"{prefix}minutes/<int:version>.json", meetings.minutes_json, name="minutes_json"),
        path(f"{prefix}minutes/<int:version>.docx", meetings.minutes_docx, name="minutes_docx"),
    ]

"""The three rates: recomputed from the open table alone, with nothing said of fewer than five."""

import csv
import datetime as dt
import io
import re

import pytest

from circle.calendar.working_days import SHANGHAI
from council import actions
from council.models.rates import RATES
from tests import make
from tests import make_council as council

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
DAY = dt.timedelta(days=1)


def said(month: int, *, wait: int = 2, solved: bool | None = True, level: int | None = 4, **values) -> None:
    """Raised on the first Monday of that month, answered after so many days, and what was said of it."""
    at = dt.datetime(2026, month, 7, 10, tzinfo=SHANGHAI)
    by, person = council.secretary(), make.own_resident()
    given = {"body": council.the_council(), "resident": person, "by": person.login, "via": "online"} | values
    if given["via"] != "online":
        given["by"] = by
    topic = actions.submit_topic(text="路灯不亮", at=at, **given)
    actions.accept_topic(topic=topic, public_text_zh="修路灯", at=at, by=by)
    actions.answer_topic(topic=topic, answer_zh="修好了", at=at + wait * DAY, by=by)
    asked, later = topic.evaluations.get(), at + (wait + 1) * DAY
    if solved is None:
        actions.evaluate_topic(evaluation=asked, is_solved=None, is_reached=False, at=later, by=by)
    else:
        actions.evaluate_topic(evaluation=asked, is_solved=solved, level=level, at=later)


def test_scenario_17_page_is_what_the_table_says_and_nothing_is_told_of_few(client):
    council.promises()
    for wait, solved, level in ((2, True, 5), (2, True, 4), (30, True, 2), (2, False, 1), (2, None, None)):
        said(9, wait=wait, solved=solved, level=level)
    said(9, via="hotline")
    for _ in range(3):
        said(10)
    page = client.get("/en/council/rates/").text
    raw = client.get("/council/rates/table.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(raw)))

    september = {row["rate"]: row for row in rows if (row["month"], row["source"]) == ("2026-09", "ours")}
    figures = {name: (row["numerator"], row["denominator"]) for name, row in september.items()}
    # Answered in time, then opened again: in the first rate it counts, in the second it does not.
    assert figures == {"response": ("4", "5"), "solved": ("3", "5"), "satisfied": ("<5", "<5")}
    assert (september["solved"]["not_reached"], september["solved"]["reopened"]) == ("<5", "<5")
    few = [row for row in rows if row["month"] == "2026-10" or row["source"] == "12345"]
    assert {row["numerator"] for row in few} == {"<5"}

    table = re.sub(r"<[^>]+>", "|", page[page.index("<tbody>") : page.index("</tbody>")])
    cells = [each.strip().replace("&lt;", "<") for each in table.split("|") if each.strip()]
    expected = []
    for first in range(0, len(rows), len(RATES)):
        for row in rows[first : first + len(RATES)]:
            some, of = row["numerator"], row["denominator"]
            if of.isdecimal():
                percent = (200 * int(some) + int(of)) // (2 * int(of))
                expected.append(f"{percent}% ({some}/{of})")
            else:
                expected.append(of)
        expected += [rows[first]["not_reached"], rows[first]["reopened"]]
    assert [cell for cell in cells if re.fullmatch(r"<?\d+|\d+% \(\d+/\d+\)", cell)] == expected
    shown = [row for row in rows if row["rate"] == "response" and row["numerator"].isdecimal()]
    total = sum(int(row["numerator"]) for row in shown)
    assert f"({total}/5)" in page  # October and the hotline are in no sum
    assert client.get("/council/").status_code == 200

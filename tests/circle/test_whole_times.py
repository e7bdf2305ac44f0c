"""Times as a page shows them: no line ends inside one, or between one and the other of two."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils.translation import override

from circle.calendar.working_days import SHANGHAI
from circle.templatetags.circle_tags import clock_range, whole_times

NB = "\u00a0"


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, 30, hour, minute, tzinfo=SHANGHAI)


def whole(words: str) -> str:
    return f'<span class="nowrap">{words}</span>'


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        (at(9), at(11, 30), "9:00–11:30", f"9:00–11:30{NB}am"),
        (at(9), at(12), "9:00–12:00", f"9:00{NB}am–12{NB}noon"),
        (at(12), at(13, 30), "12:00–13:30", f"12{NB}noon–1:30{NB}pm"),
        (at(11), at(13), "11:00–13:00", f"11:00{NB}am–1:00{NB}pm"),
    ],
)
def test_two_times_stand_in_one_piece(first, last, zh, en):
    for language, words in (("zh-hans", zh), ("en", en)):
        with override(language):
            assert clock_range(first, last) == whole(words)


def test_times_of_a_text_stand_in_one_piece_and_its_markup_is_escaped():
    said = "工作日9:00—12:00、13:30—17:00 <b>有人</b>"
    shown = Template("{% load circle_tags %}{{ said|whole_times }}").render(Context({"said": said}))
    assert shown == f"工作日{whole('9:00—12:00')}、{whole('13:30—17:00')} &lt;b&gt;有人&lt;/b&gt;"
    assert whole_times("until 6:45 pm.") == f"until {whole('6:45 pm')}."
    assert whole_times("0851-0000 0100") == "0851-0000 0100"


def test_paragraphs_of_a_notice_stay_paragraphs():
    shown = Template("{% load circle_tags %}{{ said|whole_times|linebreaks }}").render(
        Context({"said": "<i>\n\n14:00–16:30"})
    )
    assert shown == f"<p>&lt;i&gt;</p>\n\n<p>{whole('14:00–16:30')}</p>"

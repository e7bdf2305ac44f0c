import datetime as dt
import re

import pytest
from django.utils import timezone

from circle.models import Notice
from tests import make

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = dt.timedelta(days=1)


def shown(client, page: str = "") -> list[Notice]:
    return list(client.get(f"/notices/{page}").context["page"])


def test_notices_stand_pinned_first_then_newest(client):
    old = make.notice(publish_at=NOW - 9 * DAY)
    pinned = make.notice(publish_at=NOW - 30 * DAY, is_pinned=True)
    new = make.notice(publish_at=NOW - DAY)
    assert shown(client) == [pinned, new, old]


def test_notice_is_visible_from_its_hour_until_it_expires():
    notice = make.notice(publish_at=NOW, expires_at=NOW + DAY)
    second = dt.timedelta(seconds=1)
    moments = [NOW - second, NOW, NOW + DAY - second, NOW + DAY]
    visible = [Notice.objects.visible(notice.community, at).exists() for at in moments]
    assert visible == [False, True, True, False]


def test_notices_hide_expired_future_and_foreign_ones(client):
    notice = make.notice()
    hidden = [
        make.notice(publish_at=NOW - 9 * DAY, expires_at=NOW - DAY, is_pinned=True),
        make.notice(publish_at=NOW + DAY),
        make.notice(community=make.community()),
    ]
    assert shown(client) == [notice]
    assert [client.get(other.get_absolute_url()).status_code for other in hidden] == [404, 404, 404]
    assert client.get("/notices/no-such-notice/").status_code == 404


def test_notice_page_shows_paragraphs_and_its_end_in_the_language(client, html):
    make.notice(slug="water", title_en="Water off", body_en="First.\n\nSecond.", expires_at=NOW + 5 * DAY)
    text = html(client.get("/en/notices/water/"))
    expected = ["<h1>Water off</h1>", "<p>First.</p>", "<p>Second.</p>", "valid until"]
    assert [words for words in expected if words not in text] == []
    assert "正文" not in text


def test_notice_without_english_is_shown_in_chinese(client):
    make.notice(slug="water", title_en="", body_en="", title_zh="停水通知", body_zh="下午停水")
    text = client.get("/en/notices/water/").text
    assert ("停水通知" in text, "下午停水" in text) == (True, True)


def test_notice_escapes_markup(client):
    make.notice(slug="x", body_zh="<script>alert(1)</script>")
    assert "<script>alert" not in client.get("/notices/x/").text


def test_notices_are_paged_by_twenty_and_each_stands_once(client):
    for n in range(45):
        make.notice(publish_at=NOW - n * DAY)
    pages = [shown(client, f"?page={n}") for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({notice.pk for page in pages for notice in page}) == 45


def test_notices_link_to_the_next_and_the_previous_page(client, html):
    for n in range(45):
        make.notice(publish_at=NOW - n * DAY)
    text = html(client.get("/notices/?page=2"))
    links = dict(re.findall(r'rel="(prev|next)" href="([^"]*)"', text))
    assert links == {"prev": "?page=1", "next": "?page=3"}


@pytest.mark.parametrize(("page", "number"), [("999", 1), ("0", 1), ("x", 1), ("-1", 1)])
def test_notices_take_a_strange_page_number(client, page, number):
    make.notice()
    assert client.get("/notices/", {"page": page}).context["page"].number == number


def test_notices_without_any_say_so(client):
    make.community()
    assert "No notices at present." in client.get("/en/notices/").text


def test_notices_take_the_same_queries_for_any_number(queries_of):
    make.notice()
    few = queries_of("/notices/")
    for _ in range(15):
        make.notice()
    assert queries_of("/notices/") == few <= 12

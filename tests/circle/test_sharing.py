"""What is passed on in WeChat groups: a short text and a picture of public facts."""

import datetime as dt
import io
from xml.etree import ElementTree

import pytest
import time_machine
from django.utils import timezone
from PIL import Image

from circle.images import posters
from circle.notifications.sharing import MAX_CHARS, Share
from tests import make, make_council

pytestmark = pytest.mark.django_db
needs_font = pytest.mark.skipif(posters.font_file() is None, reason="no font with Chinese characters")

DAY = dt.timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"
URL = "https://circle.example.org/q/ABC234"


@pytest.mark.parametrize("length", [0, 10, 100, 290, 5000])
@pytest.mark.parametrize("note", ["", "演示内容，不是真实通知"])
def test_group_text_is_short_and_its_link_whole(length, note):
    share = Share("金元社区", "停水通知", URL, "11月28日", "停水三天。" * (length // 5), note)
    text = share.group_text
    assert len(text) <= MAX_CHARS
    lines = text.splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("【金元社区】停水通知", "11月28日", f"详情：{URL}")


def test_group_text_ends_with_a_whole_sentence_where_it_can():
    long = Share("金元社区", "停水通知", URL, text="停水三天。" * 100).group_text
    assert long.splitlines()[1].endswith("停水三天。")
    assert Share("金元社区", "通知", URL, text="字" * 400).group_text.splitlines()[1].endswith("字…")


def test_notice_page_offers_text_and_picture_without_a_script(client, html):
    notice = make.notice(slug="water", title_zh="停水通知", body_zh="下午停水。")
    page = html(client.get("/notices/water/"))
    assert (
        f"】停水通知\n下午停水。\n详情：http://testserver/q/{notice.short_code}"
        in client.get("/notices/water/").text
    )
    assert ('<textarea id="share-text"' in page, 'data-copy="share-text"' in page) == (True, True)


def test_short_link_leads_to_the_notice_and_after_its_end_to_the_others(client):
    notice = make.notice(slug="water")
    over = make.notice(expires_at=timezone.now() - dt.timedelta(hours=1))
    assert client.get(f"/q/{notice.short_code}")["Location"] == "/notices/water/"
    assert client.get(f"/q/{over.short_code.lower()}")["Location"] == "/notices/"
    assert client.get("/q/NOSUCH").status_code == 404


@needs_font
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_picture_is_1080_pixels_wide_and_drawn_once(client, prefix, monkeypatch):
    make.notice(slug="water", title_zh="停水通知" * 8, body_zh="下午停水，请存水。" * 80)
    first = client.get(f"{prefix}/notices/water/picture.png")
    monkeypatch.setattr(posters, "draw_poster", None)
    assert client.get(f"{prefix}/notices/water/picture.png").content == first.content
    image = Image.open(io.BytesIO(first.content))
    assert (first["Content-Type"], image.format, image.width) == ("image/png", "PNG", 1080)
    assert (600 < image.height < 2600, len(first.content) < 300_000) == (True, True)


@needs_font
def test_lines_fit_and_never_begin_with_a_full_stop():
    face = posters.load_font(42)
    lines = list(
        posters.break_lines(
            "社区卫生服务站每周二、周四下午打流感疫苗，带身份证。Bring your ID card. " * 5, face, 600
        )
    )
    assert [line for line in lines if face.getlength(line) > 600 + 42] == []
    assert [line for line in lines if line[0] in posters.NOT_AT_LINE_START] == []
    assert "".join(lines).replace(" ", "").count("Bring") == 5


def test_without_a_font_the_picture_is_left_out_and_said_so(client, settings, monkeypatch):
    monkeypatch.setattr(posters, "KNOWN_FONTS", [])
    settings.PICTURE_FONT = "/no/such/font.ttc"
    make.notice(slug="water")
    text = client.get("/en/notices/water/").text
    assert ("picture.png" in text, "no font with Chinese characters" in text) == (False, True)
    assert client.get("/notices/water/picture.png").status_code == 404
    settings.PICTURE_FONT = ""
    posters.font_file.cache_clear()


def test_what_is_hidden_has_no_picture(client):
    for hidden in (make.notice(status="draft"), make.notice(status="withdrawn")):
        assert client.get(f"{hidden.get_absolute_url()}picture.png").status_code == 404


def test_closure_is_passed_on_with_its_days(client):
    place = make.facility(name_zh="老年食堂", code="canteen")
    assert "share-text" not in client.get("/circle/canteen/").text
    assert client.get("/circle/canteen/closure.png").status_code == 404
    today = timezone.localdate()
    make.closure(facility=place, starts_on=today + DAY, ends_on=today + 3 * DAY, reason_zh="设备检修")
    text = client.get("/circle/canteen/").text
    wanted = ["老年食堂暂停开放", "含首尾两天", "设备检修", f"/q/{place.short_code}"]
    assert [words for words in wanted if words not in text] == []
    assert client.get("/circle/canteen/closure.png").status_code == (200 if posters.font_file() else 404)


def test_call_for_topics_and_agenda_are_passed_on_and_nothing_between(client):
    meeting = make_council.calling()
    make_council.item(meeting=meeting, title_zh="降低托育费")
    url = meeting.get_absolute_url()
    with time_machine.travel(make_council.IN_CALL, tick=False):
        text = client.get(url).context["share"].group_text
        assert ("征集议题：" in text, "降低托育费" in text) == (True, False)
        assert client.get(f"{url}picture.png").status_code == (200 if posters.font_file() else 404)
    with time_machine.travel(make_council.CLOSES, tick=False):
        assert client.get(url).context["share"] is None
        assert client.get(f"{url}picture.png").status_code == 404


# The feed ---------------------------------------------------------------------------------------------------


def entries(client, url: str) -> list[str]:
    root = ElementTree.fromstring(client.get(url).content)  # noqa: S314 - our own
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_feed_holds_what_is_public_in_the_language_of_its_address(client):
    here, there = make.here(), make.community()
    make.notice(title_zh="停水", title_en="Water off", community=here)
    make.notice(title_zh="别处", title_en="Elsewhere", community=there)
    make.notice(title_zh="草稿", status="draft", community=here)
    assert entries(client, "/notices/feed.atom") == ["停水"]
    assert entries(client, "/en/notices/feed.atom") == ["Water off"]
    assert entries(client, f"/notices/feed.atom?community={there.slug}") == ["别处"]
    assert client.get("/notices/feed.atom?community=nowhere").status_code == 404


def test_feed_names_itself_and_its_entries_for_good(client):
    notice = make.notice()
    response = client.get("/notices/feed.atom")
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    [entry] = root.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"http://testserver/q/{notice.short_code}"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/notices/feed.atom"

"""Minutes as they are written: pasted whole and cut at the items, saved box by box, and given out as DOCX."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from council import actions
from council.actions.docx_reading import read_docx
from council.actions.text_cutting import cut_at_items, read_number
from council.models import Point
from tests import make_council as council
from tests.council.desk import url
from tests.make_council import AFTER as AT
from tests.make_council import refused

pytestmark = pytest.mark.django_db
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WPS = """居民议事会会议纪要
时间：11月26日晚七点
一、加装扶手
\t张三说：3<5，预算1200\t900。
　　大家同意。
二、关于路灯维修的议题
李四发言。
第三项 其他
没有了。"""


def points(*titles: str) -> list[Point]:
    return [Point(number, "report", title, "", "noted") for number, title in enumerate(titles, start=1)]


def test_text_is_cut_at_number_and_title_and_no_sign_is_lost():
    found = cut_at_items(WPS, points("加装扶手", "路灯维修", "其他"))
    assert found.parts == {
        1: "\t张三说：3<5，预算1200\t900。\n　　大家同意。",
        2: "二、关于路灯维修的议题\n李四发言。",
        3: "没有了。",
    }
    assert found.leftover == "居民议事会会议纪要\n时间：11月26日晚七点"


def test_title_without_a_number_begins_its_item():
    found = cut_at_items("路灯维修\n甲说。\n加装扶手\n乙说。", points("加装扶手", "路灯维修"))
    assert found.parts == {1: "乙说。", 2: "甲说。"}


def test_numbered_list_inside_an_item_stays_in_it():
    text = "一、加装扶手\n理由：\n1、安全\n2、便宜\n3、快"
    assert cut_at_items(text, points("加装扶手")).parts == {1: "理由：\n1、安全\n2、便宜\n3、快"}


def test_text_without_any_heading_is_left_over_whole():
    assert cut_at_items("只有一段话。", points("加装扶手")).leftover == "只有一段话。"


@pytest.mark.parametrize(
    ("typed", "number"), [("3", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21)]
)
def test_chinese_numbers_are_read(typed, number):
    assert read_number(typed) == number


def docx(body: str, **more: bytes) -> SimpleUploadedFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in more.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("minutes.docx", made.getvalue())


def words(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_docx_is_read_with_tabs_breaks_and_tables():
    cell = "<w:tc>{}</w:tc>"
    table = f"<w:tbl><w:tr>{cell.format(words('甲'))}{cell.format(words('乙'))}</w:tr></w:tbl>"
    tabbed = "<w:p><w:r><w:t>1200</w:t><w:tab/><w:t>900</w:t><w:br/><w:t>完</w:t></w:r></w:p>"
    assert read_docx(docx(words("一、&lt;A类&gt;") + tabbed + table)) == "一、<A类>\n1200\t900\n完\n甲\t乙"


def upload_code(upload) -> str:
    with pytest.raises(ValidationError) as refusal:
        read_docx(upload)
    return refusal.value.code


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (SimpleUploadedFile("a.docx", b"not a zip"), "file_type"),
        (SimpleUploadedFile("a.docx", b"PK\x03\x04" + b"0" * 50), "file_type"),
        (docx(words("甲"), **{"word/vbaProject.bin": b"macro"}), "file_macros"),
        (docx("<w:p>"), "file_type"),
        (docx("<!DOCTYPE a [<!ENTITY b 'c'>]>"), "file_type"),
    ],
)
def test_other_files_are_refused(upload, code):
    assert upload_code(upload) == code


def test_file_of_30_mb_and_an_archive_that_unpacks_to_more_are_refused():
    large = docx(words("甲"))
    large.size = 30 * 1024 * 1024
    assert upload_code(large) == "file_too_large"
    assert upload_code(docx(words("甲" * 7_000_000))) == "file_too_large"


def whole(client, minutes, **sent):
    return client.post(url("minutesversion_cut", minutes.pk), sent)


def test_pasted_text_stands_in_the_boxes_and_nothing_is_saved_yet(client, secretary):
    minutes = actions.draft_minutes(meeting=council.held(), at=AT, by=secretary)
    [point] = minutes.sheet.points
    answer = whole(client, minutes, text=f"抬头\n一、{point.title_zh}\n\t甲 <A类> 说\r\n")
    [(_point, form)] = answer.context["rows"]
    assert form["zh"].value() == "\t甲 <A类> 说"
    assert answer.context["leftover"] == "抬头"
    minutes.refresh_from_db()
    assert minutes.sheet.points[0].minutes_zh == ""
    sent = {"item-1-zh": form["zh"].value(), "revision": answer.context["revision"]}
    client.post(url("minutesversion_write", minutes.pk), sent)
    minutes.refresh_from_db()
    assert minutes.sheet.points[0].minutes_zh == "\t甲 <A类> 说"


def test_saved_words_stay_before_the_pasted_ones(client, secretary):
    minutes = council.draft()
    title = minutes.sheet.points[0].title_zh
    answer = whole(client, minutes, file=docx(words(f"一、{title}") + words("补充。")))
    [(_point, form)] = answer.context["rows"]
    assert form["zh"].value() == "大家都发了言。\n\n补充。"


def test_wrong_file_is_said_at_its_field_and_nothing_at_all_is_refused(client, secretary):
    minutes = council.draft()
    answer = whole(client, minutes, file=SimpleUploadedFile("a.docx", b"x"))
    assert answer.status_code == 422
    assert answer.context["form"].has_error("file", "file_type")
    assert whole(client, minutes).context["form"].has_error("__all__", "text_missing")


def test_box_is_saved_on_leaving_it_and_the_page_goes_on_from_there(client, secretary):
    minutes = council.draft()
    address = url("minutesversion_write", minutes.pk)
    revision = client.get(address).context["revision"]
    sent = {"item-1-zh": "第一句。", "revision": revision, "autosave": "1"}
    said = client.post(address, sent).json()
    assert said["revision"] == revision + 1
    late = client.post(address, sent | {"item-1-zh": "旧页面。"})
    assert (late.status_code, late.json()["code"]) == (422, "changed_meanwhile")
    minutes.refresh_from_db()
    assert minutes.sheet.points[0].minutes_zh == "第一句。"


def test_20000_signs_are_saved_and_one_more_is_refused_with_the_text_kept(client, secretary):
    minutes = council.draft()
    council.written(minutes, "字" * 20_000)
    assert len(minutes.sheet.points[0].minutes_zh) == 20_000
    assert refused(council.written, minutes=minutes, text="字" * 20_001) == "text_too_long"
    address = url("minutesversion_write", minutes.pk)
    page = client.get(address)
    assert "maxlength" not in page.text.split('name="item-1-zh"')[1].split(">")[0]
    answer = client.post(address, {"item-1-zh": "字" * 20_001, "revision": page.context["revision"]})
    assert answer.status_code == 422
    assert "字" * 20_001 in answer.text


def test_head_names_who_led_and_who_wrote_and_a_correction_carries_it_on(client, secretary):
    minutes = council.draft()
    address = url("minutesversion_write", minutes.pk)
    sent = {"item-1-zh": "甲。", "chaired_by": "主任", "recorded_by": "秘书"}
    client.post(address, sent | {"revision": client.get(address).context["revision"]})
    minutes.refresh_from_db()
    published = actions.publish_minutes(minutes=council.to_approved(minutes), at=AT, by=council.secretary())
    assert published.sheet.chaired_by == "主任"
    assert council.corrected(published).sheet.recorded_by == "秘书"
    assert "主任" in client.get(published.get_absolute_url()).text


def paragraphs(content: bytes) -> list[str]:
    return read_docx(SimpleUploadedFile("a.docx", content)).split("\n")


def test_docx_says_everything_and_which_version_it_is(client):
    first = council.published()
    second = council.corrected(first, "\t缩进 <A类>。")
    content = client.get("/council/2026-11/minutes/2.docx").content
    lines = paragraphs(content)
    assert lines[0] == "居民议事会会议纪要"
    assert lines[1] == "2026-11　第2版（更正：补记）"
    assert "\t缩进 <A类>。" in lines
    assert "出席：9人（应到12人）　列席：0人　请假：0人　缺席：3人" in lines
    assert any(line.startswith("议〔2026〕11-01（通过）") for line in lines)
    assert lines[-2:] == ["居民议事会（盖章）", "2026年11月26日"]
    assert content == client.get("/council/2026-11/minutes/2.docx").content
    assert second.sha256 not in client.get("/council/2026-11/minutes/1.docx").headers["Content-Disposition"]


def test_docx_of_a_draft_is_not_there(client):
    council.draft()
    assert client.get("/council/2026-11/minutes/1.docx").status_code == 404

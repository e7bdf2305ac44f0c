"""Minutes as a DOCX file in the layout of official documents (公文), written with the standard library."""

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.utils.translation import override

from council.models import AttendanceGroup, Membership, MinutesVersion, Point, Sheet
from council.models.differences import count_sentence, movement_sentence, roll_sentence

LONG_AGO = (2000, 1, 1, 0, 0, 0)  # so that the same minutes give the same bytes
TITLE, HEAD, TEXT = ("宋体", 44), ("黑体", 32), ("仿宋", 32)  # half points: 二号, 三号, 三号
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
# A4 with the margins of GB/T 9704, in twentieths of a point.
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:bottom="1984" w:left="1588" w:right="1474" w:header="851" w:footer="992"'
    ' w:gutter="0"/></w:sectPr>'
)


def write_docx(minutes: MinutesVersion) -> bytes:
    """In Chinese, which is the text that counts."""
    with override("zh-hans"):
        body = "".join(paragraphs_of(minutes, minutes.sheet))
    document = f'{XML}<w:document xmlns:w="{WORD}"><w:body>{body}{PAGE}</w:body></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", document),
        ):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def paragraphs_of(minutes: MinutesVersion, sheet: Sheet) -> Iterator[str]:
    yield paragraph(f"{sheet.body['zh']}会议纪要", TITLE, "center")
    yield paragraph(version_line(minutes, sheet), TEXT, "center")
    yield paragraph("")
    yield from map(paragraph, head_lines(sheet))
    for point in sheet.points:
        yield from point_paragraphs(point)
    yield from closing(sheet)


def version_line(minutes: MinutesVersion, sheet: Sheet) -> str:
    """Which version this is, and what it corrects."""
    said = f"{sheet.meeting}　第{sheet.version}版"
    return f"{said}（更正：{sheet.correction}）" if sheet.correction else said


def head_lines(sheet: Sheet) -> Iterator[str]:
    yield f"时间：{sheet.begun[:10]} {sheet.begun[11:16]}—{sheet.ended[11:16]}"
    yield f"地点：{sheet.place['zh']}"
    if sheet.chaired_by:
        yield f"主持人：{sheet.chaired_by}"
    if sheet.recorded_by:
        yield f"记录人：{sheet.recorded_by}"
    for group in sheet.attendance or []:
        yield group_line(group)
    roll = sheet.roll
    there = f"出席：{roll.present}人（应到{roll.entitled}人）　列席：{roll.observers}人"
    yield f"{there}　请假：{roll.excused}人　缺席：{roll.absent}人"
    yield roll_sentence(roll)
    yield from map(movement_sentence, sheet.movements or [])
    if sheet.is_from_paper:
        yield "据纸质记录补录。"


def group_line(group: AttendanceGroup) -> str:
    """出席：某某（居委会）、某某（物业），另有7人。"""
    names = "、".join(f"{name}（{Membership.Seat(seat).label}）" for name, seat in group.names)
    others = f"{'，另有' if names else ''}{group.others}人" if group.others else ""
    return f"{group.label}：{names}{others}"


def point_paragraphs(point: Point) -> Iterator[str]:
    yield paragraph(f"{point.number}. {point.title_zh}（{point.result_label}）", HEAD)
    yield from map(paragraph, point.minutes_zh.split("\n"))
    if point.resolution:
        decision = point.resolution
        yield paragraph(f"{decision.number}（{decision.outcome_label}）：{decision.text_zh}")
        yield paragraph(count_sentence(decision))
        for text, votes in decision.options_in_words:
            yield paragraph(f"{text}：{votes}票")


def closing(sheet: Sheet) -> Iterator[str]:
    """Room for the signatures and the seal, then body and date."""
    yield paragraph("")
    yield paragraph("主持人（签字）：　　　　　　　　记录人（签字）：")
    yield paragraph("")
    yield paragraph(f"{sheet.body['zh']}（盖章）", TEXT, "right")
    year, month, day = (int(part) for part in sheet.begun[:10].split("-"))
    yield paragraph(f"{year}年{month}月{day}日", TEXT, "right")


def paragraph(text: str, font: tuple[str, int] = TEXT, align: str = "both") -> str:
    """Lines 28 points apart; a text that is typed without an indent gets one of two characters."""
    name, size = font
    is_indented = align == "both" and text[:1] not in ("", " ", "\t", "\u3000")
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if is_indented else ""
    layout = f'<w:spacing w:line="560" w:lineRule="exact"/>{indent}<w:jc w:val="{align}"/>'
    fonts = f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}"/><w:sz w:val="{size}"/>'
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:rPr>{fonts}</w:rPr><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in text.split("\t")
    )
    return f"<w:p><w:pPr>{layout}</w:pPr>{runs}</w:p>"

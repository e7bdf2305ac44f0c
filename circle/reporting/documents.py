"""The monthly report as files: DOCX with place for signature and seal, and XLSX.

Both libraries are imported when a file is asked for: they take a tenth of a second and 20 MB.
"""

import io
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from circle.reporting.content import Content, in_active_language
from circle.reporting.tables import (
    Table,
    column_headings,
    foot_lines,
    late_heads,
    report_title,
    tables_of,
)
from circle.web.export_formats import escape_formula

FONT, EAST_ASIAN_FONT = "Times New Roman", "宋体"
SEAL_LINES = 3  # left free above the date, where the seal is put


def report_docx(content: Content, report: Any) -> bytes:
    """`report` is the checked row, or None for a draft."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(report_title(content))
    run.bold, run.font.size = True, Pt(18)
    if report and report.words:
        document.add_paragraph(report.words)
    for table in tables_of(content):
        document.add_paragraph().add_run(table.title).bold = True
        add_table(document, column_headings(), [[row.label, *row.cells] for row in table.rows])
        if table.late:
            document.add_paragraph()
            add_table(document, late_heads(), [late_cells(late) for late in table.late])
    document.add_paragraph()
    for line in foot_lines(content, report):
        document.add_paragraph(line)
    for line in [*[""] * SEAL_LINES, *signature_lines(content, report)]:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return document_bytes(document)


def signature_lines(content: Content, report: Any) -> list[str]:
    """落款: who reports, room for the seal, and the day."""
    day = date_format(report.checked_on, "DATE_FORMAT") if report else _("Date: ____________")
    return [in_active_language(content["community"]), _("(official seal)"), day]


def late_cells(late: Any) -> list[str]:
    return [late.what, date_format(late.due_on, "DATE_FORMAT"), str(late.days), late.who]


def add_table(document: Any, head: list[str], rows: list[list[str]]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(text).bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def report_xlsx(content: Content, report: Any) -> bytes:
    """One sheet of figures, numbers as numbers, and one of what is late. No cell is ever a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = _("Figures")
    tables = tables_of(content)
    for row in [
        [report_title(content)],
        *([line] for line in foot_lines(content, report)),
        [],
        *figure_rows(tables),
    ]:
        sheet.append([escape_formula(cell) for cell in row])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 32
    late = book.create_sheet(_("Late"))
    late.append([_("Part"), *late_heads()])
    for table in tables:
        for each in table.late:
            row = [table.title, each.what, each.due_on, each.days, each.who]
            late.append([escape_formula(cell) for cell in row])
    return document_bytes(book)


def figure_rows(tables: list[Table]) -> list[list[Any]]:
    month, before, year = column_headings()[1:]
    n = [_("%(span)s: n") % {"span": span} for span in (month, before, year)]
    rows: list[list[Any]] = [[_("Part"), column_headings()[0], month, n[0], before, n[1], year, n[2]]]
    for table in tables:
        rows += [
            [table.title, row.label, *(number for pair in row.numbers for number in pair)]
            for row in table.rows
        ]
    return rows


def document_bytes(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()

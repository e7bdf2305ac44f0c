"""The monthly report to the sub-district: its figures, checked and frozen by the director, and its files."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from circle.actions.monthly_reports import check_report
from circle.calendar.working_days import SHANGHAI
from circle.models import MonthlyReport, Record
from circle.reporting.content import build_content, digest_of
from circle.reporting.documents import report_docx, report_xlsx
from circle.reporting.figures import Spans, spans_of
from circle.reporting.tables import cell_text, tables_of
from council.models import ActionItem
from tests import make, make_council
from tests.html_forms import sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
URL = "/en/admin/circle/monthlyreport/month/"


def shown(content, part: str, figure: str) -> list[tuple]:
    [found] = [each for each in content["parts"] if each["code"] == part]
    [row] = [each for each in found["figures"] if each["code"] == figure]
    return [(value["value"], value["n"]) for value in row["values"]]


def refused(director, **values) -> str:
    said = {"community": make.here(), "month": OCTOBER, "seen": "x", "at": make.MORNING, "by": director}
    with pytest.raises(ValidationError) as refusal:
        check_report(**said | values)
    return refusal.value.code


def test_months_begin_at_midnight_in_shanghai_and_the_year_ends_with_the_month():
    spans = spans_of(dt.date(2026, 1, 1))
    assert isinstance(spans, Spans)
    assert (spans.before.first, spans.before.last) == (dt.date(2025, 12, 1), dt.date(2025, 12, 31))
    assert (spans.year.first, spans.year.last) == (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    midnight = dt.datetime(2026, 11, 1, tzinfo=SHANGHAI)
    for moment in (midnight, midnight - dt.timedelta(seconds=1), midnight - dt.timedelta(days=400)):
        make.report(created_at=moment)
    content = build_content(make.here(), NOVEMBER, make.MORNING.date())
    assert shown(content, "circle", "page_errors") == [(0, 1), (0, 1), (0, 2)]


def test_figures_of_all_apps_name_what_is_late_and_no_resident():
    make.rule("agency_promises", params={"check": 1})
    case = make.agency_case(at=make.MORNING - dt.timedelta(days=40), resident=make.resident(name="王桂兰"))
    action = make_council.action_item()
    ActionItem.objects.update(due_on=make.MORNING.date() - dt.timedelta(days=3))
    content = build_content(make.here(), NOVEMBER, make.MORNING.date())
    apps = {part["code"] for part in content["parts"]}
    assert apps == {"circle", "services", "eldercare", "childcare", "council"}
    late = {each["what"]["zh"]: each["days"] for part in content["parts"] for each in part["late"]}
    assert late[action.title_zh] == 3
    assert [days > 0 for what, days in late.items() if case.code in what] == [True]
    assert case.resident.name not in str(content)


def test_report_takes_as_many_queries_for_many_rows_as_for_one():
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            build_content(make.here(), NOVEMBER, make.MORNING.date())
        counts.append(len(queries))
        for _n in range(3):
            make.agency_case(at=make.MORNING - dt.timedelta(days=40))
            make.report(created_at=make.MORNING)
    assert counts[0] <= counts[1] <= 30


def test_share_never_stands_without_its_number():
    values = [(5, None, ""), (3, 7, ""), (9, 10, ""), (0, 0, ""), (4, 20, "minutes")]
    with translation.override("en"):
        texts = [cell_text({"value": value, "n": n}, unit) for value, n, unit in values]
    assert texts == ["5", "3 of 7", "90% (n = 10)", "–", "4 min (n = 20)"]


def test_checked_report_is_frozen_with_its_hash(director):
    report = make.monthly_report(by=director, at=make.MORNING, words="秋季平稳。")
    assert (report.month, report.edition, report.digest) == (OCTOBER, 1, digest_of(report.content))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MonthlyReport.objects.update(words="")
    again = check_report(
        community=report.community, month=OCTOBER, seen=report.digest, at=make.MORNING, by=director
    )
    assert again == report
    assert Record.objects.filter(verb="monthly_report_checked").count() == 1


def test_report_is_refused_with_a_code(director):
    assert refused(director) == "changed_meanwhile"
    assert refused(director, month=NOVEMBER) == "month_not_over"
    assert refused(make.clerk()) == "not_allowed"
    assert refused(director, community=make.community()) == "not_allowed"
    make.monthly_report(by=director, at=make.MORNING)
    assert refused(director) == "already_checked"


def test_mistake_is_mended_by_a_further_edition_with_its_reason(director):
    first = make.monthly_report(by=director, at=make.MORNING)
    make.report(created_at=make.MORNING - dt.timedelta(days=40))
    second = make.monthly_report(by=director, at=make.MORNING, reason="十月漏记一条")
    assert (second.edition, second.digest != first.digest) == (2, True)
    assert MonthlyReport.objects.latest(first.community, OCTOBER) == second
    columns = {name: getattr(second, name) for name in ("community", "month", "content", "digest")}
    columns |= {"checked_at": make.MORNING, "checked_by": director}
    for edition, reason in ((2, "再次"), (3, ""), (1, "首版")):
        with pytest.raises(IntegrityError), transaction.atomic():
            MonthlyReport.objects.create(edition=edition, reason=reason, **columns)


def test_director_checks_what_the_page_shows(client, director):
    page = client.get(URL)
    sent = sent_by(page, "check") | {"words": "见下表。"}
    make.report(created_at=make.MORNING - dt.timedelta(days=40))
    late = client.post(URL, sent)
    assert (late.status_code, MonthlyReport.objects.count()) == (422, 0)
    assert "The figures have changed since you looked" in late.text
    assert client.post(URL, sent_by(late, "check") | {"words": "见下表。"}).status_code == 302
    report = MonthlyReport.objects.get()
    make.report(created_at=make.MORNING - dt.timedelta(days=40))
    frozen = client.get(URL)
    assert (report.digest in frozen.text, "见下表。" in frozen.text) == (True, True)
    assert shown(frozen.context["asked"].content, "circle", "page_errors")[0] == (0, 1)
    assert client.post(URL, sent).status_code == 403


def test_files_have_the_signature_and_run_no_formula(client, director):
    docx, openpyxl = pytest.importorskip("docx"), pytest.importorskip("openpyxl")
    community = make.here()
    community.name_zh = "=1+1社区"
    content = build_content(community, OCTOBER, make.MORNING.date())
    text = [line.text for line in docx.Document(io.BytesIO(report_docx(content, None))).paragraphs]
    assert text[-3:-1] == ["=1+1社区", "（盖章）"]
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(content, None)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert sum(isinstance(cell.value, int) for cell in cells) > len(tables_of(content))
    for name in ("docx", "xlsx"):
        response = client.get(f"/admin/circle/monthlyreport/month.{name}")
        assert response["Content-Disposition"].endswith(f'-2026-10.{name}"')

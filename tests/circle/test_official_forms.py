"""The district's empty workbook: uploaded once, its columns named once, filled with the rows of a list."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError

from circle.actions.official_forms import fill_form, name_columns
from circle.models import OfficialForm, Record
from circle.reporting.workbooks import likely_head_row, open_workbook
from tests import make
from tests.html_forms import sent_by

openpyxl = pytest.importorskip("openpyxl")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

NOVEMBER = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
ADD = "/admin/circle/officialform/add/"


def workbook(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows or (["观山湖区便民服务事项统计表"], ["序号", "事项名称", "办理单位", "备注"]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def named(director, **values) -> OfficialForm:
    form = make.official_form(workbook=workbook(), **values)
    columns = {"A": "row_number", "B": "name", "C": "provider", "D": ""}
    return name_columns(form=form, head_row=2, columns=columns, at=make.MORNING, by=director)


def filled(form, by):
    first, last = NOVEMBER
    data = fill_form(form=form, first=first, last=last, at=make.MORNING, by=by)
    return [list(row) for row in open_workbook(data).active.iter_rows(min_row=3, values_only=True)]


def refused(call, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        call(at=make.MORNING, **values)
    return refusal.value.code


def test_form_is_uploaded_named_and_filled(client, director):
    item = make.item(code="A1", name_zh="=高龄津贴")
    assert likely_head_row(workbook()) == 2
    upload = io.BytesIO(workbook())
    upload.name = "表.xlsx"
    sent = {"community": make.here().pk, "name": "事项统计表", "list_key": "items", "upload": upload}
    asked = client.post(ADD, sent)
    form = OfficialForm.objects.get()
    assert (form.head_row, asked["Location"].endswith(f"/{form.pk}/columns/")) == (2, True)
    page = client.get(asked["Location"])
    choices = sent_by(page, "columns") | {"A": "row_number", "B": "name", "C": "provider"}
    assert client.post(asked["Location"], choices).status_code == 302
    book = open_workbook(client.get(f"/admin/circle/officialform/{form.pk}/filled.xlsx").content)
    assert [cell.value for cell in book.active[3]] == [1, f"'{item.name_zh}", item.provider_zh, None]
    assert [cell.value for cell in book.active[2]] == ["序号", "事项名称", "办理单位", "备注"]
    assert list(Record.objects.order_by("id").values_list("verb", flat=True)) == [
        "official_form_named",
        "official_form_filled",
    ]
    assert client.get(f"/admin/circle/officialform/{form.pk}/change/").status_code == 200


def test_rows_are_those_that_who_fills_it_may_see(director, theirs):
    make.item(code="A1")
    make.item(code="B1", community=theirs)
    form = named(director)
    assert [row[0] for row in filled(form, director)] == [1]
    days = dict(zip(("first", "last"), NOVEMBER, strict=True))
    stranger, clerk = make.clerk(community=theirs), make.clerk()
    assert refused(fill_form, form=form, by=stranger, **days) == "not_allowed"
    actions = make.official_form(workbook=workbook(), list_key="actions", columns={"A": "title"})
    assert refused(fill_form, form=actions, by=clerk, **days) == "not_allowed"


def test_form_is_refused_with_a_code(client, director):
    form = make.official_form(workbook=workbook())
    first, last = NOVEMBER
    assert refused(fill_form, form=form, first=first, last=last, by=director) == "no_columns"
    by_clerk = {"head_row": 2, "columns": {}, "by": make.clerk()}
    assert refused(name_columns, form=form, **by_clerk) == "not_allowed"
    for head_row, columns, code in (
        (2, {"Z": "name"}, "unknown_column"),
        (2, {"B": "secret"}, "unknown_column"),
        (9, {"B": "name"}, "no_headings"),
    ):
        said = {"head_row": head_row, "columns": columns, "by": director}
        assert refused(name_columns, form=form, **said) == code
    upload = io.BytesIO(b"PK\x03\x04 no workbook")
    upload.name = "表.xlsx"
    sent = {"community": make.here().pk, "name": "坏表", "list_key": "items", "upload": upload}
    errors = client.post(ADD, sent).context["adminform"].form.errors.as_data()
    assert [error.code for error in errors["upload"]] == ["not_a_workbook"]
    assert OfficialForm.objects.count() == 1

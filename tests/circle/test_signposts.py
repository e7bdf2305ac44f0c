"""Who does what the community does not do: written by staff, found by everybody."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.calendar.working_days import SHANGHAI
from circle.models import Record, Signpost
from tests import make
from tests.html_forms import sent_by

pytestmark = pytest.mark.django_db


def test_page_says_who_where_when_and_by_which_number(client):
    row = make.signpost(slug="passport", name_en="Passport")
    text = client.get("/en/signposts/passport/").text
    expected = ["Passport", row.office_en, row.address_en, row.hours_en, f"tel:{row.phone.replace(' ', '')}"]
    assert "state open" not in text  # its hours are known in words alone
    assert [words for words in expected if words not in text] == []
    assert "/en/signposts/passport/" in client.get("/en/signposts/").text


def test_unpublished_one_is_neither_shown_nor_found(client):
    make.signpost(slug="passport", name_en="Passport", is_published=False)
    assert client.get("/signposts/passport/").status_code == 404
    assert "passport" not in client.get("/signposts/").text
    assert client.get("/search/?q=passport").context["groups"] == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"phone": ""}, "blank"),
        ({"address_zh": ""}, "blank"),
        ({"phone": "call me"}, "invalid"),
        ({"name_zh": "<b>护照</b>"}, "markup"),
        ({"advice_en": "see <script>"}, "markup"),
        ({"address_zh": "政务路<1号"}, "markup"),
    ],
)
def test_without_phone_or_address_or_with_markup_it_is_refused(values, code):
    row = make.signpost()
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    [(name, errors)] = [pair for pair in refusal.value.error_dict.items() if pair[0] != "__all__"]
    assert (name, errors[0].code) == (next(iter(values)), code)


def save(client, row: Signpost, **values: str):
    url = reverse("admin:circle_signpost_change", args=[row.pk])
    sent = sent_by(client.get(url), "signpost_form") | {"other_language_checked": "on"} | values
    return client.post(url, sent)


def test_director_changes_it_and_it_is_recorded(client, director, ours):
    row = make.signpost(community=ours)
    assert save(client, row, phone="0851-0000 0299").status_code == 302
    row.refresh_from_db()
    assert row.phone == "0851-0000 0299"
    assert Record.objects.about(row).get().details == {"columns": ["phone", "other_language_checked"]}


def test_refused_form_holds_what_was_typed(client, director, ours):
    row = make.signpost(community=ours)
    response = save(client, row, name_zh="<i>护照", address_zh="")
    errors = response.context["adminform"].form.errors.as_data()
    assert {name: found[0].code for name, found in errors.items()} == {
        "name_zh": "markup",
        "address_zh": "required",
    }
    assert "&lt;i&gt;护照" in response.text


@pytest.mark.parametrize("name", ["phone", "address_zh"])
def test_without_phone_or_address_the_database_refuses_it(name):
    row = make.signpost()
    setattr(row, name, "")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


# Its hours by weekday ---------------------------------------------------------------------------------------

MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
SATURDAY = MONDAY + dt.timedelta(days=5)


@pytest.fixture
def office(ours):
    row = make.signpost(community=ours, slug="passport", name_en="Passport", hours_zh="", hours_en="")
    for day in range(5):
        row.opening_hours.create(weekday=day, opens=dt.time(9), closes=dt.time(17))
    return row


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (MONDAY, "open"),
        (MONDAY.replace(hour=20), "shut"),
        (SATURDAY, "shut"),
        (dt.datetime(2026, 10, 1, 10, tzinfo=SHANGHAI), "shut"),
    ],
)
def test_page_list_and_search_say_whether_the_office_is_open(client, office, at, state):
    make.calendar_day(date=dt.date(2026, 10, 1))
    with time_machine.travel(at, tick=False):
        page = client.get("/en/signposts/passport/").text
        rows = client.get("/en/signposts/").text
        found = client.get("/en/search/?q=passport").text
    word = "Open" if state == "open" else "Closed"
    assert (f'class="state {state}"' in page, word in rows, word in found.split("signposts/passport")[1]) == (
        True,
    ) * 3
    assert page.count("<tr") == 8  # a head, and seven days


def test_weekday_begins_once_at_one_time(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        office.opening_hours.create(weekday=0, opens=dt.time(9), closes=dt.time(12))


def test_without_any_hours_it_is_refused(client, director, ours):
    row = make.signpost(community=ours)
    response = save(client, row, hours_zh="", hours_en="")
    assert response.status_code == 200
    [formset] = response.context["inline_admin_formsets"]
    assert [error.code for error in formset.formset.non_form_errors().as_data()] == ["hours_missing"]
    row.opening_hours.create(weekday=0, opens=dt.time(9), closes=dt.time(17))
    assert save(client, row, hours_zh="", hours_en="").status_code == 302

"""Staff of one community do not see, choose or change what belongs to another."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.models import (
    Building,
    Closure,
    Facility,
    Household,
    Mandate,
    Message,
    MissedSearch,
    MonthlyReport,
    Notice,
    PageReport,
    Record,
    Resident,
)
from services.models import Booking, Counter, CounterClosure, ServiceItem, Slot
from tests import make

pytestmark = pytest.mark.django_db


def make_record(community) -> Record:
    return Record.objects.create(
        community=community, at=make.MORNING, verb="tested", subject_type="circle.user", subject_id=1
    )


def make_booking(community) -> Booking:
    slot = make.slot(of=make.bookable(community=community))
    login = make.resident_login()
    return make.booking(slot=slot, resident=make.resident(community=community, login=login))


# Made in a community that is given; all of them may be seen by its director.
ROWS = {
    Booking: make_booking,
    Building: lambda community: make.building(community=community),
    Closure: lambda community: make.closure(facility=make.facility(community=community)),
    Counter: lambda community: make.counter(facility=make.facility(community=community)),
    CounterClosure: lambda community: make.counter_closure(
        counter=make.counter(facility=make.facility(community=community))
    ),
    Facility: lambda community: make.facility(community=community),
    Household: lambda community: make.household(building=make.building(community=community)),
    Mandate: lambda community: make.mandate(principal=make.resident(community=community)),
    Message: lambda community: make.message(
        community=community, resident=make.resident(community=community, phone=make.mobile())
    ),
    MissedSearch: lambda community: make.missed_search(community=community),
    MonthlyReport: lambda community: make.monthly_report(community=community),
    Notice: lambda community: make.notice(community=community),
    PageReport: lambda community: make.report(community=community),
    Record: make_record,
    Resident: lambda community: make.resident(community=community),
    ServiceItem: lambda community: make.item(community=community),
    Slot: lambda community: make.slot(
        of=make.bookable(community=community), starts_at=dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    ),
}


def url_of(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", ROWS)
def test_list_holds_the_rows_of_ones_own_community_only(client, director, ours, theirs, model):
    own = ROWS[model](ours)
    foreign = ROWS[model](theirs)
    shown = set(client.get(url_of(model, "changelist")).context["cl"].queryset)
    assert own in shown
    assert foreign not in shown


@pytest.mark.parametrize("model", ROWS)
def test_page_of_a_foreign_row_is_like_that_of_a_missing_one(client, director, theirs, model):
    foreign = ROWS[model](theirs)
    for pk in (foreign.pk, foreign.pk + 1000):
        response = client.get(url_of(model, "change", pk))
        assert (response.status_code, response["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("model", ROWS)
def test_whoever_holds_the_permission_everywhere_sees_all(client, ours, theirs, model):
    made = {ROWS[model](ours), ROWS[model](theirs)}
    client.force_login(make.director())
    assert made <= set(client.get(url_of(model, "changelist")).context["cl"].queryset)


def test_a_post_that_has_ended_opens_nothing(client, ours):
    client.force_login(make.post(ends_on=dt.date(2025, 12, 31)).user)
    assert client.get(url_of(Resident, "changelist")).status_code == 403


def test_two_posts_open_two_communities(client, director, ours, theirs):
    rows = {make.resident(community=ours), make.resident(community=theirs)}
    make.resident(community=make.community())
    make.post("director", community=theirs, user=director)
    assert set(client.get(url_of(Resident, "changelist")).context["cl"].queryset) == rows


def test_a_permission_reaches_only_where_its_own_post_is(client, director, theirs):
    """Director here, clerk there: the counters there can be looked at and not changed."""
    make.post("hall_clerk", community=theirs, user=director)
    counter = make.counter(facility=make.facility(community=theirs))
    assert client.get(url_of(Counter, "change", counter.pk)).status_code == 200
    assert client.post(url_of(Counter, "change", counter.pk), {"name_zh": "x"}).status_code == 403


# Forms ------------------------------------------------------------------------------------------------------


def resident_sent(community, **values) -> dict:
    inline = {"mandates_given-TOTAL_FORMS": "0", "mandates_given-INITIAL_FORMS": "0"}
    return {"community": community.pk, "name": "王桂兰", "language": "zh-hans"} | inline | values


def errors_of(response) -> dict[str, list[str]]:
    data = response.context["adminform"].form.errors.as_data()
    return {name: [error.code for error in errors] for name, errors in data.items()}


def test_form_offers_the_communities_of_ones_posts(client, director, ours, theirs):
    form = client.get(url_of(Resident, "add")).context["adminform"].form
    assert list(form.fields["community"].queryset) == [ours]
    assert form["community"].initial == ours.pk


def test_a_forged_community_is_refused(client, director, theirs):
    response = client.post(url_of(Resident, "add"), resident_sent(theirs))
    assert errors_of(response) == {"community": ["invalid_choice"]}
    assert not Resident.objects.exists()


def test_a_forged_building_is_refused(client, director, ours, theirs):
    building = make.building(community=theirs)
    response = client.post(url_of(Resident, "add"), resident_sent(ours, building=building.pk))
    assert errors_of(response) == {"building": ["invalid_choice"]}


@pytest.mark.parametrize("column", ["facility", "items"])
def test_a_forged_place_or_item_of_a_counter_is_refused(client, director, ours, theirs, column):
    own = {"facility": make.facility(community=ours).pk, "items": []}
    forged = {"facility": make.facility(community=theirs).pk, "items": [make.item(community=theirs).pk]}
    sent = {"community": ours.pk, "code": "c1", "name_zh": "窗口", "name_en": "Counter", "days_ahead": 14}
    sent |= {"slot_minutes": 30, "online_places": 2, "counter_places": 1, "ticket_prefix": "A"} | own
    sent |= {"shifts-TOTAL_FORMS": 0, "shifts-INITIAL_FORMS": 0}
    response = client.post(url_of(Counter, "add"), sent | {column: forged[column]})
    assert list(errors_of(response)) == [column]
    assert client.post(url_of(Counter, "add"), sent).status_code == 302


def test_what_belongs_to_two_communities_is_refused_for_whoever_may_choose_both(client, ours, theirs):
    client.force_login(make.director())
    sent = resident_sent(ours, building=make.building(community=theirs).pk)
    assert errors_of(client.post(url_of(Resident, "add"), sent)) == {"building": ["other_community"]}
    sent = {"community": ours.pk, "building": make.building(community=theirs).pk, "door": "1-101"}
    assert errors_of(client.post(url_of(Household, "add"), sent)) == {"building": ["other_community"]}


def test_autocomplete_offers_ones_own_community_only(client, director, ours, theirs):
    own, _foreign = make.building(community=ours), make.building(community=theirs)
    asked = {"app_label": "circle", "model_name": "resident", "field_name": "building", "term": ""}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [row["id"] for row in found] == [str(own.pk)]


# Records ----------------------------------------------------------------------------------------------------


def test_records_are_read_and_filtered_by_verb(client, director, ours):
    rows = [make_record(ours), make_record(ours)]
    other = Record.objects.create(
        community=ours, at=make.MORNING, verb="other", subject_type="circle.user", subject_id=1
    )
    response = client.get(url_of(Record, "changelist"), {"verb": "tested"})
    assert set(response.context["cl"].queryset) == set(rows)
    assert client.post(url_of(Record, "change", other.pk), {"verb": "forged"}).status_code == 403
    assert client.post(url_of(Record, "delete", other.pk), {"post": "yes"}).status_code == 403

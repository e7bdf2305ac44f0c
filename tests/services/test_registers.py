"""Special registers: who is entered, confirmed and taken off, and who may read which register."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.actions import report_death
from circle.actions.phone_contacts import works_for
from circle.models import Record
from services import actions
from services.hooks.personal_data import personal_data
from services.models import RegisterEntry
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
SAID = {"told_by": "女儿", "needs": "停电时要人送饭", "via": "phone"}


@pytest.fixture
def grandma(ours):
    building = make.building(community=ours, grid=make.grid(community=ours))
    return make.resident(community=ours, name="王奶奶", building=building, born_on=dt.date(1940, 1, 1))


def reader_of(role: str, grandma, **post):
    return make.post(role, community=grandma.community, **post).user


def refused(**values) -> str:
    with pytest.raises(ValidationError) as refusal:
        make.register_entry(**values)
    return refusal.value.code


def test_entry_is_to_be_confirmed_within_the_working_days_of_its_item(grandma):
    item = make.item(community=grandma.community, flow="register", promised_days=3)
    found = make.register_entry(resident=grandma, item=item)
    assert (found.status, found.confirm_by > NOW.date() + dt.timedelta(days=2)) == ("noted", True)
    assert Record.objects.about(found).get().verb == "register_entered"
    assert [found.is_late(found.confirm_by + dt.timedelta(days=n)) for n in (0, 1)] == [False, True]


def test_entry_is_confirmed_revised_and_ended(grandma):
    found, by = make.register_entry(resident=grandma), make.user()
    actions.confirm_entry(entry=found, needs="每周二打电话", at=NOW, by=by)
    actions.revise_entry(entry=found, needs="每周二、五打电话", at=NOW, by=by)
    actions.end_entry(entry=found, reason="住进养老院", at=NOW, by=by)
    found.refresh_from_db()
    assert (found.status, found.needs, found.reason) == ("ended", "每周二、五打电话", "住进养老院")
    again = make.register_entry(resident=grandma, item=found.item)
    assert again.status == "noted"
    codes = []
    for action, said in [
        (actions.end_entry, {"reason": "x"}),
        (actions.confirm_entry, {"needs": "x"}),
        (actions.revise_entry, {"needs": "x"}),
    ]:
        with pytest.raises(ValidationError) as refusal:
            action(entry=found, at=NOW, by=by, **said)
        codes.append(refusal.value.code)
    assert codes == ["already_ended", "not_possible", "not_possible"]


def test_who_or_what_does_not_fit_is_refused(grandma):
    here = grandma.community
    listed = make.item(community=here, flow="register")
    make.rule(kind=f"ages-{listed.code.lower()}", params={"from": 60})
    child = make.resident(community=here, born_on=dt.date(2024, 1, 1))
    booked = make.item(community=here, flow="spot")
    gone = make.resident(community=here, born_on=dt.date(1940, 1, 1), died_on=NOW.date())
    foreign = make.resident(community=make.community(), born_on=dt.date(1940, 1, 1))
    assert refused(resident=grandma, item=booked) == "not_a_register"
    assert refused(resident=foreign, item=listed) == "other_community"
    assert refused(resident=gone, item=listed) == "gone"
    assert refused(resident=child, item=listed) == "not_for_age"
    assert refused(resident=grandma, item=listed, told_by=" ") == "reason_missing"
    assert refused(resident=grandma, item=listed, needs="长" * 501) == "reason_too_long"
    assert not RegisterEntry.objects.exists()
    assert (
        make.register_entry(resident=child, item=listed, age_reason="和奶奶同住").age_reason == "和奶奶同住"
    )
    make.register_entry(resident=grandma, item=listed)
    assert refused(resident=grandma, item=listed) == "already_listed"


@pytest.mark.parametrize("values", [{"told_by": ""}, {"needs": ""}, {"status": "ended"}, {"reason": "x"}])
def test_half_an_entry_is_refused_by_the_database(grandma, values):
    found = make.register_entry(resident=grandma)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.filter(pk=found.pk).update(**values)


def test_confidential_register_is_read_by_who_handles_it_alone(grandma):
    secret = make.item(community=grandma.community, flow="register", is_confidential=True)
    make.register_entry(resident=grandma, item=secret)
    plain = make.register_entry(resident=grandma)
    grid = grandma.building.grid
    seen = {
        "director": 2,
        "hall_clerk": 2,
        "elder_coordinator": 1,
        "grid_worker": 1,
        "care_worker": 0,
    }
    posts = {role: {"grid": grid} if role == "grid_worker" else {} for role in seen}
    found = {
        role: RegisterEntry.objects.for_user(reader_of(role, grandma, **post)) for role, post in posts.items()
    }
    assert {role: rows.count() for role, rows in found.items()} == seen
    assert found["grid_worker"].get() == plain
    other_grid = reader_of("grid_worker", grandma, grid=make.grid(community=grandma.community))
    assert not RegisterEntry.objects.for_user(other_grid).exists()


def test_grid_worker_neither_opens_nor_enters_a_confidential_register(client, grandma):
    secret = make.item(community=grandma.community, flow="register", is_confidential=True)
    found = make.register_entry(resident=grandma, item=secret)
    client.force_login(reader_of("grid_worker", grandma, grid=grandma.building.grid))
    url = f"{reverse('admin:services_registerentry_enter')}?resident={grandma.code}"
    assert client.post(url, SAID | {"item": secret.pk}).status_code == 422
    assert client.get(reverse("admin:services_registerentry_sheet", args=[secret.pk])).status_code == 404
    page = reverse("admin:services_registerentry_change", args=[found.pk])
    assert client.get(page).status_code in (302, 404)
    assert secret.name not in client.get(reverse("admin:circle_resident_card", args=[grandma.code])).text


def test_clerk_enters_confirms_prints_and_ends_it(client, director, grandma):
    item = make.item(community=grandma.community, flow="register", name_zh="应急送餐登记")
    url = f"{reverse('admin:services_registerentry_enter')}?resident={grandma.code}"
    assert (
        url.replace("&", "&amp;")
        in client.get(reverse("admin:circle_resident_card", args=[grandma.code])).text
    )
    answer = client.post(url, SAID | {"item": item.pk, "needs": " "})
    assert (answer.status_code, "女儿" in answer.text) == (422, True)
    assert client.post(url, SAID | {"item": item.pk}).status_code == 302
    found = RegisterEntry.objects.get()
    assert "应急送餐登记" in client.get(reverse("admin:circle_resident_card", args=[grandma.code])).text
    confirm = reverse("admin:services_registerentry_act", args=[found.pk, "confirm"])
    assert "停电时要人送饭" in client.get(confirm).text
    assert client.post(confirm, {"needs": "停电时送两份饭"}).status_code == 302
    sheet = client.get(reverse("admin:services_registerentry_sheet", args=[item.pk])).text
    assert [words for words in ("王奶奶", "停电时送两份饭", "女儿") if words not in sheet] == []
    page = client.get(reverse("admin:services_registerentry_change", args=[found.pk])).text
    assert "停电时送两份饭" in page
    readings = Record.objects.filter(verb="data_read", details__page="register_entry")
    assert readings.count() == 2
    end = reverse("admin:services_registerentry_act", args=[found.pk, "end"])
    assert client.post(end, {"reason": "不需要了"}).status_code == 302
    for number in (item.pk, 0, 10**20):
        assert client.get(reverse("admin:services_registerentry_sheet", args=[number])).status_code == 404


def test_who_reported_a_person_is_not_in_their_own_data(grandma):
    make.register_entry(resident=grandma, told_by="邻居张阿姨", needs="停电时送饭")
    [section] = [found for found in personal_data([grandma]) if found.code == "special_registers"]
    assert ("停电时送饭" in str(section), "邻居张阿姨" in str(section)) == (True, False)


def test_whom_we_promised_to_phone_waits_in_a_queue_and_can_be_phoned(client, grandma):
    clerk = reader_of("hall_clerk", grandma)
    assert not works_for(clerk, grandma)
    make.register_entry(resident=grandma)
    assert works_for(clerk, grandma)
    client.force_login(clerk)
    assert "status__exact=noted" in client.get(reverse("admin:index")).text


def test_death_ends_the_entry(grandma, director):
    found = make.register_entry(resident=grandma)
    report_death(resident=grandma, died_on=NOW.date(), at=NOW, by=director)
    found.refresh_from_db()
    assert found.status == "ended"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_desks_enter_one_person_once(at_once):
    grandma, by = make.resident(), make.user()
    item = make.item(community=grandma.community, flow="register")

    def enter():
        return actions.enter_in_register(item=item, resident=grandma, at=NOW, by=by, **SAID)

    answers = at_once(*[enter] * 6)
    assert sorted(getattr(each, "code", "entered") for each in answers) == ["already_listed"] * 5 + [
        "entered"
    ]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_database_refuses_the_second_entry(at_once):
    """The control: both find nothing there before either writes."""
    grandma, both_read = make.resident(), threading.Barrier(2)
    item = make.item(community=grandma.community, flow="register")
    values = {"told_by": "女儿", "needs": "送饭", "via": "phone", "entered_at": NOW, "confirm_by": NOW.date()}

    def enter():
        free = not RegisterEntry.objects.live().filter(resident=grandma, item=item).exists()
        both_read.wait(timeout=20)
        RegisterEntry.objects.create(community=grandma.community, resident=grandma, item=item, **values)
        return free

    answers = at_once(enter, enter)
    assert sorted(type(each).__name__ for each in answers) == ["IntegrityError", "bool"]


@pytest.mark.parametrize(("name", "status"), [("revise", "listed"), ("confirm", "noted")])
def test_of_two_desks_that_write_what_is_needed_the_second_sees_both_texts(
    client, director, grandma, name, status
):
    found = make.register_entry(resident=grandma)
    RegisterEntry.objects.filter(pk=found.pk).update(status=status)
    url = reverse("admin:services_registerentry_act", args=[found.pk, name])
    read = client.get(url).context["form"]["read"].value()
    RegisterEntry.objects.filter(pk=found.pk).update(needs="隔壁桌写的")
    refused = client.post(url, {"needs": "这一桌写的", "read": read})
    assert refused.status_code == 422
    assert refused.context["question"].refusal.code == "changed_meanwhile"
    assert [words in refused.text for words in ("隔壁桌写的", "这一桌写的")] == [True, True]
    found.refresh_from_db()
    assert (found.status, found.needs) == (status, "隔壁桌写的")
    again = refused.context["form"]["read"].value()
    assert (again, client.post(url, {"needs": "两桌一起", "read": again}).status_code) == ("隔壁桌写的", 302)
    found.refresh_from_db()
    assert (found.status, found.needs) == ("listed", "两桌一起")


def test_text_that_changed_since_it_was_read_is_not_overwritten(grandma):
    found, by = make.register_entry(resident=grandma), make.user()
    [stale] = RegisterEntry.objects.filter(pk=found.pk)
    actions.confirm_entry(entry=found, needs="每周二打电话", at=NOW, by=by)
    with pytest.raises(ValidationError) as refusal:
        actions.revise_entry(entry=stale, needs="不用打电话", at=NOW, by=by)
    assert refusal.value.code == "changed_meanwhile"
    assert RegisterEntry.objects.get().needs == "每周二打电话"


@pytest.mark.usefixtures("in_the_morning")
def test_person_sees_where_they_are_registered_and_nothing_of_a_confidential_register(client):
    person = make.own_resident()
    kinds = {"name_en": "Emergency meals"}, {"name_en": "In difficulty", "is_confidential": True}
    for values in kinds:
        item = make.item(community=person.community, flow="register", **values)
        make.register_entry(item=item, resident=person, by=make.director())
    client.force_login(person.login)
    page = client.get("/en/me/").text
    assert ("Emergency meals" in page, "In difficulty" in page) == (True, False)

"""A notice of an outage reaches those who live there, and nobody else."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle import actions
from circle.models import Message, Record
from circle.notifications.still_true import find_untrue
from tests import make
from tests.html_forms import sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

NOW = make.MORNING
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def hit():
    return make.building(name_zh="十三栋", name_en="Building 13")


@pytest.fixture
def elsewhere(hit):
    return make.building(name_zh="一栋", community=hit.community)


@pytest.fixture
def outage(hit):
    times = {"outage_from": NOW + HOUR, "outage_until": NOW + 3 * HOUR, "publish_at": NOW - HOUR}
    found = make.notice(title_zh="下午停水", title_en="No water", community=hit.community, **times)
    found.buildings.add(hit)
    return found


def tell(notice) -> int:
    return actions.tell_who_is_hit(notice=notice, at=NOW, by=make.director())


def refused(notice) -> str:
    with pytest.raises(ValidationError) as refusal:
        tell(notice)
    return refusal.value.code


def told() -> dict[str, str]:
    return dict(Message.objects.filter(event="outage").values_list("resident__name", "channel"))


def neighbours(hit, elsewhere) -> None:
    make.resident(name="有手机", building=hit, phone=make.mobile())
    make.resident(name="没手机", building=hit)
    make.resident(name="小孩", building=hit, born_on=dt.date(2020, 1, 1))
    make.resident(name="已故", building=hit, died_on=dt.date(2026, 1, 1))
    make.resident(name="别楼", building=elsewhere, phone=make.mobile())
    make.resident(name="没有楼", community=hit.community, phone=make.mobile())


def test_adults_of_its_buildings_are_told_each_by_their_channel(outage, hit, elsewhere):
    neighbours(hit, elsewhere)
    reach = actions.reach_of(outage, NOW)
    assert (reach.people, reach.by_message, reach.in_person) == (2, 1, 1)
    assert tell(outage) == 2
    assert told() == {"有手机": "sms", "没手机": "desk"}
    assert Record.objects.about(outage).get(verb="notice_told").details == {"people": 2}


def test_notice_without_buildings_is_for_all_of_them(outage, hit, elsewhere):
    neighbours(hit, elsewhere)
    outage.buildings.clear()
    tell(outage)
    assert told().keys() == {"有手机", "没手机", "别楼"}


def test_nobody_is_told_twice_of_the_same_times_and_everybody_of_other_ones(outage, hit, elsewhere):
    neighbours(hit, elsewhere)
    tell(outage)
    assert refused(outage) == "nobody"
    make.resident(name="新来的", building=hit)
    assert tell(outage) == 1
    outage.outage_until += HOUR
    outage.save()
    assert tell(outage) == 3


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"status": "draft"}, "not_published"),
        ({"outage_from": None, "outage_until": None}, "no_outage"),
        ({"outage_from": NOW - 2 * HOUR, "outage_until": NOW - HOUR}, "no_outage"),
    ],
)
def test_what_cannot_be_told_is_refused(outage, hit, elsewhere, values, code):
    neighbours(hit, elsewhere)
    for name, value in values.items():
        setattr(outage, name, value)
    outage.save()
    assert (refused(outage), told()) == (code, {})


@pytest.mark.parametrize(
    "values",
    [
        {"outage_until": None},
        {"outage_from": None},
        {"outage_until": NOW},
    ],
)
def test_times_of_an_outage_are_both_or_none_and_in_order(outage, values):
    for name, value in values.items():
        setattr(outage, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        outage.save()


@pytest.mark.parametrize("change", [{"status": "withdrawn"}, {"outage_from": NOW + 2 * HOUR}])
def test_message_of_a_withdrawn_or_changed_outage_is_not_sent(outage, hit, elsewhere, change):
    neighbours(hit, elsewhere)
    tell(outage)
    messages = list(Message.objects.filter(event="outage"))
    assert find_untrue(messages, NOW) == set()
    for name, value in change.items():
        setattr(outage, name, value)
    outage.save()
    assert find_untrue(messages, NOW) == {each.pk for each in messages}


def test_it_is_red_on_the_home_page_of_who_lives_there_and_only_there(client, outage, hit, elsewhere):
    red = '<div class="note error">'
    home = client.get("/en/")
    assert (red in home.text, "no-store" in home.get("Cache-Control", "")) == (False, False)
    for building, is_hit in ((hit, True), (elsewhere, False)):
        client.force_login(make.own_resident(building=building).login)
        home = client.get("/en/")
        assert (red in home.text, "No water" in home.text) == (is_hit, True)
        assert "no-store" in home["Cache-Control"]


def test_page_for_a_building_that_was_chosen_is_private_too(client, outage, hit):
    client.get(f"/q/{hit.short_code}")
    home = client.get("/en/")
    assert '<div class="note error">' in home.text
    assert ("no-store" in home["Cache-Control"], "private" in home["Cache-Control"]) == (True, True)


def test_it_is_red_no_longer_once_it_is_over(client, outage, hit):
    client.force_login(make.own_resident(building=hit).login)
    with time_machine.travel(NOW + 4 * HOUR, tick=False):
        assert '<div class="note error">' not in client.get("/en/").text


def test_page_of_the_notice_says_when_and_where(client, outage):
    text = client.get(f"/en{outage.get_absolute_url()}").text
    assert "Building 13" in text
    assert " ".join(text.split()).count("until") >= 1


def test_staff_see_how_many_before_they_tell_them(client, outage, hit, elsewhere):
    neighbours(hit, elsewhere)
    client.force_login(make.post("director", community=hit.community).user)
    url = reverse("admin:circle_notice_do", args=[outage.pk, "tell"])
    assert url in client.get(reverse("admin:circle_notice_change", args=[outage.pk])).text
    page = client.get(url)
    assert (page.context["reach"].people, told()) == (2, {})
    assert client.post(url, {}, follow=True).status_code == 200
    assert len(told()) == 2


def test_building_of_another_community_is_refused(client, outage, hit):
    client.force_login(make.post("director", community=hit.community).user)
    foreign = make.building(community=make.community())
    url = reverse("admin:circle_notice_change", args=[outage.pk])
    response = client.post(url, sent_by(client.get(url), "notice_form") | {"buildings": [str(foreign.pk)]})
    assert "buildings" in response.context["adminform"].form.errors
    assert list(outage.buildings.all()) == [hit]


@pytest.mark.parametrize("community", ["", "nowhere"])
def test_notice_without_a_community_is_refused_and_named(client, hit, community):
    client.force_login(make.post("director", community=hit.community).user)
    url = reverse("admin:circle_notice_add")
    sent = sent_by(client.get(url), "notice_form")
    response = client.post(url, sent | {"community": [community], "buildings": [str(hit.pk)]})
    assert "community" in response.context["adminform"].form.errors

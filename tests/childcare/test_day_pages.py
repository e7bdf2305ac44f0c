"""A child's day as its family reads it, and as the class and the desk keep it."""

import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse

from childcare import actions
from childcare.backoffice.days import open_work
from childcare.backoffice.queues import nursery_queues
from childcare.models import Application, ChildDay
from circle.actions import add_guardian
from circle.models import Message, Record
from tests import make as ground
from tests import make_childcare as make
from tests.make_childcare import FIRST_MORNING as AT
from tests.make_childcare import START

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)
NOTE = "今天自己穿鞋"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def rule():
    make.absence_rule()


@pytest.fixture
def day():
    """Written, of a child that is here."""
    found = make.present()
    answers = {"ate": "half", "slept": "well", "mood": "merry", "note": NOTE}
    return actions.write_day(child_day=found, at=AT, by=ground.user(), **answers)


def page_of(application, page="") -> str:
    return f"/childcare/children/{application.code}/{page}"


def as_guardian(client, application):
    client.force_login(application.guardian.login)
    return client


def looks() -> int:
    return Record.objects.filter(verb="data_read", details__page="child_day").count()


# The family -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_guardian_reads_the_days(client, day, prefix):
    text = as_guardian(client, day.application).get(prefix + page_of(day.application)).text
    for word in (NOTE, day.application.child.name, day.application.guardian.name):
        assert word in text
    assert looks() == 0


def test_grandparent_reads_and_the_look_is_kept(client, day):
    mandate = ground.mandate(scope="childcare", principal=day.application.guardian)
    client.force_login(mandate.agent)
    answer = client.get(page_of(day.application))
    assert (NOTE in answer.text, answer.context["is_guardian"], looks()) == (True, False, 1)
    sent = {"last_day": START.isoformat()}
    answer = client.post(page_of(day.application, "leave/"), sent)
    [refusal] = answer.context["form"].non_field_errors().as_data()
    assert (answer.status_code, refusal.code) == (422, "guardian_only")


@pytest.mark.parametrize("page", ["", "absence/", "leave/"])
@pytest.mark.parametrize("who", ["neighbour", "friend", "head"])
def test_others_find_nothing(client, day, page, who):
    users = {
        "neighbour": lambda: make.present().application.guardian.login,
        "friend": lambda: ground.mandate(scope="bookings", principal=day.application.guardian).agent,
        "head": make.head,
    }
    client.force_login(users[who]())
    assert client.get(page_of(day.application, page)).status_code == 404
    assert NOTE not in client.get("/me/data.json").text


def test_child_that_is_not_enrolled_has_no_days(client):
    found = make.accepted()
    assert as_guardian(client, found).get(page_of(found)).status_code == 404


def test_absence_is_reported_and_taken_back(client):
    found = make.enrolled()
    as_guardian(client, found)
    sent = {"first_day": START.isoformat(), "last_day": (START + ONE_DAY).isoformat(), "reason": "ill"}
    for _ in range(2):
        assert client.post(page_of(found, "absence/"), sent)["Location"] == page_of(found)
    assert ChildDay.objects.filter(status="absent").count() == 2
    client.post(page_of(found, "absence/cancel/"), {"day": START.isoformat()})
    assert ChildDay.objects.filter(status="absent").count() == 1
    assert client.post(page_of(found, "absence/cancel/"), {"day": "2027-02-30"}).status_code == 404
    answer = client.post(page_of(found, "absence/"), sent | {"reason": "", "first_day": "2026-01-01"})
    assert answer.status_code == 422
    assert client.get(page_of(found, "absence/cancel/")).status_code == 405


def test_guardian_says_that_the_child_leaves_and_stays(client):
    found = make.enrolled()
    as_guardian(client, found)
    client.post(page_of(found, "leave/"), {"last_day": START.isoformat()})
    assert Application.objects.get().last_day == START
    client.post(page_of(found, "stay/"))
    assert Application.objects.get().last_day is None


def test_my_data_holds_the_days_of_ones_own_child(client, day):
    make.present()
    data = as_guardian(client, day.application).get("/me/data.json").json()["data"]
    assert [row["note"] for row in data["nursery_days"]] == [NOTE]


def test_page_of_the_child_takes_the_same_queries_for_one_day_and_ten(client, day, queries_of, clock):
    as_guardian(client, day.application)
    few = queries_of(page_of(day.application))
    [mother] = [each.key for each in actions.collectors_of(day.application.child, AT)]
    actions.check_out_child(child_day=day, collector=mother, at=AT, by=ground.user())
    for number in (1, 2, 3, 4, 7, 8, 9, 10, 11):  # without the weekend
        at = AT + number * ONE_DAY
        actions.check_in_child(application=day.application, at=at, by=ground.user())
    assert queries_of(page_of(day.application)) <= few <= 16


# The class --------------------------------------------------------------------------------------------------


def sheet(**query) -> str:
    return reverse("admin:childcare_childday_sheet", query=query or None)


def verb(application, name: str) -> str:
    return reverse("admin:childcare_childday_ask", args=[application.code, name])


def tap(client, application, name: str, **more):
    url = reverse("admin:childcare_childday_do", args=[application.code])
    return client.post(url, {"verb": name} | more)


def test_nurse_keeps_the_day_of_the_own_class(client):
    found = make.enrolled()
    client.force_login(make.nurse(found.offered_class))
    page = client.get(sheet()).text
    assert (found.child.name in page, verb(found, "absent") in page) == (True, True)
    tap(client, found, "arrive")
    answers = {"ate": "all", "slept": "not", "mood": "sad", "note": NOTE}
    assert client.post(verb(found, "write"), answers).status_code == 302
    assert NOTE in client.get(verb(found, "write")).text
    assert looks() == 1
    assert NOTE not in client.get(sheet()).text
    page = client.get(verb(found, "collect"))
    [mother] = page.context["form"].fields["collector"].choices
    assert found.guardian.masked_phone in page.text
    assert found.guardian.phone not in page.text
    client.post(verb(found, "collect"), {"collector": mother[0]})
    assert ChildDay.objects.get().status == "left"
    tap(client, found, "undo")
    assert ChildDay.objects.get().status == "present"


def test_file_that_no_form_of_the_day_asks_for_is_left_aside(client):
    found = make.enrolled()
    client.force_login(make.nurse(found.offered_class))
    tap(client, found, "arrive", file=io.BytesIO(b"x"))
    answers = {"ate": "all", "slept": "not", "mood": "sad", "note": NOTE, "file": io.BytesIO(b"x")}
    assert client.post(verb(found, "write"), answers).status_code == 302
    assert NOTE in client.get(verb(found, "write")).text


def test_scenario_13_child_is_not_handed_to_anybody_else_and_its_guardians_are_told(client, day):
    father = ground.own_resident()
    add_guardian(child=day.application.child, adult=father, rank=2, at=AT, by=ground.user())
    client.force_login(make.head())
    for _ in range(2):
        answer = client.post(verb(day.application, "collect"), {"collector": "guardian-somebody"})
        assert answer.status_code == 422
    told = Message.objects.filter(event="collection_refused")
    assert {each.resident for each in told} == {father, day.application.guardian}
    assert told.count() == 2
    kept = Record.objects.filter(verb="child_collected_refused").first()
    assert (kept.subject_id, kept.details) == (day.pk, {"code": "may_not_collect"})
    assert ChildDay.objects.get().status == "present"


def test_nurse_of_another_class_finds_nothing(client, day):
    client.force_login(make.nurse(make.nursery_class()))
    assert day.application.child.name not in client.get(sheet()).text
    assert client.get(sheet(**{"class": day.nursery_class.pk})).status_code == 404
    assert client.get(verb(day.application, "collect")).status_code == 404
    assert tap(client, day.application, "undo").status_code == 404
    listed = client.get(reverse("admin:childcare_childday_changelist"))
    assert (listed.status_code, day.application.code in listed.text) == (200, False)


def test_nurse_neither_reads_applications_nor_lets_a_child_leave(client, day):
    client.force_login(make.nurse(day.nursery_class))
    assert client.get(verb(day.application, "leave")).status_code == 403
    page = reverse("admin:childcare_application_change", args=[day.application.pk])
    assert client.get(page).status_code == 403
    assert (
        client.get(reverse("admin:circle_resident_card", args=[day.application.child.code])).status_code
        == 403
    )


def test_sheet_takes_the_same_queries_for_one_child_and_three(client, day, queries_of):
    client.force_login(make.head())
    few = queries_of(sheet())
    for _ in range(2):
        make.present(nursery_class=day.nursery_class)
    assert queries_of(sheet()) == few <= 20
    names = [row.application.child.name for row in client.get(sheet()).context["sheet"].rows]
    assert len(names) == 3


def test_class_is_given_and_ended_by_the_head(client):
    group, nurse = make.nursery_class(), make.nurse()
    client.force_login(make.head())
    url = reverse("admin:childcare_nurseryclass_teachers", args=[group.pk])
    assert client.post(url, {"user": ground.clerk().pk}).status_code == 422
    client.post(url, {"user": nurse.pk})
    [teacher] = group.teachers.current()
    assert nurse.name in client.get(url).text
    client.post(url, {"end": teacher.pk})
    assert not group.teachers.current().exists()


def test_classes_are_open_work_that_a_colleague_takes_over(day):
    nurse, other = make.nurse(day.nursery_class), make.nurse()
    [work] = open_work([nurse.pk])
    assert (work.holder, work.community, work.due) == (nurse.pk, day.community_id, None)
    work.hand_over(to=other, at=AT, by=make.head())
    assert open_work([nurse.pk]) == []
    assert [each.holder for each in open_work([nurse.pk, other.pk])] == [other.pk]
    counts = {queue.label: queue.count for queue in nursery_queues(other)}
    assert (counts["现在在园的孩子"], sum(counts.values())) == (1, 1)


# The card: a guardian phones --------------------------------------------------------------------------------


class Caller:
    """Opening a link or pressing a button is a click, typing is none."""

    def __init__(self, client, child) -> None:
        self.client, self.clicks = client, 0
        self.card = reverse("admin:circle_resident_card", args=[child.code])

    def acts(self) -> dict[str, object]:
        page = self.client.get(self.card)
        [part] = [each for each in page.context["parts"] if each.code == "nursery"]
        acts = [act for row in part.rows for act in row.acts]
        return {act.sends["verb"] if act.sends else act.url.split("/")[-2]: act for act in acts}

    def ask(self, name: str, said: dict[str, str]) -> None:
        act = self.acts()[name]
        page = self.client.get(act.url)
        self.clicks += 2
        assert page.status_code == 200
        assert self.client.post(act.url, said)["Location"] == self.card

    def tap(self, name: str) -> None:
        act = self.acts()[name]
        self.clicks += 1
        assert self.client.post(act.url, act.sends)["Location"] == self.card


def test_any_phone_task_about_a_child_takes_three_clicks_at_most(client):
    found = make.enrolled()
    client.force_login(make.head())
    for who in (found.child, found.guardian):
        caller = Caller(client, who)
        assert "absent" in caller.acts()
    caller = Caller(client, found.child)
    both = {"first_day": START.isoformat(), "last_day": START.isoformat(), "reason": "ill"}
    caller.ask("absent", both)
    assert (ChildDay.objects.get().status, caller.clicks) == ("absent", 2)
    caller = Caller(client, found.child)
    caller.tap("expect")
    caller.tap("arrive")
    assert (ChildDay.objects.get().status, caller.clicks) == ("present", 2)
    caller = Caller(client, found.child)
    caller.ask("collect", {"collector": f"guardian-{found.guardian.code}"})
    assert (ChildDay.objects.get().status, caller.clicks) == ("left", 2)
    caller.ask("leave", {"last_day": START.isoformat()})
    assert Application.objects.get().last_day == START

"""The nursery head's work in the back office: board, verbs, applications typed in, classes."""

import pytest
from django.urls import reverse

from childcare.backoffice.queues import nursery_queues
from childcare.models import Application, NurseryClass
from circle.models import Message, Resident
from tests import make as ground
from tests import make_childcare as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


@pytest.fixture
def head():
    return make.head()


@pytest.fixture
def desk(client, head):
    client.force_login(head)
    return client


def url(name: str, *args) -> str:
    return reverse(f"admin:childcare_application_{name}", args=args)


def ask(application, verb: str) -> str:
    return url("ask", application.code, verb)


def kept(application) -> Application:
    return Application.objects.get(pk=application.pk)


def refusal(response) -> str:
    return response.context["question"].refusal.code


# The board --------------------------------------------------------------------------------------------------


def test_board_shows_each_stage_with_its_verbs(desk):
    found = {state: getattr(make, state)() for state in ("submitted", "returned", "verified", "offered")}
    found |= {"accepted": make.accepted(), "enrolled": make.enrolled()}
    make.draft()
    make.submitted(guardian=ground.own_resident(community=ground.community()))
    page = desk.get(url("board"))
    columns = page.context["columns"]
    assert {column.status.value: [card.application for card in column.cards] for column in columns} == {
        state: [application] for state, application in found.items()
    }
    assert [column.count for column in columns] == [1] * 6
    verbs = [[verb.name for verb in column.cards[0].verbs] for column in columns]
    assert (verbs[0], verbs[-1]) == (["verify", "return"], [])
    assert page.context["drafts"] == 1


def test_board_puts_who_has_waited_longest_first(desk):
    later = make.submitted(at=ground.moment(0, 9))
    first = make.submitted(at=ground.moment(0, 8))
    [waiting, *_] = desk.get(url("board")).context["columns"]
    assert [card.application for card in waiting.cards] == [first, later]


def test_board_takes_the_same_queries_for_one_and_ten(desk, queries_of):
    make.submitted()
    few = queries_of(url("board"))
    for state in ("submitted", "verified", "offered", "accepted", "enrolled") * 2:
        getattr(make, state)()
    assert queries_of(url("board")) == few <= 12


def test_record_takes_few_queries(desk, queries_of):
    assert queries_of(url("change", make.offered().pk)) <= 20


# The verbs --------------------------------------------------------------------------------------------------


def test_whole_way_by_the_office(desk):
    found = make.submitted()
    assert desk.get(ask(found, "verify")).status_code == 200
    back = desk.post(f"{ask(found, 'verify')}?back=board", {"papers": make.PAPERS})["Location"]
    assert back == url("board")
    sent = {"nursery_class": found.nursery_class.code, "start_on": "2027-01-04", "days": 5}
    assert desk.post(ask(found, "offer"), sent)["Location"] == url("change", found.pk)
    desk.post(ask(found, "accept"), {"via": "phone"})
    desk.post(ask(found, "enrol"))
    assert kept(found).status == "enrolled"


def test_returned_with_what_is_missing(desk):
    found = make.submitted()
    assert desk.post(ask(found, "return"), {"missing": ""}).status_code == 422
    desk.post(ask(found, "return"), {"missing": "请补体检表"})
    assert (kept(found).status, kept(found).missing) == ("returned", "请补体检表")


@pytest.mark.parametrize(
    ("state", "verb", "values", "code"),
    [
        ("submitted", "verify", {"papers": ["guardian_id"]}, "papers_missing"),
        ("verified", "verify", {"papers": make.PAPERS}, "already_verified"),
        ("submitted", "enrol", {}, "not_possible"),
        ("enrolled", "withdraw", {"via": "phone"}, "not_possible"),
    ],
)
def test_refused_verb_says_why(desk, state, verb, values, code):
    found = getattr(make, state)()
    response = desk.post(ask(found, verb), values)
    assert (response.status_code, refusal(response)) == (422, code)


def test_offer_of_a_full_class_says_so_and_keeps_what_was_typed(desk):
    found = make.verified(nursery_class=make.nursery_class(capacity=0))
    sent = {"nursery_class": found.nursery_class.code, "start_on": "2027-01-11", "days": 7}
    response = desk.post(ask(found, "offer"), sent)
    assert (response.status_code, refusal(response)) == (422, "full")
    assert 'value="2027-01-11"' in response.text


def test_unknown_verb_and_code_do_not_exist(desk):
    assert desk.get(ask(make.submitted(), "praise")).status_code == 404
    assert desk.get(url("ask", "AAAAAAAA", "verify")).status_code == 404


def test_record_shows_verbs_to_who_may_act(client):
    found = make.submitted()
    client.force_login(ground.staff("childcare.view_application"))
    response = client.get(url("change", found.pk))
    assert (response.status_code, response.context["verbs"]) == (200, [])
    assert client.post(ask(found, "verify"), {"papers": make.PAPERS}).status_code == 403


def test_list_finds_by_code_and_by_guardian(desk):
    found, _other = make.submitted(), make.submitted()
    for words in (f" {found.code[:4].lower()}-{found.code[4:]}", found.guardian.name):
        assert list(desk.get(url("changelist"), {"q": words}).context["cl"].queryset) == [found]


# Typed in for somebody --------------------------------------------------------------------------------------


def whole(group: NurseryClass, **values) -> dict:
    sent = {"child_name": "小明", "child_born_on": "2025-06-01", "start_on": "2027-01-04"}
    sent |= {"nursery_class": group.code, "relation": "mother", "ready": make.PAPERS, "once": "key"}
    sent |= {"has_allergies": "no", "takes_medicine": "no", "vaccinations": "complete", "consents": "on"}
    return sent | {"via": "window", "consent": "yes"} | values


def test_guardian_without_a_phone_is_found_and_applied_for(desk, head):
    guardian, group = ground.resident(name="王奶奶"), make.nursery_class()
    page = desk.post(url("new"), {"q": "王奶奶"})
    assert list(page.context["people"]) == [guardian]
    form = f"{url('form')}?guardian={guardian.code}"
    assert desk.get(form).status_code == 200
    for _ in range(2):  # a double click
        response = desk.post(form, whole(group))
        found = Application.objects.get()
        assert response["Location"] == url("typed", found.code)
    assert (found.status, found.via, found.started_by) == ("submitted", "window", head)
    assert found.code in desk.get(url("typed", found.code)).text
    assert Message.objects.get().channel == "desk"


def test_guardian_who_is_new_is_registered(desk):
    make.nursery_class()
    sent = {"name": "新妈妈", "phone": "13800138000", "once": "key"}
    location = desk.post(url("register"), sent)["Location"]
    assert f"guardian={Resident.objects.get().code}" in location
    assert desk.post(url("register"), sent | {"name": "", "once": "other"}).status_code == 422


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"consent": ""}, "consent_missing"),
        ({"child_born_on": "2026-10-01"}, "wrong_age"),
        ({"has_allergies": "yes"}, "allergies_missing"),
    ],
)
def test_typed_in_is_kept_whole_or_not_at_all(desk, values, code):
    guardian, group = ground.resident(), make.nursery_class()
    sent = {name: value for name, value in whole(group, **values).items() if value}
    response = desk.post(f"{url('form')}?guardian={guardian.code}", sent)
    forms = response.context["whole"].forms
    errors = [error.code for form in forms for error in form.non_field_errors().as_data()]
    assert (response.status_code, errors) == (422, [code])
    assert 'value="小明"' in response.text
    assert not Application.objects.exists()


def test_returned_application_is_mended_by_the_office(desk):
    found = make.returned()
    assert found.child.name in desk.get(url("fill", found.code)).text
    desk.post(url("fill", found.code), whole(found.nursery_class, via="phone"))
    assert (kept(found).status, kept(found).child.name) == ("submitted", "小明")


def test_draft_is_gone_on_with_by_who_is_told_its_code(desk):
    found = make.draft()
    page = desk.post(url("new"), {"q": f"{found.code[:4]} {found.code[4:]}".lower()})
    assert page["Location"] == url("fill", found.code)
    desk.post(url("fill", found.code), whole(make.nursery_class()))
    assert kept(found).status == "submitted"


def test_what_is_sent_in_is_not_typed_in_again(desk):
    found = make.submitted()
    assert desk.get(url("fill", found.code))["Location"] == url("change", found.pk)


def test_guardian_of_another_community_does_not_exist(desk):
    stranger = ground.resident(community=ground.community())
    assert desk.get(f"{url('form')}?guardian={stranger.code}").status_code == 404
    assert desk.get(f"{url('new')}?community={stranger.community.slug}").status_code == 404


# Classes ----------------------------------------------------------------------------------------------------


def class_post(group: NurseryClass, **values) -> dict:
    names = ["code", "name_zh", "name_en", "from_months", "below_months", "capacity", "band"]
    sent = {name: getattr(group, name) for name in names}
    sent |= {"community": group.community_id, "facility": group.facility_id, "starts_on": "2026-09-01"}
    limits = {"limits-TOTAL_FORMS": 0, "limits-INITIAL_FORMS": 0}
    return sent | {"is_open": "on"} | limits | values


def class_url(group: NurseryClass) -> str:
    return reverse("admin:childcare_nurseryclass_change", args=[group.pk])


def test_class_is_made_larger_up_to_the_national_maximum(desk):
    group = make.nursery_class("infants")
    assert desk.post(class_url(group), class_post(group, capacity=10)).status_code == 302
    page = desk.post(f"/en{class_url(group)}", class_post(group, capacity=11))
    assert "at most 10 infants" in page.text
    assert NurseryClass.objects.get().capacity == 10


def test_class_does_not_become_smaller_than_what_is_taken_nor_another_band(desk):
    group = make.offered(nursery_class=make.nursery_class(capacity=2)).nursery_class
    for values in ({"capacity": 0}, {"band": "mixed", "from_months": 18}):
        assert desk.post(class_url(group), class_post(group, **values)).status_code == 200
    desk.post(class_url(group), class_post(group, capacity=1))
    group = NurseryClass.objects.get(pk=group.pk)
    assert (group.capacity, make.taken(group), group.band) == (1, 1, "toddlers")


def test_clerk_does_not_keep_classes(client):
    client.force_login(ground.clerk())
    assert client.get(class_url(make.nursery_class())).status_code == 403


# What waits -------------------------------------------------------------------------------------------------


def test_queues_count_what_waits(head):
    make.submitted()
    make.offered(days=1)
    make.offered(days=20)
    make.accepted()
    make.submitted(guardian=ground.own_resident(community=ground.community()))
    waiting = [(0, False), (1, False), (1, True), (1, False)]
    found = [*waiting, (0, False), (0, False), (0, False), (0, False)]  # visits, and children here
    assert [(queue.count, queue.is_urgent) for queue in nursery_queues(head)] == found
    assert nursery_queues(ground.clerk()) == []

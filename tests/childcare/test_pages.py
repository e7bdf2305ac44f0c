"""The nursery as residents see it: classes, applying task by task, following, deciding."""

import datetime as dt
import re

import pytest
import time_machine

from childcare import actions
from childcare.models import Application, Health
from circle.models import Resident
from tests import make as ground
from tests import make_childcare as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
CHILD = {"child_name": "小明", "child_born_on": "2025-06-01", "start_on": "2027-01-04"}
HEALTH = {"has_allergies": "no", "takes_medicine": "no", "vaccinations": "complete", "consents": "on"}
PAGES = ["", "child/", "guardian/", "health/", "documents/", "check/", "withdraw/", "accept/", "decline/"]


@pytest.fixture
def mother():
    return ground.own_resident()


@pytest.fixture
def her(client, mother):
    client.force_login(mother.login)
    return client


def address(application: Application, page: str = "") -> str:
    return f"/childcare/applications/{application.code}/{page}"


def codes(response) -> set[str]:
    errors = response.context["form"].errors.as_data()
    return {error.code for field in errors.values() for error in field}


def kept() -> Application:
    return Application.objects.get()


# The classes ------------------------------------------------------------------------------------------------


def test_classes_show_ages_fee_and_places_left(client, html):
    facility = make.nursery_class("toddlers", capacity=15, fee_cents=168_050).facility
    make.nursery_class("older", capacity=0, is_verified=True, facility=facility)
    make.nursery_class("mixed", is_open=False, facility=facility)
    text = html(client.get("/en/childcare/"))
    for words in ("12 to under 24 months", "1,680.50 yuan a month", "15 places left", "full at the moment"):
        assert words in text
    assert text.count(">unverified<") == 3  # two classes, and the sentence about the standard
    assert text.count("/childcare/apply/?class=") == 2


def test_classes_count_what_is_offered_as_taken(client, html):
    make.offered(nursery_class=make.nursery_class(capacity=2))
    assert "one place left" in html(client.get("/en/childcare/"))


def test_classes_without_any_name_the_phone(client, html):
    ground.community()
    text = html(client.get("/childcare/"))
    assert ground.PHONE in text
    assert "/apply/" not in text


def test_classes_take_the_same_queries_for_one_and_ten(client, queries_of):
    make.nursery_class()
    few = queries_of("/childcare/")
    for _ in range(9):
        make.nursery_class()
    assert queries_of("/childcare/") == few <= 12


# Applying ---------------------------------------------------------------------------------------------------


def test_applying_asks_to_sign_in(client):
    ground.community()
    assert client.get("/childcare/apply/")["Location"] == "/sign-in/?next=/childcare/apply/"


def test_whole_way_from_the_first_page_to_sending(her, mother):
    group = make.nursery_class()
    page = her.get("/childcare/apply/", {"class": group.code}).context["form"].initial
    sent = {"guardian": mother.code, "once": page["once"], "nursery_class": page["nursery_class"]}
    response = her.post("/childcare/apply/", sent)
    application = kept()
    assert (response["Location"], application.nursery_class) == (address(application), group)
    tasks = {
        "child": CHILD | {"nursery_class": group.code},
        "guardian": {"relation": "mother"},
        "health": HEALTH | {"has_allergies": "yes", "allergies": "花生"},
        "documents": {"ready": ["guardian_id", "vaccination_book"]},
    }
    for name, values in tasks.items():
        assert her.post(address(application, f"{name}/"), values)["Location"] == address(application)
    assert [is_done for _, _, is_done in her.get(address(application)).context["tasks"]] == [True] * 4
    key = her.get(address(application, "check/")).context["form"].initial["once"]
    for _ in range(2):  # the second is a double click
        response = her.post(address(application, "check/"), {"consent": "on", "once": key})
        assert response["Location"] == address(application)
    assert (kept().status, kept().child.born_on, Health.objects.get().allergies) == (
        "submitted",
        dt.date(2025, 6, 1),
        "花生",
    )


def test_newcomer_gives_a_name_and_is_registered(client):
    login = ground.resident_login()
    make.nursery_class()
    client.force_login(login)
    assert codes(client.post("/childcare/apply/", {"once": "key"})) == {"name_missing"}
    client.post("/childcare/apply/", {"once": "key", "name": "新妈妈"})
    assert (kept().guardian.name, kept().guardian.login) == ("新妈妈", login)
    assert Resident.objects.count() == 1


def test_application_for_somebody_one_acts_for(her, mother):
    grandchilds_mother = ground.mandate(agent=mother.login).principal
    her.post("/childcare/apply/", {"once": "key", "guardian": grandchilds_mother.code})
    assert kept().guardian == grandchilds_mother


@pytest.mark.parametrize("scope", ["bookings", None])
def test_nobody_applies_for_a_stranger(her, mother, scope):
    stranger = ground.resident()
    if scope:
        ground.mandate(agent=mother.login, principal=stranger, scope=scope)
    response = her.post("/childcare/apply/", {"once": "key", "guardian": stranger.code})
    assert (response.status_code, codes(response)) == (422, {"not_allowed"})
    assert not Application.objects.exists()


def test_application_is_resumed_from_the_apply_page(her, mother):
    draft = make.draft(guardian=mother)
    assert address(draft) in her.get("/childcare/apply/").text


def test_task_keeps_what_was_typed_when_it_is_refused(her, mother):
    draft, group = make.draft(guardian=mother), make.nursery_class()
    values = CHILD | {"nursery_class": group.code, "child_born_on": "2026-08-01"}
    response = her.post(address(draft, "child/"), values)
    assert (response.status_code, codes(response)) == (422, {"wrong_age"})
    assert 'value="小明"' in response.text
    assert kept().child is None


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("child", {}, "required"),
        ("child", CHILD | {"child_born_on": "29 Feb"}, "invalid"),
        ("child", CHILD | {"nursery_class": "nowhere"}, "invalid_choice"),
        ("guardian", {"relation": "aunt"}, "invalid_choice"),
        ("health", HEALTH | {"has_allergies": "yes"}, "allergies_missing"),
        ("documents", {"ready": ["passport"]}, "invalid_choice"),
    ],
)
def test_task_is_asked_again(her, mother, name, values, code):
    response = her.post(address(make.draft(guardian=mother), f"{name}/"), values)
    assert response.status_code == 422
    assert code in codes(response)


def test_task_shows_what_was_kept(her, mother):
    found = make.filled(guardian=mother, child_name="小明")
    assert 'value="小明"' in her.get(address(found, "child/")).text
    boxes = her.get(address(found, "child/")).context["form"]["child_born_on"].subwidgets[0].data["boxes"]
    assert {box["name"]: box["value"] for box in boxes} == {
        "child_born_on_year": "2025",
        "child_born_on_month": "6",
        "child_born_on_day": "1",
    }


def test_unknown_task_does_not_exist(her, mother):
    assert her.get(address(make.draft(guardian=mother), "nothing/")).status_code == 404


@pytest.mark.parametrize("page", ["child/", "check/"])
def test_tasks_of_what_is_sent_lead_back_to_it(her, mother, page):
    found = make.submitted(guardian=mother)
    assert her.get(address(found, page))["Location"] == address(found)


def test_sending_without_consent_or_with_a_task_to_do_is_refused(her, mother):
    found = make.draft(guardian=mother)
    response = her.post(address(found, "check/"), {"consent": "on", "once": "one"})
    assert (response.status_code, codes(response)) == (422, {"incomplete"})
    whole = make.filled(guardian=mother)
    response = her.post(address(whole, "check/"), {"once": "two"})
    assert (response.status_code, codes(response)) == (422, {"consent_missing"})


# Following and deciding -------------------------------------------------------------------------------------


def test_returned_says_what_is_missing_and_leads_to_the_tasks(her, mother):
    found = make.returned(guardian=mother)
    text = her.get(address(found)).text
    assert ("体检表没有盖章" in text, address(found, "documents/") in text) == (True, True)


def test_offer_shows_its_deadline_and_warns_before_it_ends(her, mother, html):
    found = make.offered(guardian=mother)
    text = html(her.get(f"/en{address(found)}"))
    assert ("Mon 30 Nov 6:00 pm" in text, "The offer ends soon" in text) == (True, False)
    with time_machine.travel(found.offer.expires_at - dt.timedelta(hours=23), tick=False):
        her.logout()  # days later
        her.force_login(mother.login)
        assert "The offer ends soon" in html(her.get(f"/en{address(found)}"))


def test_offer_is_accepted(her, mother):
    found = make.offered(guardian=mother)
    assert her.post(address(found, "accept/"))["Location"] == address(found)
    assert kept().status == "accepted"
    assert her.post(address(found, "accept/")).context["refused"].code == "already_accepted"


def test_offer_is_not_accepted_after_its_deadline_even_before_the_sweep(her, mother):
    found = make.offered(guardian=mother)
    with time_machine.travel(found.offer.expires_at, tick=False):
        response = her.post(address(found, "accept/"))
        assert (response.status_code, response.context["refused"].code) == (422, "offer_over")
        assert address(found, "accept/") not in her.get(address(found)).text


@pytest.mark.parametrize("page", ["decline", "withdraw"])
def test_place_becomes_free(her, mother, page):
    found = make.offered(guardian=mother) if page == "decline" else make.accepted(guardian=mother)
    assert her.post(address(found, f"{page}/"))["Location"] == address(found)
    assert make.taken() == 0


STATES = ["draft", "submitted", "returned", "verified", "offered", "accepted", "enrolled"]


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_page_in_both_languages(her, mother, state):
    found = getattr(make, state)(guardian=mother)
    assert her.get(address(found)).status_code == 200
    text = her.get(f"/en{address(found)}").text
    main = re.search(r"<h1>.*</main>", text, re.DOTALL).group()
    for own in (found.child and found.child.name, mother.name, "演示", found.missing, found.community.name):
        main = main.replace(own, "") if own else main
    assert not re.search(r"[一-鿿]", main)


def test_lapsed_and_withdrawn_offer_to_apply_again(her, mother):
    found = make.offered(guardian=mother)
    actions.lapse_offers(at=found.offer.expires_at)
    assert "/childcare/apply/" in her.get(address(found)).text


def test_pages_take_few_queries_and_are_not_kept(her, mother, queries_of):
    draft, offer = make.filled(guardian=mother), make.offered(guardian=mother)
    for page in PAGES:
        url = address(offer if page in ("accept/", "decline/") else draft, page)
        assert queries_of(url) <= 12
        assert "no-store" in her.get(url)["Cache-Control"]
    for found in (offer, make.verified(guardian=mother)):
        assert queries_of(address(found)) <= 12


# Who may see it ---------------------------------------------------------------------------------------------


def test_stranger_signs_in_first(client):
    found = make.filled()
    for page in PAGES:
        assert client.get(address(found, page))["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize(
    "who",
    [
        lambda found: ground.own_resident().login,
        lambda found: ground.clerk(),
        lambda found: make.head(),  # works in the back office
        lambda found: ground.mandate(principal=found.guardian, scope="bookings").agent,
        lambda found: ground.mandate(principal=found.guardian, valid_until=dt.date(2026, 11, 1)).agent,
    ],
    ids=["neighbour", "clerk", "head", "for-bookings", "ended"],
)
def test_application_does_not_exist_for_others(client, who):
    found = make.filled()
    client.force_login(who(found))
    assert {client.get(address(found, page)).status_code for page in PAGES} == {404}
    assert {client.post(address(found, page)).status_code for page in PAGES[1:]} == {404}


def test_application_is_shown_to_who_may_act_for_the_guardian(client):
    found = make.filled()
    client.force_login(ground.mandate(principal=found.guardian).agent)
    assert client.get(address(found, "health/")).status_code == 200


def test_for_user_is_ones_own_and_what_was_sent_to_the_office(mother):
    own, other = make.filled(guardian=mother), make.submitted()
    seen_by = Application.objects.for_user
    assert set(seen_by(mother.login)) == {own}
    assert set(seen_by(make.head())) == {other}
    assert set(seen_by(make.head(community=ground.community()))) == set()
    assert set(seen_by(ground.clerk())) == set()


@pytest.mark.parametrize("page", ["", "nothing/"])
def test_wrong_verb_is_refused(her, mother, page):
    found = make.draft(guardian=mother)
    answer = her.post(address(found)) if page == "" else her.put("/childcare/apply/")
    assert answer.status_code == 405


def test_me_shows_ones_own_applications(her, mother, queries_of):
    found, strangers = make.offered(guardian=mother), make.submitted()
    text = her.get("/me/").text
    assert (found.code in text, strangers.code in text) == (True, False)
    few = queries_of("/me/")
    for _ in range(5):
        make.filled(guardian=mother)
    assert queries_of("/me/") == few <= 12

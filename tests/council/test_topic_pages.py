"""Sending a topic: what is it about → is this right? → the receipt."""

import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.models import Record, Resident
from council import actions
from council.models import Topic
from tests import make, make_coverage
from tests import make_council as council

pytestmark = pytest.mark.django_db
NEW, CHECK = "/council/topics/new/", "/council/topics/new/check/"


@pytest.fixture(autouse=True)
def in_the_call():
    with time_machine.travel(council.IN_CALL, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting():
    return council.calling()


@pytest.fixture
def person():
    return make.own_resident()


@pytest.fixture
def her(client, person):
    client.force_login(person.login)
    return client


def sent(meeting, person=None, **more) -> dict:
    who = {"resident": person.code} if person else {}
    values = {
        "text": "路灯不亮。",
        "dimension": "housing",
        "meeting": meeting.slug,
        "once": str(uuid.uuid4()),
    }
    return values | who | more


def codes(response) -> set[str]:
    errors = response.context["form"].errors.as_data()
    return {error.code for field in errors.values() for error in field}


@pytest.mark.parametrize("url", [f"{NEW}?topic=sport", CHECK, "/council/topics/SJ-2026-00001/"])
def test_stranger_signs_in_first_and_comes_back(client, meeting, url):
    response = client.get(url)
    assert response["Location"].startswith("/sign-in/?next=")


def test_form_begins_with_the_part_of_life_that_was_missed(her, meeting):
    form = her.get(f"{NEW}?topic=sport").context["form"]
    assert (form["dimension"].value(), "resident" in form.fields, "name" in form.fields) == (
        "sport",
        True,
        False,
    )
    assert her.get(f"{NEW}?topic=nonsense").context["form"]["dimension"].value() == ""


def test_what_was_tried_out_goes_with_the_topic(her, meeting, person):
    tried = make_coverage.scenario()
    page = her.get(f"{NEW}?scenario={tried.code}").text
    assert f'name="scenario" value="{tried.code}"' in " ".join(page.split())
    assert tried.get_absolute_url() in her.post(NEW, sent(meeting, person, scenario=tried.code)).text
    answer = her.post(CHECK, sent(meeting, person, scenario=tried.code))
    assert Topic.objects.get().scenario == tried
    assert tried.get_absolute_url() in her.get(answer.url).text


def test_a_what_if_that_takes_more_than_it_brings_says_so_wherever_it_is_shown(her, meeting, person):
    make.building(residents=60)
    place = make.facility(hours="0:00-0:00", days=range(8))
    away = make.point(east=2000)
    tried = make_coverage.scenario(
        kind=place.kind, moved=place, point=(float(away["longitude"]), float(away["latitude"]))
    )
    her.post(CHECK, sent(meeting, person, scenario=tried.code))
    topic = Topic.objects.get()
    addresses = [f"{NEW}?scenario={tried.code}", tried.get_absolute_url(), topic.get_absolute_url()]
    pages = [her.get(address) for address in addresses]
    pages.append(her.post(NEW, sent(meeting, person, scenario=tried.code)))
    assert ["这样一来，够不着的人比新够得着的人还多。" in page.text for page in pages] == [True] * 4


def test_a_what_if_of_nowhere_is_left_out_and_the_words_stay(her, meeting, person):
    elsewhere = make_coverage.scenario(community=make.community())
    for code in ("NOSUCH22", elsewhere.code):
        assert 'name="scenario"' not in her.get(f"{NEW}?scenario={code}").text
        response = her.post(CHECK, sent(meeting, person, scenario=code))
        assert (response.status_code, codes(response)) == (422, {"invalid_choice"})
        assert "路灯不亮。" in response.text
        assert 'name="scenario"' not in response.text


def test_the_action_takes_no_what_if_of_another_community(meeting, person):
    elsewhere = make_coverage.scenario(community=make.community())
    with pytest.raises(ValidationError) as refusal:
        actions.submit_topic(
            meeting=meeting,
            text="路灯不亮。",
            via="online",
            at=council.IN_CALL,
            by=person.login,
            resident=person,
            scenario=elsewhere,
        )
    assert refusal.value.code == "other_scenario"


def test_check_shows_what_was_typed_and_sends_nothing(her, meeting, person):
    response = her.post(NEW, sent(meeting, person))
    assert (response.status_code, Topic.objects.count()) == (200, 0)
    assert "路灯不亮。" in response.text


def test_change_leads_back_with_the_words(her, meeting, person):
    response = her.post(NEW, sent(meeting, person, edit="yes"))
    assert response.context["form"]["text"].value() == "路灯不亮。"
    assert response.status_code == 200


def test_topic_is_sent_and_shown_with_its_receipt(her, meeting, person):
    response = her.post(CHECK, sent(meeting, person))
    topic = Topic.objects.get()
    assert response["Location"] == f"/council/topics/{topic.receipt}/"
    assert (topic.raised_by, topic.via, topic.dimension) == (person, "online", "housing")
    page = her.get(response["Location"])
    assert topic.receipt in page.text
    assert "no-store" in page["Cache-Control"]


def test_double_click_sends_one_topic(her, meeting, person):
    values = sent(meeting, person)
    answers = {her.post(CHECK, values)["Location"] for _ in range(3)}
    assert (len(answers), Topic.objects.count()) == (1, 1)


def test_newcomer_gives_a_name_and_is_registered_with_the_topic(client, meeting):
    login = make.resident_login()
    client.force_login(login)
    assert codes(client.post(NEW, sent(meeting))) == {"required"}
    client.post(CHECK, sent(meeting, name="新来的"))
    assert Topic.objects.get().raised_by == Resident.objects.get(login=login)


def test_somebody_one_may_not_act_for_is_refused(her, meeting, person):
    response = her.post(CHECK, sent(meeting, make.resident()))
    assert (response.status_code, codes(response), Topic.objects.count()) == (422, {"invalid_choice"}, 0)


def test_two_people_are_asked_who_raises_it(her, meeting, person):
    parent = make.mandate(agent=person.login, scope="all").principal
    values = sent(meeting)
    assert codes(her.post(NEW, values)) == {"required"}
    her.post(CHECK, sent(meeting, parent))
    assert Topic.objects.get().raised_by == parent


@pytest.mark.parametrize("url", [NEW, CHECK])
@pytest.mark.parametrize("text", ["", "   "])
def test_empty_text_is_refused(her, meeting, person, url, text):
    response = her.post(url, sent(meeting, person, text=text))
    assert (response.status_code, codes(response)) == (422, {"required"})


@pytest.mark.parametrize("url", [NEW, CHECK])
def test_after_the_call_the_text_is_kept_and_the_next_call_named(her, meeting, person, url, in_the_call):
    later = council.meeting(
        body=meeting.body,
        place=meeting.place,
        part=2,
        call_opens_at=council.CLOSES.replace(hour=20),
        call_closes_at=council.STARTS,
    )
    in_the_call.move_to(council.CLOSES)
    response = her.post(url, sent(meeting, person))
    assert (response.status_code, codes(response), Topic.objects.count()) == (422, {"call_closed"}, 0)
    assert "路灯不亮。" in response.text
    assert response.context["next_call"] == later


def test_unknown_meeting_is_refused(her, meeting, person):
    for slug in ("2020-01", "nonsense"):
        assert codes(her.post(CHECK, sent(meeting, person) | {"meeting": slug})) == {"call_closed"}


def test_without_a_call_it_is_sent_without_a_meeting(her, person):
    later = council.meeting(call_opens_at=council.CLOSES.replace(hour=8))
    response = her.get(NEW)
    assert (response.status_code, "<textarea" in response.text) == (200, True)
    said = sent(later, person) | {"meeting": ""}
    assert "路灯不亮。" in her.post(NEW, said).text
    assert her.post(CHECK, said).status_code == 302
    topic = Topic.objects.get()
    assert (topic.meeting, topic.body) == (None, later.body)
    assert her.get(f"/council/topics/{topic.receipt}/").status_code == 200


def test_sixth_topic_is_refused(her, meeting, person):
    for _ in range(5):
        her.post(CHECK, sent(meeting, person))
    assert codes(her.post(CHECK, sent(meeting, person))) == {"too_many"}


def test_receipt_of_another_household_is_not_found(her, meeting):
    other = council.topic(meeting=meeting)
    for receipt in (other.receipt, "SJ-2026-99999"):
        assert her.get(f"/council/topics/{receipt}/").status_code == 404


def test_receipt_is_not_there_for_staff(client, meeting):
    """The secretary reads it in the back office."""
    topic = council.topic(meeting=meeting)
    for user in (council.secretary(), council.secretary(community=make.community()), make.clerk()):
        client.force_login(user)
        assert client.get(topic.get_absolute_url()).status_code == 404


def test_answer_stands_on_the_receipt(her, meeting, person):
    topic = council.accepted(meeting=meeting, resident=person)
    actions.answer_topic(topic=topic, answer_zh="灯已经换了。", at=council.IN_CALL, by=council.secretary())
    assert "灯已经换了。" in her.get(topic.get_absolute_url()).text


def test_me_lists_what_ones_people_raised(her, meeting, person, queries_of):
    few = queries_of("/me/")
    mine = council.topic(meeting=meeting, resident=person)
    others = council.topic(meeting=meeting)
    text = her.get("/me/").text
    assert (mine.receipt in text, others.receipt in text) == (True, False)
    for _ in range(3):
        council.topic(meeting=meeting, resident=person)
    assert queries_of("/me/") == few + 0


@pytest.mark.parametrize("url", [NEW, CHECK, "/council/topics/SJ-2026-00001/"])
def test_wrong_verb_is_refused(her, meeting, url):
    assert her.delete(url).status_code == 405


def test_pages_take_few_queries(her, meeting, person, queries_of):
    topic = council.topic(meeting=meeting, resident=person)
    assert queries_of(NEW) <= 12
    assert queries_of(topic.get_absolute_url()) <= 12


def test_forged_person_is_noted(her, meeting, person):
    """The form offers nobody else; whoever gets past it meets the action, and the attempt is recorded."""
    mandate = make.mandate(agent=person.login, scope="all")
    values = sent(meeting, mandate.principal)
    mandate.principal.died_on = council.IN_CALL.date()
    mandate.principal.save()
    assert her.post(CHECK, values).status_code == 422
    assert not Record.objects.filter(verb="topic_received").exists()

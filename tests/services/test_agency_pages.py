"""Errands for residents: asked for from the item's page, followed and answered on one page."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.actions import revoke_mandate
from circle.models import Message, Record
from services import actions
from services.hooks.message_events import EVENTS
from services.hooks.progress import progress_of_booking
from services.hooks.waiting import waiting_bookings
from services.models import AgencyCase
from tests import make
from tests.services.test_agency_cases import PROMISES, Desk
from tests.services.test_agency_privacy import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

NOW = make.MORNING
TODAY = NOW.date()


@pytest.fixture
def grandma():
    make.rule("agency_promises", params=PROMISES)
    return make.own_resident(community=make.here(), phone="13912345678")


@pytest.fixture
def desk(grandma):
    return Desk(resident=grandma)


def url_of(case, name="case"):
    return f"/en/services/{name}/{case.code}/"


def say(client, case, verb, **said):
    return client.post(url_of(case), {"verb": verb, "read": AgencyCase.objects.get().revision} | said)


def test_from_the_sofa_to_the_handed_over_card_with_one_supplement_and_a_days_stop(client, grandma, html):
    """One journey: each step of the resident by the page, each step of the clerk by its action."""
    item = make.item(community=grandma.community, code="EL01", flow="agency", has_agency=True)
    ask = reverse("ask_errand", args=["EL01"])
    assert f'href="{ask}"' in client.get("/services/EL01/").text
    client.force_login(grandma.login)
    check = client.get(f"/en{ask}", follow=True)
    assert check.status_code == 200
    done = client.post(check.redirect_chain[-1][0], {"words": "腿脚不便"}, follow=True)
    case = AgencyCase.objects.get()
    assert (case.item, case.via, case.words) == (item, "online", "腿脚不便")
    assert "We do it for you." in html(done)
    assert say(client, case, "photo", photo=picture()).status_code == 302
    desk = Desk.__new__(Desk)
    desk.case, desk.clerk = case, make.clerk(community=grandma.community)
    desk.do("check_case", public="照片清楚，材料齐全")
    refused = say(client, case, "authorise", months="6")
    assert (refused.status_code, 'data-code="identity_not_seen"' in html(refused)) == (422, True)
    make.identity_seen(resident=grandma, by=desk.clerk)
    assert say(client, case, "authorise", months="6").status_code == 302
    desk.do("accept_case")
    desk.do("submit_case", receipt="云政受17")
    desk.do("stop_clock", kind="notice", starts_on=TODAY, ends_on=TODAY, reason="公示一天")
    desk.do("ask_supplement", missing="近期证件照两张")
    page = html(client.get(url_of(case)))
    assert "近期证件照两张" in page
    assert "Please hand in what is missing" in page
    assert say(client, case, "photo", photo=picture()).status_code == 302
    assert say(client, case, "supply").status_code == 302
    assert "We look at what you sent." in html(client.get(url_of(case)))
    desk.do("supply_papers", via="online")
    desk.do("approve_case", public="证已办好")
    page = html(client.get(url_of(case)))
    assert f'<strong class="code">{case.fetch_code}</strong>' in page
    desk.do("hand_over_result", delivery="delivered", handed_to="本人", proof=case.fetch_code)
    desk.do("close_case")
    page = html(client.get(url_of(case)))
    assert "Nothing is left to do." in page
    assert case.steps.filter(is_visit=True).count() == 0  # done without leaving home
    assert case.authorisation.revoked_at


def test_page_never_shows_what_colleagues_wrote(client, desk, html):
    desk.do("note_case", public="请耐心等待", inner="家属态度急")
    client.force_login(desk.case.resident.login)
    page = html(client.get(url_of(desk.case)))
    assert ["请耐心等待" in page, "家属态度急" in page] == [True, False]


def test_case_is_read_by_number_and_last_four_digits(client, desk, html):
    find = "/en/services/case/"
    assert client.get(url_of(desk.case)).url == f"{find}?code={desk.case.code}"
    wrong = client.post(find, {"code": desk.case.code, "tail": "0000"})
    assert (wrong.status_code, Record.objects.filter(verb="booking_found_refused").count()) == (422, 1)
    right = client.post(find, {"code": desk.case.code.lower(), "tail": "5678"})
    assert right.url == url_of(desk.case)
    page = html(client.get(right.url))
    assert "What is next" in page
    assert desk.case.resident.name not in page
    # Not the staff's sign-in, which knows no phone numbers.
    assert f'href="{reverse("account_request_login_code")}?next={url_of(desk.case)}"' in page
    refused = say(client, desk.case, "withdraw", reason="不办了")
    assert (refused.status_code, 'data-code="not_allowed"' in html(refused)) == (422, True)
    client.post(reverse("forget_case"))
    assert client.get(url_of(desk.case)).status_code == 302


def test_code_of_the_result_is_shown_to_its_person_alone(client, desk, html):
    desk.until("approved")
    client.post("/en/services/case/", {"code": desk.case.code, "tail": "5678"})
    assert 'class="code"' not in html(client.get(url_of(desk.case)))
    client.force_login(desk.case.resident.login)
    assert 'class="code"' in html(client.get(url_of(desk.case)))


def test_stranger_finds_nothing(client, desk):
    client.force_login(make.resident_login())
    assert client.get(url_of(desk.case)).status_code == 404
    client.force_login(desk.clerk)
    assert client.get(url_of(desk.case)).status_code == 404  # staff work in the back office


@pytest.mark.parametrize(
    ("verb", "said", "code"),
    [
        ("authorise", {}, "until_missing"),
        ("authorise", {"months": "6"}, "not_possible"),
        ("photo", {}, "photo_missing"),
        ("supply", {}, "not_possible"),
        ("withdraw", {}, "reason_missing"),
        ("fly", {}, "not_possible"),
        ("withdraw", {"reason": "不办了", "read": "99"}, "changed_meanwhile"),
    ],
)
def test_answer_is_refused_by_code(client, desk, html, verb, said, code):
    client.force_login(desk.case.resident.login)
    refused = say(client, desk.case, verb, **said)
    assert (refused.status_code, f'data-code="{code}"' in html(refused)) == (422, True)


def test_person_withdraws_it(client, desk):
    client.force_login(desk.case.resident.login)
    assert say(client, desk.case, "withdraw", reason="自己去办").status_code == 302
    desk.case.refresh_from_db()
    assert desk.case.status == "withdrawn"


def test_second_request_leads_to_the_first(client, desk, html):
    client.force_login(desk.case.resident.login)
    url = f"/en/services/{desk.case.item.code}/errands/check/?resident={desk.case.resident.code}"
    refused = client.post(url, {"words": ""})
    assert refused.status_code == 422
    assert url_of(desk.case) in html(refused)


def test_item_without_agency_offers_none(client, grandma):
    make.item(community=grandma.community, code="T9", flow="booking")
    client.force_login(grandma.login)
    assert client.get("/services/T9/errands/").status_code == 404
    assert client.get("/services/T9/errands/check/").status_code == 404


def test_newcomer_gives_a_name_first(client, grandma):
    make.item(community=grandma.community, code="T8", flow="agency")
    client.force_login(make.resident_login())
    page = client.get("/en/services/T8/errands/")
    assert (page.status_code, 'name="name"' in page.text) == (200, True)


def test_my_matters_say_what_waits_and_what_we_do(client, desk, html):
    user = desk.case.resident.login
    client.force_login(user)
    assert url_of(desk.case) in html(client.get("/en/me/"))
    assert waiting_bookings(user, NOW) == []
    desk.do("check_case")
    [row] = waiting_bookings(user, NOW)
    assert row.url.endswith(f"/services/case/{desk.case.code}/")
    assert row.due.date() > TODAY
    desk.until("closed")
    assert waiting_bookings(user, NOW) == []


def test_progress_box_knows_the_case(desk):
    found = progress_of_booking(desk.case.code)
    assert (str(found.title), found.phones[0]) == (desk.case.item.name, "13912345678")
    assert found.url.endswith(f"/services/case/?code={desk.case.code}")


def test_overdue_is_said_with_who_has_to_act(client, desk, html):
    old = make.agency_case(
        resident=desk.case.resident,
        item=make.item(community=desk.case.community, flow="agency"),
        at=NOW - dt.timedelta(days=9),
    )
    client.force_login(desk.case.resident.login)
    page = html(client.get(url_of(old)))
    assert "overdue" in page
    actions.check_case(case=old, at=NOW, by=desk.clerk)
    assert "overdue" not in html(client.get(url_of(old)))


def test_ended_authorisation_is_given_anew_on_the_page(client, desk, html):
    desk.until("accepted")
    client.force_login(desk.case.resident.login)
    assert 'value="authorise"' not in html(client.get(url_of(desk.case)))
    revoke_mandate(mandate=desk.case.authorisation, at=NOW, by=desk.clerk)
    page = html(client.get(url_of(desk.case)))
    assert "Please authorise us again." in page
    assert 'value="authorise"' in page
    assert say(client, desk.case, "authorise", months="3").status_code == 302
    desk.case.refresh_from_db()
    assert (desk.case.status, desk.case.is_authorised(TODAY)) == ("accepted", True)


def test_who_knows_number_and_digits_reads_no_names_of_who_acted(client, desk, html):
    desk.clerk.name = "柳絮飞"
    desk.clerk.save()
    client.force_login(desk.case.resident.login)
    assert say(client, desk.case, "photo", photo=picture()).status_code == 302
    desk.do("note_case", public="请耐心等待")
    assert "柳絮飞" in html(client.get(url_of(desk.case)))
    client.logout()
    client.post("/en/services/case/", {"code": desk.case.code, "tail": "5678"})
    page = html(client.get(url_of(desk.case)))
    assert ["请耐心等待" in page, "柳絮飞" in page] == [True, False]
    assert list(client.get(url_of(desk.case)).context["own_logins"]) == [desk.case.resident.login_id]


def test_page_takes_the_same_queries_however_much_happened(client, desk, django_assert_max_num_queries):
    client.force_login(desk.case.resident.login)
    client.get(url_of(desk.case))
    with django_assert_max_num_queries(60) as few:
        client.get(url_of(desk.case))
    for _n in range(4):
        desk.do("note_case", public="请耐心等待")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url_of(desk.case))


def test_page_says_the_days_of_the_rule(client, desk, html):
    client.force_login(desk.case.resident.login)
    assert "days after the case is over" not in html(client.get(url_of(desk.case)))
    make.rule("retention_case_photos", params={"days": 77})
    assert "They are deleted 77 days after the case is over." in html(client.get(url_of(desk.case)))


def test_promise_to_look_at_it_is_not_sent_once_it_was_looked_at(desk):
    asked = Message.objects.filter(event="case_requested")
    untrue = EVENTS["case_requested"].find_untrue
    assert untrue(list(asked), NOW) == set()
    desk.do("check_case")
    assert untrue(list(asked), NOW) == {row.pk for row in asked} != set()

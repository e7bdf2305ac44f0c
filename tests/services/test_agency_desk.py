"""Agency cases in the back office: boards, each action by its form, photographs, handing over."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from circle.actions import revoke_mandate
from circle.backoffice.row_actions import available_actions
from circle.models import Record
from services import actions
from services.backoffice.case_boards import case_queues, open_work
from services.backoffice.cases import CASE_ACTIONS
from services.models import AgencyCase, CasePaper, CaseStop
from tests import make
from tests.services.test_agency_cases import PROMISES, Desk
from tests.services.test_agency_privacy import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

NOW = make.MORNING
TODAY = NOW.date()
LIST = "/en/admin/services/agencycase/"


@pytest.fixture
def desk(staff_client_of):
    make.rule("agency_promises", params=PROMISES)
    desk = Desk()
    desk.client = staff_client_of(desk.clerk)
    return desk


@pytest.fixture
def staff_client_of(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def ask(desk, verb, /, **said):
    """By the form of this action; what the case is afterwards."""
    url = f"{LIST}{desk.case.pk}/act/{verb}/"
    assert desk.client.get(url).status_code == 200
    answer = desk.client.post(url, {"read": desk.case.revision} | said)
    desk.case.refresh_from_db()
    return answer


def test_each_action_is_done_by_its_form_from_the_first_look_to_the_end(desk, html):
    make.identity_seen(resident=desk.case.resident, by=desk.clerk)
    until = TODAY + dt.timedelta(days=90)
    second = make.clerk(community=desk.case.community)
    story = [
        ("note", {"inner": "电话没人接"}, "requested"),
        ("check", {"public": "材料看过了"}, "checked"),
        ("authorise", {"valid_until": until, "via": "window", "photo": picture()}, "authorised"),
        ("assign", {"handler": desk.clerk.pk, "substitute": second.pk}, "authorised"),
        ("accept", {}, "accepted"),
        ("supplement", {"missing": "照片两张"}, "supplement"),
        ("supply", {"via": "window"}, "accepted"),
        ("paper", {"name": "户口簿"}, "accepted"),
        ("submit", {"receipt": "云政受17"}, "submitted"),
        (
            "stop",
            {"kind": "notice", "starts_on": TODAY, "ends_on": TODAY, "reason": "公示一天"},
            "submitted",
        ),
        ("approve", {}, "approved"),
        (
            "hand_over",
            {"delivery": "fetched", "handed_to": "本人", "proof": desk.case.fetch_code},
            "handed_over",
        ),
    ]
    for name, said, status in story:
        answer = ask(desk, name, **said)
        assert (name, answer.status_code, desk.case.status) == (name, 302, status)
    refused = ask(desk, "close")
    assert (refused.status_code, 'data-code="holds_original"' in html(refused)) == (422, True)
    paper = CasePaper.objects.get()
    said = {"returned_to": "本人"}
    assert desk.client.post(f"{LIST}paper/{paper.pk}/return/", said).status_code == 302
    desk.case.refresh_from_db()
    assert ask(desk, "close").status_code == 302
    page = html(desk.client.get(f"{LIST}{desk.case.pk}/change/"))
    for words in ("电话没人接", "材料看过了", "照片两张", "公示一天", "户口簿", "the signed authorisation"):
        assert words in page
    assert {step for step, _said, _status in story} | {"close", "refuse", "withdraw", "ask_again"} == {
        action.name for action in CASE_ACTIONS
    }


def test_refusal_and_withdrawal_are_told_by_form(desk):
    desk.until("submitted")
    assert ask(desk, "refuse", reason="收入超标", remedy="可复议").status_code == 302
    assert desk.case.remedy == "可复议"
    other = Desk(resident=make.resident(community=desk.case.community))
    other.client = desk.client
    assert ask(other, "withdraw", reason="自己去办", via="phone").status_code == 302


def test_ended_authorisation_is_given_anew_on_paper(desk):
    desk.until("accepted")
    names = [action.name for action in available_actions(CASE_ACTIONS, desk.case, NOW)]
    assert "authorise" not in names
    revoke_mandate(mandate=desk.case.authorisation, at=NOW, by=desk.clerk)
    until = TODAY + dt.timedelta(days=90)
    assert ask(desk, "authorise", valid_until=until, via="window", photo=picture()).status_code == 302
    assert (desk.case.status, desk.case.is_authorised(TODAY)) == ("accepted", True)


def test_papers_sent_from_home_wait_on_a_board_and_are_confirmed_or_asked_for_again(desk):
    elder = make.own_resident(community=desk.case.community)
    desk.case = make.agency_case(resident=elder)

    def send():
        said = {"case": desk.case, "at": NOW, "by": elder.login}
        actions.add_case_photo(photo=picture(), via="online", **said)
        actions.send_papers(**said)
        desk.case.refresh_from_db()

    desk.do("ask_supplement", missing="户口簿；照片")
    send()
    waiting = [row.count for row in case_queues(desk.clerk) if row.url.endswith("board=sent")]
    assert waiting == [1]
    assert desk.client.get(f"{LIST}?board=sent").text.count(desk.case.code) > 0
    assert ask(desk, "ask_again", missing="照片看不清").status_code == 302
    assert desk.client.get(f"{LIST}?board=sent").text.count(desk.case.code) == 0
    send()
    assert ask(desk, "supply", via="online").status_code == 302
    assert (desk.case.status, desk.case.supplied_at) == ("requested", None)


def test_second_of_two_desks_reads_the_other_one_first(desk, html):
    read = desk.case.revision
    desk.do("note_case", inner="先打过电话")
    answer = ask(desk, "check", read=read)
    assert (answer.status_code, desk.case.status) == (422, "requested")
    assert 'data-code="changed_meanwhile"' in html(answer)
    assert ask(desk, "check", read=desk.case.revision).status_code == 302


def test_days_of_a_stop_are_corrected(desk):
    desk.until("submitted")
    stop = desk.do("stop_clock", kind="notice", starts_on=TODAY, ends_on=TODAY, reason="公示")
    url = f"{LIST}stop/{stop.pk}/correct/"
    days = {"starts_on": TODAY, "ends_on": TODAY + dt.timedelta(days=5), "reason": "公示六天"}
    assert desk.client.get(url).status_code == 200
    assert desk.client.post(url, days | {"ends_on": TODAY - dt.timedelta(days=9)}).status_code == 422
    assert desk.client.post(url, days).status_code == 302
    assert CaseStop.objects.in_force().get().ends_on == days["ends_on"]


def test_photos_are_opened_by_who_handles_the_case_and_the_director_alone(desk, client):
    row = actions.add_case_photo(case=desk.case, photo=picture(), via="phone", at=NOW, by=desk.clerk)
    url = f"{LIST}photo/{row.pk}/"
    assert client.get(url).status_code == 404  # a clerk who does not handle it
    desk.do("check_case")
    found = client.get(url)
    assert (found.status_code, found["Content-Type"]) == (200, "image/webp")
    assert "no-store" in found["Cache-Control"]
    client.force_login(make.post("director", community=desk.case.community).user)
    assert client.get(url).status_code == 200
    looks = Record.objects.filter(verb="data_read", details__page="case_photo")
    assert looks.count() == 2
    client.force_login(make.post("director", community=make.community()).user)
    assert client.get(url).status_code == 404


def test_directors_post_opens_no_photos_of_another_community(desk, client, html):
    """The same login is a clerk here and a director elsewhere."""
    row = actions.add_case_photo(case=desk.case, photo=picture(), via="phone", at=NOW, by=desk.clerk)
    desk.do("assign_case", handler=make.clerk(community=desk.case.community))
    make.post("director", community=make.community(), user=desk.clerk)
    client.force_login(desk.clerk)
    assert client.get(f"{LIST}photo/{row.pk}/").status_code == 404
    page = html(client.get(f"{LIST}{desk.case.pk}/change/"))
    assert "Only who handles the case and the director open them." in page


def test_boards_show_what_is_mine_late_and_held(desk):
    desk.do("assign_case", handler=desk.clerk)
    desk.do("receive_paper", name="户口簿")
    community = desk.case.community
    other, old = make.agency_case(resident=make.resident(community=community)), old_case(community)

    def listed(board):
        return set(desk.client.get(f"{LIST}?board={board}").context["cl"].result_list)

    assert listed("mine") == listed("papers") == {desk.case}
    assert listed("us") == {desk.case, other, old}
    assert listed("late") == {old}
    found = {queue.url.partition("?")[2]: queue for queue in case_queues(desk.clerk)}
    assert {name: queue.count for name, queue in found.items()} == {
        "status__exact=requested": 3,
        "board=sent": 0,
        "board=late": 1,
        "board=papers": 1,
    }
    assert found["board=late"].is_urgent


def old_case(community):
    """Asked for a week ago; nobody has looked at it."""
    return make.agency_case(resident=make.resident(community=community), at=NOW - dt.timedelta(days=7))


def test_queues_leave_other_communities_out(desk):
    outsider = make.clerk(community=make.community())
    assert [queue.count for queue in case_queues(outsider)] == [0, 0, 0, 0]
    assert case_queues(make.post("care_worker").user) == []


def test_colleague_takes_over_open_cases(desk):
    second, third = (make.clerk(community=desk.case.community) for _n in range(2))
    desk.do("assign_case", handler=desk.clerk, substitute=second)
    [mine] = open_work([desk.clerk.pk])
    assert (mine.key, mine.holder) == (f"case:{desk.case.pk}", desk.clerk.pk)
    mine.hand_over(to=third, at=NOW, by=desk.clerk)
    desk.case.refresh_from_db()
    assert (desk.case.handler, desk.case.substitute) == (third, second)
    [other] = open_work([second.pk])
    other.hand_over(to=third, at=NOW, by=desk.clerk)  # who handles it does not stand in as well
    desk.case.refresh_from_db()
    assert (desk.case.handler, desk.case.substitute) == (third, None)
    assert open_work([desk.clerk.pk, second.pk]) == []


def test_handing_over_overwrites_no_assignment_of_the_same_moment(desk):
    second, third = (make.clerk(community=desk.case.community) for _n in range(2))
    desk.do("assign_case", handler=desk.clerk)
    [mine] = open_work([desk.clerk.pk])
    assigned = []

    def assign_after_the_first_look(execute, *asked):
        found = execute(*asked)
        if not assigned:
            assigned.append(second)
            desk.do("assign_case", handler=second)
        return found

    with connection.execute_wrapper(assign_after_the_first_look), pytest.raises(ValidationError) as refusal:
        mine.hand_over(to=third, at=NOW, by=desk.clerk)
    assert refusal.value.code == "changed_meanwhile"
    desk.case.refresh_from_db()
    assert (assigned, desk.case.handler) == ([second], second)


def test_grid_worker_asks_at_the_door_and_sees_who_it_is(client):
    grid = make.grid(community=make.here())
    worker = make.post("grid_worker", community=grid.community, grid=grid).user
    person = make.resident(
        community=grid.community, building=make.building(community=grid.community, grid=grid)
    )
    item = make.item(community=grid.community, flow="agency")
    client.force_login(worker)
    query = f"?resident={person.code}"
    card = client.get(reverse("admin:circle_resident_card", args=[person.code]))
    assert f"agencycase/request/{query}" in card.content.decode()
    said = {"item": item.pk, "via": "door", "words": "出不了门"}
    assert client.post(f"{LIST}request/{query}", said).status_code == 302
    assert AgencyCase.objects.get().via == "door"
    assert client.post(f"{LIST}identity/{query}", {"paper": "id_card", "via": "door"}).status_code == 302
    assert person.identities_seen.get().seen_by == worker
    assert client.post(f"{LIST}request/{query}", said | {"via": "window"}).status_code == 422


def test_list_takes_the_same_queries_however_long_it_is(desk, django_assert_max_num_queries):
    desk.client.get(LIST)
    with django_assert_max_num_queries(25) as few:
        desk.client.get(LIST)
    for _n in range(4):
        make.agency_case(resident=make.resident(community=desk.case.community))
    with django_assert_max_num_queries(len(few)):
        desk.client.get(LIST)

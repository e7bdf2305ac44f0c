"""Agency cases: from the request to the handed-over result, each refusal by its code."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle.actions import report_death, revoke_mandate
from circle.models import Mandate, Message, Record
from services import actions
from services.hooks.schedule import find_violations
from services.models import AgencyCase, CasePaper, CaseStep, CaseStop
from services.models.case_clock import clock_of, clocks_of
from tests import make
from tests.services.test_agency_privacy import picture

pytestmark = pytest.mark.django_db

NOW = make.MORNING
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
PROMISES = {"check": 1, "authorise": 10, "accept": 1, "supply": 15, "forward": 2, "hand_over": 3, "close": 10}


class Desk:
    """A clerk with a case: each word of the story is an action."""

    def __init__(self, **values):
        self.case = make.agency_case(**values)
        self.clerk = make.clerk(community=self.case.community)

    def do(self, verb, /, at=NOW, **said):
        found = getattr(actions, verb)(case=self.case, at=at, by=self.clerk, **said)
        self.case.refresh_from_db()
        return found

    def until(self, status):
        """The straight way to this state."""
        way = {
            "checked": lambda: self.do("check_case"),
            "authorised": self.authorise,
            "accepted": lambda: self.do("accept_case"),
            "submitted": lambda: self.do("submit_case", receipt="云政受〔2026〕17"),
            "approved": lambda: self.do("approve_case"),
            "handed_over": lambda: self.do(
                "hand_over_result", delivery="fetched", handed_to="本人", proof=self.case.fetch_code
            ),
            "closed": lambda: self.do("close_case"),
        }
        for name, step in way.items():
            if self.case.status == status:
                return self
            if list(way).index(name) > order_of(self.case.status, list(way)):
                step()
        return self

    def authorise(self, **said):
        make.identity_seen(resident=self.case.resident, by=self.clerk)
        return self.do("authorise_case", **{"valid_until": TODAY + 90 * DAY, "via": "window"} | said)

    def refused(self, verb, /, **said):
        with pytest.raises(ValidationError) as refusal:
            self.do(verb, **said)
        return refusal.value.code


def order_of(status, names):
    return names.index(status) if status in names else -1


@pytest.fixture
def desk():
    make.rule("agency_promises", params=PROMISES)
    return Desk()


def test_case_goes_from_the_request_to_the_closed_file(desk):
    desk.until("closed")
    kinds = list(desk.case.steps.values_list("kind", flat=True))
    assert kinds == [
        "requested",
        "checked",
        "authorised",
        "accepted",
        "submitted",
        "approved",
        "handed_over",
        "closed",
    ]
    assert desk.case.handler == desk.clerk
    assert desk.case.steps.filter(is_visit=True).count() == 2  # signed at the window, fetched there
    mandate = desk.case.authorisation
    assert (mandate.scope, mandate.basis, mandate.agent) == ("agency", "paper", desk.clerk)
    assert mandate.revoked_at == NOW  # the authorisation ends with the case
    events = set(Message.objects.filter(resident=desk.case.resident).values_list("event", flat=True))
    assert events == {
        "case_requested",
        "case_checked",
        "case_submitted",
        "case_approved",
        "case_handed_over",
    }
    verbs = Record.objects.about(desk.case).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [f"case_{kind}" for kind in kinds]


def test_who_and_what_is_asked_for(desk, ours):
    item, person = desk.case.item, desk.case.resident
    other = make.item(community=item.community, flow="booking")
    paused = make.item(community=item.community, flow="agency", status="paused")
    foreign = make.resident(community=make.community())
    gone = make.resident(community=item.community, died_on=TODAY)
    stranger = make.resident_login()

    def refused(**values):
        said = {"item": item, "resident": person, "via": "phone", "at": NOW, "by": desk.clerk}
        with pytest.raises(ValidationError) as refusal:
            actions.request_case(**said | values)
        return refusal.value.code

    assert refused(item=other) == "no_agency"
    assert refused(item=paused) == "no_agency"
    assert refused(resident=foreign) == "other_community"
    assert refused(resident=gone) == "resident_gone"
    assert refused(by=stranger) == "not_allowed"
    assert refused(by=stranger, via="online") == "not_allowed"
    assert refused(by=desk.clerk, via="door") == "not_allowed"
    assert refused() == "already_requested"
    assert refused(resident=make.resident(community=item.community), words="长" * 301) == "reason_too_long"
    assert AgencyCase.objects.count() == 1


def test_relative_with_a_mandate_asks_online_and_cannot_authorise(desk):
    elder = make.own_resident(community=desk.case.community)
    daughter = make.mandate(principal=elder, scope="bookings").agent
    case = actions.request_case(
        item=desk.case.item, resident=elder, via="online", at=NOW, by=daughter, words="腿脚不便"
    )
    assert case.mandate.agent == daughter
    assert list(AgencyCase.objects.mine(daughter)) == [case]
    assert list(AgencyCase.objects.mine(elder.login)) == [case]
    desk.case = actions.check_case(case=case, at=NOW, by=desk.clerk)
    until = TODAY + DAY
    with pytest.raises(ValidationError) as refusal:
        actions.authorise_case(case=case, valid_until=until, via="online", at=NOW, by=daughter)
    assert refusal.value.code == "not_allowed"
    make.identity_seen(resident=elder)
    done = actions.authorise_case(case=case, valid_until=until, via="online", at=NOW, by=elder.login)
    assert (done.status, done.authorisation.basis) == ("authorised", "code")


def test_authorisation_does_not_let_the_clerk_act_online(desk):
    desk.until("authorised")
    person = desk.case.resident
    assert Mandate.objects.active().filter(agent=desk.clerk, principal=person).exists()
    assert person not in type(person).objects.represented_by(desk.clerk, "bookings")
    assert person not in type(person).objects.represented_by(desk.clerk)
    assert not AgencyCase.objects.mine(desk.clerk).exists()


def test_authorisation_is_refused_by_code(desk):
    said = {"valid_until": TODAY + DAY, "via": "window"}
    assert desk.refused("authorise_case", **said) == "not_possible"
    desk.do("check_case")
    assert desk.refused("authorise_case", **said) == "identity_not_seen"
    make.identity_seen(resident=desk.case.resident, by=desk.clerk)
    assert desk.refused("authorise_case", **said | {"valid_until": TODAY - DAY}) == "until_past"
    assert desk.refused("authorise_case", **said | {"valid_until": TODAY + 400 * DAY}) == "until_too_far"
    desk.authorise()
    assert desk.refused("authorise_case", **said) == "already_authorised"


def test_identity_is_seen_once_and_face_to_face(desk):
    person = desk.case.resident
    first = make.identity_seen(resident=person, by=desk.clerk)
    assert make.identity_seen(resident=person, paper="passport") == first
    assert Record.objects.about(first).count() == 1

    def refused(**said):
        with pytest.raises(ValidationError) as refusal:
            make.identity_seen(**{"resident": make.resident(community=person.community)} | said)
        return refusal.value.code

    assert refused(via="phone") == "not_face_to_face"
    assert refused(by=make.resident_login()) == "not_allowed"
    assert refused(resident=make.resident(died_on=TODAY)) == "resident_gone"


def test_expired_or_ended_authorisation_stops_the_case(desk):
    desk.do("check_case")
    desk.authorise(valid_until=TODAY + 2 * DAY)
    assert desk.refused("accept_case", at=NOW + 3 * DAY) == "authorisation_over"
    desk.do("accept_case")
    revoke_mandate(mandate=desk.case.authorisation, at=NOW, by=desk.clerk)
    assert desk.refused("submit_case", receipt="1") == "authorisation_over"
    assert desk.case.status == "accepted"


def test_ended_authorisation_is_given_anew_and_the_case_goes_on(desk):
    desk.do("check_case")
    desk.authorise(valid_until=TODAY + 2 * DAY)
    first, later = desk.case.authorisation, NOW + 3 * DAY
    said = {"via": "window", "at": later, "valid_until": later.date() + 90 * DAY}
    desk.do("authorise_case", **said)
    assert (desk.case.status, desk.case.authorisation != first) == ("authorised", True)
    assert desk.refused("authorise_case", **said) == "already_authorised"
    desk.do("accept_case", at=later)
    revoke_mandate(mandate=desk.case.authorisation, at=later, by=desk.clerk)
    desk.do("authorise_case", **said)
    assert desk.case.status == "accepted"
    assert desk.refused("authorise_case", **said) == "not_possible"
    assert desk.case.steps.filter(kind="authorised").count() == 3
    desk.do("submit_case", receipt="1", at=later)
    revoke_mandate(mandate=desk.case.authorisation, at=later, by=desk.clerk)
    assert desk.refused("authorise_case", **said) == "not_possible"  # the office has it now


def test_another_handler_does_not_act_on_an_authorisation_that_names_somebody_else(desk):
    second, third = (make.clerk(community=desk.case.community) for _n in range(2))
    desk.until("authorised")
    desk.do("assign_case", handler=second, substitute=desk.clerk)
    assert desk.case.is_authorised(TODAY)  # the one who is named stands in
    asked = Message.objects.filter(event="case_checked")
    before = asked.count()
    desk.do("assign_case", handler=second, substitute=third)
    assert desk.case.authorisation.revoked_at == NOW
    assert asked.count() == before + 1
    assert desk.refused("accept_case") == "authorisation_over"
    desk.authorise()
    assert desk.case.authorisation.agent == second
    desk.do("accept_case")
    AgencyCase.objects.filter(pk=desk.case.pk).update(handler=third, substitute=None)
    assert desk.refused("submit_case", receipt="1") == "authorisation_over"


def test_missing_papers_are_asked_for_once_in_each_state(desk):
    desk.until("accepted")
    desk.do("ask_supplement", missing="户口簿原件；近期证件照")
    assert (desk.case.status, desk.case.resumes) == ("supplement", "accepted")
    assert desk.refused("ask_supplement", missing="还有") == "already_supplement"
    assert desk.refused("submit_case", receipt="1") == "not_possible"
    desk.do("supply_papers", via="window", at=NOW + 3 * DAY)
    assert (desk.case.status, desk.case.resumes) == ("accepted", "")
    assert desk.refused("ask_supplement", missing="再补一张") == "already_asked"
    assert desk.case.status == "accepted"
    assert desk.refused("supply_papers", via="window") == "not_possible"
    stop = desk.case.stops.in_force().get()
    assert stop.span == (TODAY, TODAY + 3 * DAY)
    desk.until("submitted")
    desk.do("ask_supplement", missing="银行流水")  # the office asks, in a state of its own
    assert desk.refused("ask_supplement", missing=" ") == "reason_missing"


def test_papers_sent_online_go_on_only_when_staff_have_looked_at_them(desk):
    elder = make.own_resident(community=desk.case.community)
    desk.case = make.agency_case(resident=elder, item=desk.case.item)
    own = {"case": desk.case, "by": elder.login}

    def refused(**said):
        with pytest.raises(ValidationError) as refusal:
            actions.send_papers(**own | {"at": NOW + DAY} | said)
        return refusal.value.code

    def send_photo(at):
        actions.add_case_photo(photo=picture(), via="online", at=at, **own)

    send_photo(NOW - DAY)
    assert refused() == "not_possible"
    desk.until("submitted")
    desk.do("ask_supplement", missing="户口簿；照片")
    assert refused() == "photo_missing"  # the old one is none of those that we asked for
    assert refused(by=make.resident_login()) == "not_allowed"
    send_photo(NOW + DAY)
    actions.send_papers(at=NOW + DAY, **own)
    assert refused() == "already_sent"
    desk.case.refresh_from_db()
    assert (desk.case.status, clock_of(desk.case, TODAY).holder) == ("supplement", "us")
    assert desk.case.stops.in_force().get().ends_on is None
    desk.do("ask_again", missing="照片看不清", at=NOW + 2 * DAY)
    assert clock_of(desk.case, TODAY).holder == "resident"
    assert desk.refused("ask_again", missing="照片") == "not_possible"
    assert Message.objects.filter(event="case_supplement").count() == 2
    assert refused(at=NOW + 3 * DAY) == "photo_missing"
    send_photo(NOW + 3 * DAY)
    actions.send_papers(at=NOW + 3 * DAY, **own)
    desk.do("supply_papers", via="online", at=NOW + 5 * DAY)
    assert (desk.case.status, desk.case.supplied_at) == ("submitted", None)
    assert desk.case.stops.in_force().get().span == (TODAY, TODAY + 3 * DAY)
    assert clock_of(desk.case, TODAY).holder == "office"


def test_clock_says_who_has_to_act_and_until_when(desk):
    def said(at=TODAY):
        clock = clock_of(desk.case, at)
        return str(clock.holder.value), clock.due.on if clock.due else None

    assert said() == ("us", make.moment(1, 9).date())
    assert not clock_of(desk.case, TODAY + DAY).is_late(TODAY + DAY)
    assert clock_of(desk.case, TODAY + 2 * DAY).is_late(TODAY + 2 * DAY)
    desk.do("check_case")
    assert said()[0] == "resident"
    desk.until("submitted")
    assert said()[0] == "office"
    desk.until("closed")
    assert said() == ("nobody", None)


def test_clock_without_a_rule_has_only_the_limit_of_the_office():
    desk = Desk()
    assert clock_of(desk.case, TODAY).due is None
    desk.until("submitted")
    assert clock_of(desk.case, TODAY).due is not None


def test_stops_move_the_limit_and_may_be_corrected(desk):
    desk.until("submitted")
    before = clock_of(desk.case, TODAY).due.on
    stop = desk.do(
        "stop_clock", kind="notice", starts_on=TODAY + DAY, ends_on=TODAY + 7 * DAY, reason="公示七天"
    )
    stopped = clock_of(desk.case, TODAY).due.on
    assert stopped > before
    said = {"starts_on": TODAY + DAY, "reason": "公示延长", "at": NOW, "by": desk.clerk}
    open_end = actions.correct_stop(stop=stop, ends_on=None, **said)
    assert clock_of(desk.case, TODAY).due is None
    with pytest.raises(ValidationError) as refusal:
        actions.correct_stop(stop=stop, ends_on=TODAY + 9 * DAY, **said)
    assert refusal.value.code == "changed_meanwhile"
    void = actions.correct_stop(stop=open_end, ends_on=TODAY + 7 * DAY, is_void=True, **said)
    assert clock_of(desk.case, TODAY).due.on == before
    assert CaseStop.objects.filter(case=desk.case).count() == 3  # nothing is overwritten
    assert list(desk.case.stops.in_force()) == []
    assert void.replaces == open_end


def test_stop_is_refused_by_code(desk):
    said = {"kind": "notice", "starts_on": TODAY, "ends_on": TODAY + DAY, "reason": "公示"}
    assert desk.refused("stop_clock", **said) == "not_possible"
    desk.until("submitted")
    assert desk.refused("stop_clock", **said | {"ends_on": TODAY - DAY}) == "stop_inverted"
    assert desk.refused("stop_clock", **said | {"starts_on": TODAY - 3 * DAY}) == "stop_too_early"
    assert desk.refused("stop_clock", **said | {"reason": ""}) == "reason_missing"
    far = dt.date(2926, 1, 1)
    assert desk.refused("stop_clock", **said | {"ends_on": far}) == "stop_too_long"
    assert desk.refused("stop_clock", **said | {"starts_on": far, "ends_on": None}) == "stop_too_long"
    assert desk.refused("stop_clock", **said | {"kind": "supplement"}) == "not_possible"
    assert not CaseStop.objects.exists()


def test_mistyped_year_is_refused_in_a_correction_too(desk):
    """Far days would have made every page that counts the limit fail, for good."""
    desk.until("submitted")
    asked = desk.do("ask_supplement", missing="户口簿") and desk.case.stops.get()
    desk.do("supply_papers", via="window")
    stops = [
        asked.corrected_by,
        desk.do("stop_clock", kind="notice", starts_on=TODAY, ends_on=TODAY, reason="公示"),
    ]
    for stop in stops:
        said = {"stop": stop, "reason": "公示", "at": NOW, "by": desk.clerk}
        for first, last, code in [
            (TODAY, dt.date(9926, 1, 1), "stop_too_long"),
            (TODAY, TODAY + 732 * DAY, "stop_too_long"),
            (dt.date(26, 1, 1), TODAY, "stop_too_early"),
        ]:
            with pytest.raises(ValidationError) as refusal:
                actions.correct_stop(**said, starts_on=first, ends_on=last)
            assert refusal.value.code == code
        actions.correct_stop(**said, starts_on=TODAY, ends_on=TODAY + 731 * DAY)
    assert clock_of(desk.case, TODAY).due is not None


def test_office_decides_with_reason_and_remedy(desk):
    desk.until("submitted")
    assert desk.refused("refuse_case", reason="收入超标", remedy="") == "reason_missing"
    desk.do("refuse_case", reason="收入超标", remedy="六十日内可申请行政复议")
    assert (desk.case.status, desk.case.remedy) == ("refused", "六十日内可申请行政复议")
    assert desk.refused("approve_case") == "not_possible"
    assert desk.refused("withdraw_case", reason="算了", via="window") == "not_possible"
    desk.do("close_case")
    assert desk.case.status == "closed"


def test_result_is_handed_over_against_a_code_or_a_tracking_number(desk):
    desk.until("approved")
    fetched = {"delivery": "fetched", "handed_to": "本人", "proof": "222222"}
    assert desk.refused("hand_over_result", **fetched) == "code_wrong"
    assert desk.refused("hand_over_result", **fetched | {"handed_to": " "}) == "reason_missing"
    posted = {"delivery": "posted", "handed_to": "本人", "proof": ""}
    assert desk.refused("hand_over_result", **posted) == "reason_missing"
    desk.do("hand_over_result", **posted | {"proof": "EMS 1234"})
    assert (desk.case.delivery, desk.case.tracking) == ("posted", "EMS 1234")
    assert desk.refused("hand_over_result", **posted | {"proof": "2"}) == "already_handed_over"


def test_case_is_not_closed_while_we_hold_an_original(desk):
    desk.until("submitted")
    paper = desk.do("receive_paper", name="户口簿")
    desk.until("handed_over")
    assert desk.case.papers_held == 1
    assert desk.refused("close_case") == "holds_original"
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyCase.objects.filter(pk=desk.case.pk).update(status="closed")
    who = {"paper": paper, "at": NOW, "by": desk.clerk}
    actions.pass_paper(place="office", **who)
    desk.case.refresh_from_db()
    assert desk.refused("close_case") == "holds_original"  # the office has it, and we answer for it
    actions.return_paper(returned_to="本人", **who)
    with pytest.raises(ValidationError) as refusal:
        actions.return_paper(returned_to="本人", **who)
    assert refusal.value.code == "not_possible"
    with pytest.raises(ValidationError):
        actions.pass_paper(place="us", **who)
    desk.do("close_case")
    assert desk.refused("receive_paper", name="户口簿") == "not_possible"
    paper = CasePaper.objects.get()
    assert (paper.place, paper.held_by, paper.returned_to) == ("returned", None, "本人")
    assert list(find_violations()) == []


def test_withdrawn_case_ends_the_authorisation_and_its_papers_are_given_back(desk):
    desk.until("accepted")
    paper = desk.do("receive_paper", name="户口簿")
    stranger = make.resident_login()
    with pytest.raises(ValidationError) as refusal:
        actions.withdraw_case(case=desk.case, reason="算了", via="online", at=NOW, by=stranger)
    assert refusal.value.code == "not_allowed"
    desk.do("withdraw_case", reason="自己去办", via="phone")
    assert (desk.case.status, desk.case.authorisation.revoked_at) == ("withdrawn", NOW)
    assert desk.refused("withdraw_case", reason="x", via="phone") == "already_withdrawn"
    actions.return_paper(paper=paper, returned_to="女儿", at=NOW, by=desk.clerk)
    again = make.agency_case(resident=desk.case.resident, item=desk.case.item)
    assert again.status == "requested"


def test_second_of_two_editors_reads_what_the_first_one_did(desk):
    read = desk.case.revision
    desk.do("note_case", inner="电话没人接", read=read)
    assert desk.refused("check_case", read=read) == "changed_meanwhile"
    assert desk.refused("note_case", public="", inner=" ") == "reason_missing"
    desk.do("check_case", read=desk.case.revision)
    assert desk.case.status == "checked"


def test_handler_and_substitute_are_two_of_the_staff(desk):
    second = make.clerk(community=desk.case.community)
    outsider = make.clerk(community=make.community())
    assert desk.refused("assign_case", handler=outsider) == "not_on_staff"
    assert desk.refused("assign_case", handler=second, substitute=second) == "same_person"
    desk.do("assign_case", handler=second, substitute=desk.clerk)
    revision = desk.case.revision
    desk.do("assign_case", handler=second, substitute=desk.clerk)
    assert desk.case.revision == revision
    for who in (second, desk.clerk):
        assert list(AgencyCase.objects.held_by(who)) == [desk.case]
    desk.do("withdraw_case", reason="不办了", via="phone")
    assert desk.refused("assign_case", handler=desk.clerk) == "not_possible"


def test_death_withdraws_what_is_not_decided(desk):
    boss = make.director()
    report_death(resident=desk.case.resident, died_on=TODAY, at=NOW, by=boss)
    desk.case.refresh_from_db()
    assert desk.case.status == "withdrawn"


@pytest.mark.parametrize(
    "values",
    [
        {"status": "submitted"},
        {"status": "authorised"},
        {"status": "refused"},
        {"status": "withdrawn"},
        {"status": "supplement"},
        {"resumes": "accepted"},
        {"supplied_at": NOW},
        {"receipt": "1"},
        {"delivery": "posted", "handed_to": "本人"},
        {"handed_to": "本人"},
    ],
)
def test_half_a_case_is_refused_by_the_database(desk, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyCase.objects.filter(pk=desk.case.pk).update(**values)


def test_half_a_stop_a_paper_or_a_sighting_is_refused_by_the_database(desk):
    stop = {"case": desk.case, "kind": "notice", "starts_on": TODAY, "reason": "公示", "at": NOW}
    paper = desk.do("receive_paper", name="户口簿")
    seen = make.identity_seen(resident=desk.case.resident, by=desk.clerk)
    own = AgencyCase.objects.filter(pk=desk.case.pk)
    wrong = [
        lambda: CaseStop.objects.create(**stop | {"ends_on": TODAY - DAY}),
        lambda: CaseStop.objects.create(**stop | {"reason": ""}),
        lambda: CasePaper.objects.filter(pk=paper.pk).update(place="returned"),
        lambda: CasePaper.objects.filter(pk=paper.pk).update(name=""),
        lambda: type(seen).objects.filter(pk=seen.pk).update(via="phone"),
        lambda: own.update(handler=desk.clerk, substitute=desk.clerk),
    ]
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_steps_and_stops_are_append_only(desk):
    desk.until("submitted")
    stop = desk.do("stop_clock", kind="notice", starts_on=TODAY, ends_on=TODAY, reason="公示")
    changes = [
        lambda: CaseStep.objects.filter(case=desk.case).update(public_words="x"),
        lambda: CaseStep.objects.filter(case=desk.case).update(kind="noted"),
        lambda: CaseStep.objects.filter(case=desk.case).delete(),
        lambda: CaseStop.objects.filter(pk=stop.pk).update(ends_on=None),
        lambda: CaseStop.objects.filter(pk=stop.pk).delete(),
    ]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_clocks_of_many_cases_take_the_same_queries(desk, django_assert_num_queries):
    rows = [desk.case, *(make.agency_case(resident=make.resident()) for _n in range(4))]
    listed = AgencyCase.objects.select_related("item")
    with django_assert_num_queries(5):
        assert len(clocks_of(listed, TODAY)) == len(rows)

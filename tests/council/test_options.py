"""Counts between several options, and seats that must be represented."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.html import strip_tags

from council import actions
from council.actions import OptionCount
from council.hooks.schedule import invariants
from council.models import AnnulledResolution, Membership, Option, Resolution
from tests import make_council as council
from tests.council.desk import save, url
from tests.make_council import minutes_in, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def chosen(meeting, *votes: int, **values) -> Resolution:
    options = [OptionCount(f"方案{number}", count) for number, count in enumerate(votes, start=1)]
    hands = {"options": options, "yes": 0, "no": 0, "abstain": 0}
    return council.resolution(item=meeting.items.get(), **hands | values)


@pytest.mark.parametrize(
    ("votes", "figures"),
    [
        ((6, 2, 1), (6, 3, 5, "adopted")),
        ((2, 5, 2), (5, 4, 5, "adopted")),
        ((4, 3, 2), (4, 5, 5, "rejected")),
        ((4, 4, 0), (4, 4, 5, "rejected")),
    ],
)
def test_option_with_enough_votes_is_chosen(votes, figures):
    found = chosen(council.in_session(), *votes)
    assert (found.yes, found.no, found.needed, found.outcome) == figures
    assert list(found.options.values_list("votes", flat=True)) == list(votes)
    assert list(invariants()) == []


def test_tie_chooses_nothing_however_little_is_needed():
    body = council.body(pass_num=1, pass_den=3, pass_is_strict=False, seats=12)
    found = chosen(council.in_session(body=body), 4, 4, 1)
    assert (found.needed, found.outcome) == (5, "rejected")
    again = chosen(found.item.meeting, 4, 3, 1)
    assert (again.number, again.needed, again.outcome) == (found.number, 4, "adopted")
    assert Option.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"options": [OptionCount("甲", 5)]}, "options_few"),
        ({"options": [OptionCount("甲", 5), OptionCount(" ", 2)]}, "option_missing"),
        ({"options": [OptionCount("甲", 5), OptionCount("乙", -1)]}, "hands_wrong"),
        ({"yes": 5}, "options_or_hands"),
        ({"method": "recorded"}, "votes_missing"),
        ({"abstain": 5}, "too_many_hands"),
    ],
)
def test_options_that_cannot_be_are_refused(values, code):
    meeting = council.in_session()
    with pytest.raises(ValidationError) as refusal:
        chosen(meeting, 5, 2, **values)
    assert (refusal.value.code, Resolution.objects.count()) == (code, 0)


def by_name(meeting, *choices: str, **values) -> Resolution:
    seats = Membership.objects.filter(body=meeting.body).order_by("pk")
    votes = {seat.pk: choice for seat, choice in zip(seats, choices, strict=False)}
    return chosen(meeting, 0, 0, 0, method="recorded", votes=votes, **values)


def test_options_are_chosen_by_name():
    meeting = council.in_session()
    found = by_name(meeting, *"1112223", "abstain", "1")
    assert [option.votes for option in found.options.all()] == [4, 3, 1]
    assert (found.yes, found.no, found.abstain, found.second) == (4, 4, 1, 3)
    assert (found.needed, found.outcome) == (5, "rejected")
    found = by_name(meeting, *"111222111")
    assert (found.yes, found.outcome, list(invariants())) == (6, "adopted", [])
    Option.objects.filter(number=1).update(votes=5)
    Option.objects.filter(number=2).update(votes=4)
    Resolution.objects.update(yes=5, no=4)
    assert len(list(invariants())) == 1
    by_name(meeting, *"111222111")


@pytest.mark.parametrize("choice", ["4", "yes", "0"])
def test_vote_for_what_was_not_to_choose_is_refused(choice):
    with pytest.raises(ValidationError) as refusal:
        by_name(council.in_session(), "1", choice)
    assert (refusal.value.code, Resolution.objects.count()) == ("vote_unknown", 0)


def test_number_of_an_option_is_no_vote_where_there_are_none():
    meeting = council.in_session()
    votes = {Membership.objects.filter(body=meeting.body)[0].pk: "1"}
    code = refused(council.resolution, item=meeting.items.get(), method="recorded", votes=votes)
    assert code == "vote_unknown"


def test_secretary_puts_down_options_by_name(client, secretary, clock):
    meeting = council.in_session()
    clock.move_to(council.HALF_PAST)
    client.force_login(secretary)
    address = url("meeting_result", meeting.pk, meeting.items.get().pk)
    seats = Membership.objects.filter(body=meeting.body).order_by("pk")[:9]
    sent = {"text_zh": "选一种。", "method": "recorded", "option_zh_2": "甲", "option_zh_5": "乙"}
    sent |= {f"vote_{seat.pk}": "2" for seat in seats[:6]} | {f"vote_{seat.pk}": "5" for seat in seats[6:]}
    assert save(client, address, sent).status_code == 302
    found = Resolution.objects.get()
    assert (found.yes, found.no, found.outcome) == (6, 3, "adopted")
    shown = client.get(address).context["form"]
    assert (shown[f"vote_{seats[8].pk}"].value(), shown["option_votes_1"].value()) == ("2", 6)


def test_roll_that_changes_counts_the_options_anew():
    meeting = council.in_session(members=12, present=9)
    chosen(meeting, 5, 3)
    left = [actions.Mark(council.marked(meeting, 9)[8].membership, "absent")]
    values = {"meeting": meeting, "marks": left, "at": council.ENDS, "by": council.secretary()}
    actions.record_attendance(**values)
    found = Resolution.objects.get()
    assert (found.present, found.needed, found.outcome) == (8, 5, "adopted")


def test_minutes_say_the_options_and_an_annulled_count_has_them(client):
    meeting = council.in_session()
    chosen(meeting, 6, 2)
    item = meeting.items.get()
    actions.annul_resolution(item=item, reason="念错", at=council.ENDS, by=council.secretary())
    assert [each["votes"] for each in AnnulledResolution.objects.get().decision.options] == [6, 2]
    chosen(meeting, 5, 3)
    held = actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary())
    minutes = council.published(meeting=held)
    said = [{"zh": "方案1", "en": "", "votes": 5}, {"zh": "方案2", "en": "", "votes": 3}]
    assert minutes.sheet.points[0].resolution.options == said
    page = strip_tags(client.get(meeting.get_absolute_url()).text)
    assert "方案1: 5" in page
    assert "方案2: 3" in page


def test_secretary_puts_down_options(client, secretary, clock):
    meeting = council.in_session()
    clock.move_to(council.HALF_PAST)
    client.force_login(secretary)
    address = url("meeting_result", meeting.pk, meeting.items.get().pk)
    sent = {"text_zh": "选方案甲。", "abstain": 1, "option_zh_1": "甲", "option_votes_1": 6}
    page = save(client, address, sent)
    assert (page.status_code, page.context["form"].has_error("__all__", "options_few")) == (422, True)
    sent |= {"option_zh_2": "乙", "option_votes_2": 2}
    assert save(client, address, sent).status_code == 302
    assert list(Option.objects.values_list("text_zh", "votes")) == [("甲", 6), ("乙", 2)]
    shown = client.get(address).context["form"]
    assert (shown["option_votes_2"].value(), shown["yes"].value()) == (2, None)


def test_figures_that_are_not_those_of_the_options_are_found():
    chosen(council.in_session(), 6, 2)
    Option.objects.filter(number=2).update(votes=3)
    assert [fault for fault in invariants() if "options" in fault] != []
    Option.objects.filter(number=2).update(votes=2)


def test_database_knows_an_option_once():
    found = chosen(council.in_session(), 6, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Option.objects.create(resolution=found, number=2, text_zh="丙", votes=1)


# Seats that must be represented -----------------------------------------------------------------------------

SEATS = ["committee", "owners", "property"]


def joint_session(came: list[str], **values):
    """Nine of twelve are there: of each seat that must be represented one member, if it came."""
    body = council.committee(seats=12, seats_represented=SEATS, **values)
    meeting = council.calling(body=body)
    for kind in ("report", "deliberation", "decision"):
        council.item(meeting=meeting, kind=kind)
    meeting = actions.publish_agenda(meeting=meeting, at=council.NOTICED, by=council.secretary())
    held = [council.seat(body=body, seat=seat) for seat in SEATS]
    others = council.seats(9, body=body)
    there = [seat.pk for seat in held if seat.seat in came] + [seat.pk for seat in others]
    marks = [actions.Mark(seat.pk, "present" if seat.pk in there else "absent") for seat in held + others]
    by = council.secretary()
    actions.record_attendance(meeting=meeting, marks=marks, at=council.STARTS, by=by)
    return actions.open_session(meeting=meeting, at=council.STARTS, by=by)


def test_scenario_21_without_the_property_manager_only_reports_are_heard(client):
    meeting = joint_session(["committee", "owners"])
    report, talk, decision = meeting.items.order_by("number")
    assert actions.note_item(item=report, at=council.HALF_PAST, by=council.secretary()).status == "noted"
    sent = {"item": talk, "at": council.HALF_PAST, "by": council.secretary()}
    assert refused(actions.note_item, **sent) == "not_represented"
    assert refused(council.resolution, item=decision) == "not_represented"
    assert not Resolution.objects.exists()
    client.force_login(council.secretary())
    assert "物业" in client.get(url("meeting_roll", meeting.pk)).text
    for item in (talk, decision):
        actions.defer_item(item=item, at=council.HALF_PAST, by=council.secretary())


def test_represented_meeting_decides_and_its_roll_cannot_take_the_seat_away():
    meeting = joint_session(SEATS)
    decision = meeting.items.get(kind="decision")
    assert council.resolution(item=decision).rule["represented"] == SEATS
    manager = Membership.objects.get(seat="property")
    sent = {"meeting": meeting, "at": council.ENDS, "by": council.secretary()}
    left = [actions.Mark(manager.pk, "present", left_at=minutes_in(15))]
    assert refused(actions.record_attendance, marks=left, **sent) == "not_represented"
    later = [actions.Mark(manager.pk, "present", left_at=minutes_in(45))]
    actions.record_attendance(marks=later, **sent)
    talk = meeting.items.get(kind="deliberation")
    assert actions.note_item(item=talk, at=council.ENDS, by=council.secretary()).status == "noted"


def test_rule_names_only_seats_with_a_vote():
    rule = council.body().rules.get()
    for seats in (["observer"], ["nobody"], "property", {"property": 1}):
        rule.seats_represented = seats
        with pytest.raises(ValidationError) as refusal:
            rule.full_clean()
        assert refusal.value.error_dict["seats_represented"][0].code == "seat_unknown"

"""How a count is taken: hands, a recorded vote by name, secret slips with their tellers."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from circle.models import Record
from council import actions
from council.models import AnnulledResolution, Membership, Resolution, Vote
from council.models.differences import count_sentence
from tests import make_council as council
from tests.council.desk import save, url
from tests.make_council import minutes_in, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def seats_of(meeting) -> list[Membership]:
    return list(Membership.objects.filter(body=meeting.body).order_by("pk"))


def slips(meeting, **values):
    counted_by, watched_by = seats_of(meeting)[:2]
    said = {"method": "secret", "yes": 6, "no": 2, "abstain": 0, "invalid": 1}
    tellers = {"counted_by": counted_by, "watched_by": watched_by}
    return council.resolution(item=meeting.items.get(), **said | tellers | values)


def by_name(meeting, yes=6, no=2, abstain=1, **values):
    ballot = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain
    votes = {seat.pk: choice for seat, choice in zip(seats_of(meeting), ballot, strict=False)}
    said = {"method": "recorded", "votes": votes, "yes": 0, "no": 0, "abstain": 0}
    return council.resolution(item=meeting.items.get(), **said | values)


# Slips ------------------------------------------------------------------------------------------------------


def test_secret_slips_are_counted_with_the_invalid_ones_and_nobody_is_named():
    meeting = council.in_session()
    found = slips(meeting)
    assert (found.method, found.invalid, found.outcome, found.needed) == ("secret", 1, "adopted", 5)
    assert not Vote.objects.exists()
    assert refused(slips, meeting=meeting, invalid=2) == "too_many_hands"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"counted_by": None}, "tellers_missing"),
        ({"watched_by": None}, "tellers_missing"),
        ({"invalid": -1}, "hands_wrong"),
        ({"votes": {1: "yes"}}, "votes_not_secret"),
    ],
)
def test_slips_that_cannot_be_are_refused(values, code):
    assert refused(slips, meeting=council.in_session(), **values) == code


def test_tellers_are_two_and_were_there():
    meeting = council.in_session(members=12, present=9)
    first, absent = seats_of(meeting)[0], seats_of(meeting)[11]
    assert refused(slips, meeting=meeting, counted_by=first, watched_by=first) == "tellers_missing"
    assert refused(slips, meeting=meeting, watched_by=absent) == "teller_absent"
    stranger = council.seat(body=council.committee())
    assert refused(slips, meeting=meeting, watched_by=stranger) == "teller_absent"


def test_hands_are_never_invalid():
    meeting = council.in_session()
    code = refused(council.resolution, item=meeting.items.get(), yes=5, no=2, abstain=1, invalid=1)
    assert code == "invalid_hands"


# By name ----------------------------------------------------------------------------------------------------


def test_recorded_votes_are_the_figures():
    meeting = council.in_session()
    found = by_name(meeting)
    assert (found.yes, found.no, found.abstain, found.outcome) == (6, 2, 1, "adopted")
    assert Vote.objects.filter(resolution=found, choice="yes").count() == 6
    again = by_name(meeting, yes=2, no=7, abstain=0)
    assert (again.number, again.yes, again.outcome) == (found.number, 2, "rejected")
    assert Vote.objects.count() == 9


def test_vote_of_an_observer_a_former_member_or_an_absentee_is_refused():
    meeting = council.calling()
    observer = council.seat(body=meeting.body, seat="observer", is_voting=False)
    meeting = council.in_session(meeting=meeting, members=12, present=11)
    absent = seats_of(meeting)[-1]
    former = council.seat(body=meeting.body, ends_on=council.STARTS.date().replace(day=25))
    actions.record_attendance(
        meeting=meeting,
        marks=[actions.Mark(observer.pk, "present")],
        at=council.HALF_PAST,
        by=council.secretary(),
    )
    for seat in (observer, former, absent):
        values = {"item": meeting.items.get(), "method": "recorded", "votes": {seat.pk: "yes"}}
        assert refused(council.resolution, **values) == "not_entitled"
    assert not Resolution.objects.exists()


def test_vote_of_who_lost_their_seat_since_the_page_was_shown_is_refused_in_words(client, secretary, clock):
    """Only where the page was really shown with them; for a request by hand see scenario 3."""
    meeting = council.noticed()
    seats = council.seats(9, body=meeting.body)
    marks = [actions.Mark(seat.pk, "present") for seat in seats[1:]]
    clock.move_to(council.STARTS)
    client.force_login(secretary)
    address = url("meeting_result", meeting.pk, meeting.items.get().pk)
    shown = client.get(address).context["form"]["shown"].initial
    type(seats[0]).objects.filter(pk=seats[0].pk).update(ends_on=council.STARTS.date().replace(day=25))
    actions.record_attendance(meeting=meeting, marks=marks, at=council.STARTS, by=secretary)
    actions.open_session(meeting=meeting, at=council.STARTS, by=secretary)
    clock.move_to(council.HALF_PAST)
    sent = {"text_zh": "同意。", "method": "recorded"} | {f"vote_{seat.pk}": "yes" for seat in seats}
    page = save(client, address, sent | {"shown": shown})
    assert (page.status_code, page.context["form"].has_error("__all__", "not_entitled")) == (422, True)
    assert "同意。" in page.text
    assert Record.objects.get(verb="resolution_recorded_refused").details == {"code": "not_entitled"}
    other = council.seat(body=council.committee())
    strange = sent | {f"vote_{other.pk}": "yes", "shown": shown}
    for wrong in (sent, sent | {"shown": f"{shown}x"}, strange):
        assert save(client, address, wrong).status_code == 403
    assert not Resolution.objects.exists()
    again = page.context["form"]["shown"].initial
    assert save(client, address, sent | {f"vote_{seats[0].pk}": "", "shown": again}).status_code == 302
    assert Resolution.objects.get().yes == 8


@pytest.mark.parametrize("votes", [{}, None])
def test_recorded_vote_without_votes_is_refused(votes):
    assert refused(by_name, meeting=council.in_session(), votes=votes) == "votes_missing"


def test_roll_cannot_take_away_who_voted_by_name():
    meeting = council.in_session(members=12, present=9)
    by_name(meeting)
    seats = seats_of(meeting)
    swapped = [actions.Mark(seats[0].pk, "absent"), actions.Mark(seats[9].pk, "present")]
    values = {"meeting": meeting, "marks": swapped, "at": council.ENDS, "by": council.secretary()}
    assert refused(actions.record_attendance, **values) == "not_entitled"
    left = [actions.Mark(seats[0].pk, "present", left_at=minutes_in(60))]
    actions.record_attendance(**values | {"marks": left})


def test_annulled_votes_by_name_stay_on_record():
    meeting = council.in_session()
    found = by_name(meeting)
    actions.annul_resolution(item=found.item, reason="念错", at=council.ENDS, by=council.secretary())
    annulled = AnnulledResolution.objects.get()
    assert (annulled.decision.method, annulled.decision.yes) == ("recorded", 6)
    assert annulled.content["votes"][str(seats_of(meeting)[0].pk)] == "yes"
    assert not Vote.objects.exists()


def test_count_put_down_anew_as_hands_forgets_the_votes_by_name():
    meeting = council.in_session()
    by_name(meeting)
    council.resolution(item=meeting.items.get())
    assert not Vote.objects.exists()


# The database -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [{"invalid": 1}, {"method": "secret"}, {"invalid": 2}, {"watched_by": None}],
)
def test_database_refuses_a_count_that_contradicts_its_method(values):
    meeting = council.in_session()
    if values in ({"invalid": 2}, {"watched_by": None}):
        slips(meeting)
    else:
        council.resolution(item=meeting.items.get())
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.update(**values)


def test_database_knows_one_vote_of_a_seat():
    found = by_name(council.in_session())
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(resolution=found, membership=found.votes.first().membership, choice="no")


# Minutes and pages ------------------------------------------------------------------------------------------


def test_minutes_say_how_it_was_counted_and_name_nobody(client):
    meeting = council.in_session()
    found = slips(meeting)
    actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary())
    minutes = council.published(meeting=meeting)
    decision = minutes.sheet.points[0].resolution
    assert (decision.method, decision.invalid) == ("secret", 1)
    assert "无记名" in count_sentence(decision)
    page = client.get(meeting.get_absolute_url()).text
    assert "无记名" in page
    assert found.counted_by.resident.name not in page


def test_secretary_puts_down_slips(client, secretary, clock):
    meeting = council.in_session()
    clock.move_to(council.HALF_PAST)
    client.force_login(secretary)
    first, second = seats_of(meeting)[:2]
    sent = {"text_zh": "同意。", "method": "secret", "yes": 6, "no": 2, "abstain": 0, "invalid": 1}
    address = url("meeting_result", meeting.pk, meeting.items.get().pk)
    page = save(client, address, sent)
    assert (page.status_code, page.context["form"].has_error("__all__", "tellers_missing")) == (422, True)
    assert save(client, address, sent | {"counted_by": first.pk, "watched_by": second.pk}).status_code == 302
    found = Resolution.objects.get()
    assert (found.method, found.counted_by, found.watched_by) == ("secret", first, second)
    shown = client.get(address).context["form"]
    assert (shown["method"].value(), shown["counted_by"].value()) == ("secret", first.pk)


def test_secretary_puts_down_votes_by_name_and_a_wrong_one_is_recorded(client, secretary, clock):
    meeting = council.in_session(members=12, present=9)
    clock.move_to(council.HALF_PAST)
    client.force_login(secretary)
    seats = seats_of(meeting)
    address = url("meeting_result", meeting.pk, meeting.items.get().pk)
    votes = {f"vote_{seat.pk}": "yes" for seat in seats[:9]}
    wrong = {"text_zh": "同意。", "method": "recorded"} | votes | {f"vote_{seats[10].pk}": "yes"}
    page = save(client, address, wrong)
    assert (page.status_code, page.context["form"].has_error("__all__", "not_entitled")) == (422, True)
    assert Record.objects.get(verb="resolution_recorded_refused").details == {"code": "not_entitled"}
    wrong[f"vote_{seats[10].pk}"] = ""
    assert save(client, address, wrong).status_code == 302
    assert Resolution.objects.get().yes == 9
    assert client.get(address).context["form"][f"vote_{seats[0].pk}"].value() == "yes"


def test_hands_without_a_number_are_asked_for(client, secretary, clock):
    meeting = council.in_session()
    clock.move_to(council.HALF_PAST)
    client.force_login(secretary)
    address = url("meeting_result", meeting.pk, meeting.items.get().pk)
    page = save(client, address, {"text_zh": "同意。", "yes": 6, "no": ""})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"no", "abstain"}


def test_choices_are_said_in_chinese():
    with translation.override("zh-hans"):
        assert [str(label) for label in Vote.Choice.labels] == ["赞成", "反对", "弃权"]

"""What was decided stays decided: a past meeting is counted by its own rule and its own roll."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from council import actions
from council.models import Body, BodyRule, Membership, Resolution, roll_of
from tests import make
from tests import make_council as council
from tests.council.desk import url
from tests.make_council import refused

pytestmark = pytest.mark.django_db
AT = council.AFTER
STRICTER = {"pass_num": 3, "pass_den": 4, "quorum_num": 1, "quorum_den": 1}


def decision() -> tuple:
    found = Resolution.objects.get()
    return (found.entitled, found.present, found.quorum, found.needed, found.rule, found.outcome)


def save_roll_unchanged(meeting) -> None:
    """As the form does: every seat with the mark that it has."""
    rows = meeting.roll.order_by("membership")
    marks = [actions.Mark(row.membership_id, row.status, row.arrived_at, row.left_at) for row in rows]
    actions.record_attendance(meeting=meeting, marks=marks, at=AT, by=council.secretary())


def begin_correction(published):
    return actions.correct_minutes(published=published, reason="错别字", at=AT, by=council.secretary())


def test_new_rule_leaves_what_was_decided():
    published = council.published()
    before = decision()
    council.change_rule(published.meeting.body, **STRICTER)
    second = begin_correction(published)
    save_roll_unchanged(published.meeting)
    council.written(second)
    assert decision() == before
    assert (second.sheet.roll, second.sheet.points[0].resolution) == (
        published.sheet.roll,
        published.sheet.points[0].resolution,
    )


def test_count_mended_in_a_correction_is_counted_by_the_rule_of_the_meeting():
    published = council.published()
    council.change_rule(published.meeting.body, **STRICTER)
    begin_correction(published)
    again = council.resolution(item=published.meeting.items.get(), yes=5, no=3, abstain=1, at=AT)
    assert (again.needed, again.outcome) == (5, "adopted")


def test_notice_fixes_the_rule_of_the_meeting():
    meeting = council.noticed()
    council.change_rule(meeting.body, **STRICTER)
    council.seats(12, body=meeting.body)
    by = council.secretary()
    marks = council.marked(meeting, 9)
    actions.record_attendance(meeting=meeting, marks=marks, at=council.STARTS, by=by)
    assert actions.open_session(meeting=meeting, at=council.STARTS, by=by).status == "in_session"


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": dt.date(2026, 11, 1)},
        {"is_voting": False, "seat": "observer"},
        {"starts_on": dt.date(2026, 12, 1)},
    ],
)
def test_seat_changed_afterwards_leaves_the_roll_of_the_meeting(change):
    published = council.published()
    before, roll = decision(), published.sheet.roll
    Membership.objects.filter(pk=Membership.objects.earliest("pk").pk).update(**change)
    second = begin_correction(published)
    save_roll_unchanged(published.meeting)
    council.written(second)
    assert (decision(), second.sheet.roll) == (before, roll)


def test_seat_given_afterwards_for_that_day_is_not_on_the_roll():
    published = council.published()
    late = council.seat(body=published.meeting.body)
    begin_correction(published)
    marks = [actions.Mark(late.pk, "present")]
    by = council.secretary()
    code = refused(actions.record_attendance, meeting=published.meeting, marks=marks, at=AT, by=by)
    assert (code, roll_of(published.meeting, council.STARTS).entitled) == ("unknown_seat", 12)


def test_opening_puts_every_seat_on_the_roll():
    meeting = council.noticed()
    council.seats(4, body=meeting.body)
    by = council.secretary()
    marks = council.marked(meeting, 3)[:3]
    actions.record_attendance(meeting=meeting, marks=marks, at=council.STARTS, by=by)
    actions.open_session(meeting=meeting, at=council.STARTS, by=by)
    assert list(meeting.roll.order_by("pk").values_list("status", flat=True)) == ["present"] * 3 + ["absent"]


def test_names_changed_afterwards_leave_the_head_of_the_minutes():
    published = council.published()
    Body.objects.update(name_zh="新名称")
    published.meeting.place.__class__.objects.update(name_zh="新会场")
    second = begin_correction(published)
    council.written(second)
    assert (second.sheet.body, second.sheet.place) == (published.sheet.body, published.sheet.place)


# What is no decision ----------------------------------------------------------------------------------------


def test_body_without_voting_members_does_not_open():
    meeting = council.noticed()
    council.seat(body=meeting.body, seat="observer", is_voting=False)
    by = council.secretary()
    assert refused(actions.open_session, meeting=meeting, at=council.STARTS, by=by) == "no_quorum"


def test_nothing_is_adopted_without_a_hand_for_it():
    rule = {"pass_base": "cast", "pass_is_strict": False}
    meeting = council.in_session(body=council.body(**rule))
    found = council.resolution(item=meeting.items.get(), yes=0, no=0, abstain=9)
    assert (found.needed, found.outcome) == (1, "rejected")


# At the desk ------------------------------------------------------------------------------------------------


def rule_sent(**values) -> dict:
    sent = {"valid_from": "2027-01-01", "seats": 12, "quorum_num": 2, "quorum_den": 3}
    sent |= {"quorum_base": "members", "pass_num": 1, "pass_den": 2, "pass_base": "present"}
    sent |= {"notice_days": 3, "posting_days": 7, "objection_days": 3, "minutes_days": 14, "review_days": 0}
    return {f"rules-0-{name}": value for name, value in (sent | values).items()}


def body_sent(body, count: int, **values) -> dict:
    names = ("kind", "code", "name_zh", "name_en", "sign", "visibility")
    sent = {name: getattr(body, name) for name in names} | {"community": body.community_id}
    return sent | {"rules-TOTAL_FORMS": count, "rules-INITIAL_FORMS": 0} | values


def test_new_rule_is_added_beside_the_one_of_before(director_client):
    body = council.body()
    address = url("body_change", body.pk)
    assert "rules-0-seats" not in director_client.get(address).text
    response = director_client.post(address, body_sent(body, 1, **rule_sent(pass_num=3, pass_den=4)))
    assert response.status_code == 302
    assert [rule.to_pass.num for rule in body.rules.order_by("pk")] == [1, 3]
    wrong = body_sent(body, 1, **rule_sent(pass_num=5, pass_den=4))
    assert director_client.post(address, wrong).status_code == 200
    assert body.rules.count() == 2


@pytest.mark.parametrize(("review", "refused_there"), [(13, False), (14, True), (20, True)])
def test_review_ends_before_the_minutes_have_to_be_public(director_client, review, refused_there):
    body = council.body()
    sent = body_sent(body, 1, **rule_sent(review_days=review))
    answer = director_client.post(url("body_change", body.pk), sent)
    if not refused_there:
        assert (answer.status_code, body.rules.latest("pk").review_days) == (302, review)
        return
    errors = answer.context["inline_admin_formsets"][0].formset.forms[0].errors.as_data()
    assert [error.code for error in errors["__all__"]] == ["review_too_long"]
    with pytest.raises(IntegrityError), transaction.atomic():
        council.change_rule(body, review_days=review)
    assert body.rules.count() == 1


def test_without_a_fixed_review_the_minutes_may_be_due_at_once():
    assert council.body(minutes_days=0).rules.get().review_days == 0


def test_rule_is_never_changed_in_the_database():
    rule = council.body().rules.get()
    for act in (rule.save, rule.delete, lambda: BodyRule.objects.update(pass_num=2)):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


def test_meeting_without_a_rule_gets_no_notice():
    meeting = council.item().meeting
    later = council.body(community=make.community(), valid_from=council.ENDS.date() + dt.timedelta(days=1))
    other = council.item(meeting=council.calling(body=later)).meeting
    by = council.secretary()
    assert refused(actions.publish_agenda, meeting=other, at=council.NOTICED, by=by) == "rule_missing"
    with pytest.raises(IntegrityError), transaction.atomic():
        type(meeting).objects.update(status="noticed")

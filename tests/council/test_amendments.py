"""Minutes in review: who was there is named in the head, and asks for other words on what they heard."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from circle.models import Message, Record, Resident
from circle.notifications.texts import text_of
from council import actions
from council.actions.sheets import compose_sheet
from council.hooks.message_events import EVENTS
from council.models import Amendment, Body, Membership, MinutesVersion
from tests import make
from tests import make_council as council
from tests.council.desk import approve, code_of, url
from tests.make_council import minutes_in, refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def in_review(submitted=council.AFTER, **values):
    """Items decided after 20, 40 and 60 minutes; nine of twelve there, the first left after 50."""
    meeting = council.in_session(items=3, **values)
    for number, item in enumerate(meeting.items.order_by("number"), start=1):
        council.resolution(item=item, at=minutes_in(20 * number), yes=6, no=1, abstain=1)
    left = actions.Mark(seats_of(meeting)[0].pk, "present", left_at=minutes_in(50))
    by = council.secretary()
    actions.record_attendance(meeting=meeting, marks=[left], at=council.ENDS, by=by)
    held = actions.end_session(meeting=meeting, at=council.ENDS, by=by)
    minutes = council.draft(meeting=held)
    return actions.submit_minutes(minutes=minutes, at=submitted, by=by)


def seats_of(meeting) -> list[Membership]:
    return list(Membership.objects.filter(body=meeting.body).order_by("pk"))


def asked(
    minutes, seat: int = 1, number: int = 3, text: str = "应写明费用由物业承担。", **values
) -> Amendment:
    said = {"minutes": minutes, "text": text, "at": council.AFTER, "by": council.secretary()}
    item = minutes.meeting.items.get(number=number)
    return actions.ask_amendment(item=item, membership=seats_of(minutes.meeting)[seat], **said | values)


def answered(how, amendment: Amendment, reason: str = "录音如此") -> Amendment:
    return how(amendment=amendment, reason=reason, at=council.AFTER, by=council.chair())


def test_scenario_12_who_left_before_an_item_asks_for_nothing_on_it():
    minutes = in_review()
    assert refused(asked, minutes=minutes, seat=0, number=3) == "left_before"
    assert asked(minutes, seat=0, number=2).status == "open"
    assert asked(minutes, seat=1, number=3).status == "open"


@pytest.mark.parametrize("seat", [9, 11])
def test_scenario_12_absentee_is_refused(seat):
    assert refused(asked, minutes=in_review(), seat=seat) == "not_present"
    assert not Amendment.objects.exists()


def test_scenario_12_drafter_does_not_approve():
    minutes = in_review()
    values = {"minutes": minutes, "at": council.AFTER, "by": minutes.drafted_by}
    assert refused(actions.approve_minutes, **values) == "same_person"


def test_somebody_who_was_on_no_roll_is_refused():
    minutes = in_review()
    stranger = council.seat(body=minutes.meeting.body)
    item = minutes.meeting.items.first()
    said = {"minutes": minutes, "item": item, "text": "改", "at": council.AFTER, "by": council.secretary()}
    assert refused(actions.ask_amendment, membership=stranger, **said) == "not_present"


def test_amendments_are_taken_only_in_review():
    minutes = in_review()
    actions.return_minutes(minutes=minutes, reason="重写", at=council.AFTER, by=council.chair())
    assert refused(asked, minutes=minutes) == "not_in_review"


def test_same_words_twice_are_one_amendment():
    minutes = in_review()
    assert asked(minutes) == asked(minutes)
    assert asked(minutes, text="另一句") != asked(minutes)


@pytest.mark.parametrize(("text", "code"), [(" ", "text_missing"), ("改" * 501, "text_too_long")])
def test_words_that_cannot_be_are_refused(text, code):
    assert refused(asked, minutes=in_review(), text=text) == code


def approving(minutes) -> dict:
    return {"minutes": minutes, "at": council.AFTER, "by": council.chair()}


def test_minutes_are_approved_once_each_amendment_is_answered_and_written():
    minutes = in_review()
    first, second = asked(minutes), asked(minutes, number=2)
    assert refused(actions.approve_minutes, **approving(minutes)) == "amendments_open"
    answered(actions.refuse_amendment, second)
    answered(actions.accept_amendment, first)
    assert refused(actions.approve_minutes, **approving(minutes)) == "amendment_unwritten"
    actions.return_minutes(minutes=minutes, reason="采纳意见", at=council.AFTER, by=council.chair())
    council.written(minutes, "大家都发了言，费用由物业承担。")
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=council.secretary())
    assert actions.approve_minutes(**approving(minutes)).status == "approved"


def resubmitted(minutes, text: str = "") -> None:
    """Returned, perhaps written anew, and submitted again."""
    actions.return_minutes(minutes=minutes, reason="重写", at=council.AFTER, by=council.chair())
    if text:
        council.written(minutes, text)
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=council.secretary())


def test_amendment_accepted_after_the_text_was_rewritten_has_to_be_written_itself():
    minutes = in_review()
    amendment = asked(minutes)
    resubmitted(minutes, "大家都发了言，错字改了。")
    answered(actions.accept_amendment, amendment)
    assert refused(actions.approve_minutes, **approving(minutes)) == "amendment_unwritten"
    resubmitted(minutes, "大家都发了言，费用由物业承担。")
    assert actions.approve_minutes(**approving(minutes)).status == "approved"


def test_amendment_accepted_while_the_minutes_are_a_draft_is_not_written_by_submitting_them():
    minutes = in_review()
    amendment = asked(minutes)
    actions.return_minutes(minutes=minutes, reason="采纳意见", at=council.AFTER, by=council.chair())
    answered(actions.accept_amendment, amendment)
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=council.secretary())
    assert refused(actions.approve_minutes, **approving(minutes)) == "amendment_unwritten"
    resubmitted(minutes, "大家都发了言，费用由物业承担。")
    assert actions.approve_minutes(**approving(minutes)).status == "approved"


def test_answer_needs_a_reason_and_is_given_once():
    amendment = asked(in_review())
    values = {"how": actions.refuse_amendment, "amendment": amendment}
    assert refused(answered, **values, reason=" ") == "reason_missing"
    answered(actions.refuse_amendment, amendment)
    assert refused(answered, how=actions.refuse_amendment, amendment=amendment) == "already_refused"
    assert refused(answered, how=actions.accept_amendment, amendment=amendment) == "not_possible"


def test_database_wants_a_reason():
    asked(in_review())
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.update(status="refused")


# The desk ---------------------------------------------------------------------------------------------------


def test_desk_takes_down_and_the_chair_answers(client):
    minutes = in_review()
    client.force_login(council.secretary())
    item, seat = minutes.meeting.items.get(number=1), seats_of(minutes.meeting)[1]
    sent = {"membership": seat.pk, "item": item.pk, "text": "补上一句。"}
    address = url("minutesversion_do", minutes.pk, "ask_amendment")
    assert client.post(address, sent).status_code == 302
    amendment = Amendment.objects.get()
    accept = url("minutesversion_do", minutes.pk, "accept_amendment")
    assert client.post(accept, {"amendment": amendment.pk, "reason": "好"}).status_code == 403
    client.force_login(council.chair())
    assert code_of(approve(client, minutes)) == "amendments_open"
    assert client.post(accept, {"amendment": amendment.pk, "reason": "好"}).status_code == 302
    page = client.get(url("minutesversion_change", minutes.pk)).text
    assert "补上一句。" in page
    assert code_of(approve(client, minutes)) == "amendment_unwritten"


# Members ----------------------------------------------------------------------------------------------------


def member(minutes, number: int):
    """The login of a seat."""
    person = seats_of(minutes.meeting)[number].resident
    person.login = make.user()
    person.save(update_fields=["login"])
    return person.login


def test_member_reads_and_asks_for_what_they_heard(client):
    minutes = in_review()
    address = minutes.meeting.address("minutes_review")
    assert client.get(address).status_code == 302
    client.force_login(member(minutes, 0))
    offered = [words for _pk, words in client.get(address).context["form"].fields["item"].choices]
    assert [words[0] for words in offered] == ["1", "2"]
    item = minutes.meeting.items.get(number=2)
    assert client.post(address, {"item": item.pk, "text": "写清楚日期。"}).status_code == 302
    assert "写清楚日期。" in client.get(address).text
    late = minutes.meeting.items.get(number=3)
    page = client.post(address, {"item": late.pk, "text": "也改这里。"})
    assert (page.status_code, page.context["form"].has_error("__all__", "left_before")) == (422, True)
    assert "也改这里。" in page.text


def test_scenario_12_absent_member_sees_no_form_and_a_request_by_hand_is_recorded(client):
    minutes = in_review()
    address = minutes.meeting.address("minutes_review")
    client.force_login(member(minutes, 10))
    page = client.get(address)
    assert (page.status_code, page.context["form"]) == (200, None)
    item = minutes.meeting.items.get(number=1)
    page = client.post(address, {"item": item.pk, "text": "改。"})
    assert (page.status_code, Amendment.objects.count()) == (422, 0)
    assert Record.objects.get(verb="amendment_asked_refused").details == {"code": "not_present"}


def test_others_do_not_see_the_review(client):
    minutes = in_review()
    client.force_login(make.own_resident().login)
    assert client.get(minutes.meeting.address("minutes_review")).status_code == 404


def test_published_minutes_are_no_longer_in_review(client):
    minutes = in_review()
    client.force_login(member(minutes, 1))
    actions.approve_minutes(**approving(minutes))
    actions.publish_minutes(minutes=minutes, at=council.AFTER, by=council.secretary())
    page = client.get(minutes.meeting.address("minutes_review"))
    assert (page.context["form"], page.context["sheet"]) == (None, None)


# The head of the minutes ------------------------------------------------------------------------------------


def groups(minutes) -> dict:
    return {
        each.state: ([name for name, _seat in each.names], each.others) for each in minutes.sheet.attendance
    }


def joint_session(**values):
    body = council.committee(seats=6, **values)
    meeting = council.noticed(body=body)
    office = council.seat(body=body, seat="property")
    watching = council.seat(body=body, seat="observer", is_voting=False)
    excused = council.seat(body=body, seat="owners")
    plain = council.seats(4, body=body)
    marks = [actions.Mark(seat.pk, "present") for seat in (office, watching, *plain)]
    marks += [actions.Mark(excused.pk, "excused")]
    by = council.secretary()
    actions.record_attendance(meeting=meeting, marks=marks, at=council.STARTS, by=by)
    actions.open_session(meeting=meeting, at=council.STARTS, by=by)
    council.resolution(item=meeting.items.get(), yes=5, no=0, abstain=0)
    held = actions.end_session(meeting=meeting, at=council.ENDS, by=by)
    return council.published(meeting=held), office.resident.name, plain[0].resident.name


def test_head_names_office_seats_and_counts_the_others(client):
    minutes, office, plain = joint_session()
    found = groups(minutes)
    assert found["present"] == ([office], 4)
    assert found["observers"] == ([], 1)
    assert found["excused"][1] == 0
    assert len(found["excused"][0]) == 1
    page = client.get(minutes.meeting.get_absolute_url()).text
    assert office in page
    assert plain not in page
    assert "出席" in page


def test_body_that_names_its_residents_names_all(client):
    minutes, office, plain = joint_session(names_residents=True)
    assert groups(minutes)["present"][1] == 0
    page = client.get(minutes.meeting.get_absolute_url()).text
    assert office in page
    assert plain in page


def rename(name: str, as_new: str) -> None:
    Resident.objects.filter(name=name).update(name=as_new)


def test_correction_names_people_as_the_sheet_before_it_did():
    minutes, office, plain = joint_session()
    Body.objects.filter(pk=minutes.meeting.body_id).update(names_residents=True)
    rename(office, "改名甲")
    [owners] = groups(minutes)["excused"][0]
    rename(owners, "改名乙")
    draft = actions.correct_minutes(
        published=minutes, reason="补记", at=council.AFTER, by=council.secretary()
    )
    seat = Membership.objects.get(body=minutes.meeting.body, seat="owners")
    mark = actions.Mark(seat.pk, "present")
    actions.record_attendance(meeting=minutes.meeting, marks=[mark], at=council.AFTER, by=council.secretary())
    council.written(draft, "更正：业委会的人也在。")
    assert groups(draft) == {"present": ([owners, office], 4), "observers": ([], 1)}
    assert plain not in draft.body


def test_correction_still_names_residents_that_were_named():
    minutes, _office, plain = joint_session(names_residents=True)
    Body.objects.filter(pk=minutes.meeting.body_id).update(names_residents=False)
    assert groups(council.corrected(minutes)) == groups(minutes)
    assert plain in groups(minutes)["present"][0]


def test_correction_of_minutes_that_named_nobody_names_nobody():
    minutes, office, _plain = joint_session()
    sheet = replace(minutes.sheet, attendance=None)
    corrected = compose_sheet(MinutesVersion(meeting=minutes.meeting, version=2), {}, "", sheet)
    assert corrected.attendance is None
    assert office not in corrected.text


# How long they may ask --------------------------------------------------------------------------------------


def test_who_was_there_is_told_where_and_until_when_once_for_each_review(client, settings):
    settings.SITE_URL = "https://circle.example"
    minutes = in_review(body=council.body(review_days=3))
    rows = list(Message.objects.filter(event="minutes_in_review"))
    there = {seat.resident_id for seat in seats_of(minutes.meeting)[:9]}
    assert {row.resident_id for row in rows} == there
    assert rows[0].values["link"] == "https://circle.example/council/2026-11/review/"
    assert minutes.review_ends_on == council.AFTER.date() + DAY * 3
    assert f"{minutes.review_ends_on.month}月{minutes.review_ends_on.day}日" in text_of(rows[0])
    assert EVENTS["minutes_in_review"].find_untrue(rows, council.AFTER) == set()
    by = council.chair()
    actions.return_minutes(minutes=minutes, reason="改一处", at=council.AFTER + DAY, by=by)
    assert EVENTS["minutes_in_review"].find_untrue(rows, council.AFTER) == {row.pk for row in rows}
    actions.submit_minutes(minutes=minutes, at=council.AFTER + DAY, by=council.secretary())
    assert Message.objects.filter(event="minutes_in_review").count() == 18


def test_minutes_are_approved_once_the_days_to_ask_are_over():
    minutes = in_review(body=council.body(review_days=3))
    asked_in_time = asked(minutes, at=council.AFTER + 3 * DAY)
    assert refused(asked, minutes=minutes, text="改。", at=council.AFTER + 4 * DAY) == "review_over"
    actions.refuse_amendment(
        amendment=asked_in_time, reason="录音如此", at=council.AFTER + 3 * DAY, by=council.chair()
    )
    sent = {"minutes": minutes, "by": council.chair()}
    assert refused(actions.approve_minutes, at=council.AFTER + 3 * DAY, **sent) == "review_running"
    assert actions.approve_minutes(at=council.AFTER + 4 * DAY, **sent).status == "approved"


@pytest.mark.parametrize(("days_after", "last"), [(1, 4), (11, 13), (13, 13), (20, 20)])
def test_review_ends_before_the_minutes_are_due_also_where_they_are_submitted_late(days_after, last):
    """Due on the fourteenth day after the meeting; who submits them later leaves that day for the review."""
    minutes = in_review(body=council.body(review_days=3), submitted=council.STARTS + days_after * DAY)
    assert minutes.review_ends_on == council.STARTS.date() + last * DAY
    sent = {"minutes": minutes, "by": council.chair()}
    assert refused(actions.approve_minutes, at=council.STARTS + last * DAY, **sent) == "review_running"
    assert actions.approve_minutes(at=council.STARTS + (last + 1) * DAY, **sent).status == "approved"


def test_without_a_fixed_time_they_ask_until_it_is_approved():
    minutes = in_review()
    assert minutes.review_ends_on is None
    assert "批准" in text_of(Message.objects.filter(event="minutes_in_review")[0])
    assert asked(minutes, at=council.AFTER + 60 * DAY).status == "open"


def link_of(minutes) -> str:
    return f'href="{minutes.review_url}"'


def test_who_was_there_finds_minutes_in_review_under_my_matters(client):
    minutes = in_review(body=council.body(review_days=3))
    client.force_login(member(minutes, 1))
    assert link_of(minutes) in client.get("/me/").text
    client.force_login(member(minutes, 10))
    assert link_of(minutes) not in client.get("/me/").text
    actions.return_minutes(minutes=minutes, reason="改", at=council.AFTER, by=council.chair())
    client.force_login(member(minutes, 2))
    assert link_of(minutes) not in client.get("/me/").text

"""A session on one page: each line saved by itself, or all at once, and nobody's line overwritten."""

import datetime as dt

import pytest
from django.utils.timezone import localtime

from council import actions
from council.admin.one_page import save_all
from council.backoffice import one_page
from council.models import Attendance, Membership, Resolution, Stay, roll_entries
from tests import make_council as council
from tests.council.desk import url
from tests.html_forms import sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def meeting(clock, secretary, client):
    found = council.calling()
    council.item(meeting=found, kind="report")
    council.item(meeting=found, kind="decision")
    found = council.in_session(meeting=found, items=0)
    clock.move_to(council.HALF_PAST)
    client.logout()
    client.force_login(secretary)
    return found


def page_of(client, meeting):
    return client.get(url("meeting_session", meeting.pk))


def filled(client, meeting) -> dict:
    context = page_of(client, meeting).context
    sent = {}
    for form in (*context["seats"], *context["items"], *context["waivers"]):
        values = {name: form[name].value() for name in form.fields}
        shown = {name: as_typed(value) for name, value in values.items()}
        sent |= {form.add_prefix(name): shown[name] for name in shown}
    return sent


def as_typed(value):
    """A time as a browser sends it."""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else value


def resent(answer) -> dict:
    """What the page that was answered would send."""
    sent = {}
    for form in (*answer.context["seats"], *answer.context["items"]):
        shown = {field.html_name: field.value() for field in form.visible_fields()}
        sent |= {name: as_typed(value) for name, value in shown.items()}
        sent[f"{form.prefix}-was"] = form.saved
    return sent


def line(client, meeting, part: str, **typed):
    sent = {name: value for name, value in filled(client, meeting).items() if name.startswith(f"{part}-")}
    sent |= {f"{part}-{name}": value for name, value in typed.items()}
    return client.post(url("meeting_session", meeting.pk), sent | {"part": part})


def parts(client, meeting) -> tuple[list[str], list[str]]:
    context = page_of(client, meeting).context
    return [form.prefix for form in context["seats"]], [form.prefix for form in context["items"]]


def test_one_mark_is_saved_by_itself_and_the_quorum_follows(client, meeting):
    seats, _items = parts(client, meeting)
    answer = line(client, meeting, seats[0], left_at="19:20")
    assert answer.status_code == 200
    assert Attendance.objects.filter(left_at__isnull=False).count() == 1
    assert "8" in answer.json()["roll"]


def test_who_leaves_and_comes_back_is_put_down_line_by_line(client, meeting):
    seats, _items = parts(client, meeting)
    before = filled(client, meeting)
    assert line(client, meeting, seats[0], back_at_1="19:20").json()["code"] == "roll_times_wrong"
    typed = {}
    for name, time in (("left_at", "19:10"), ("back_at_1", "19:20"), ("left_again_1", "19:25")):
        typed[name] = time
        assert line(client, meeting, seats[0], **typed).status_code == 200
    # without the page being loaded anew: it still offers the second return
    said = line(client, meeting, seats[0], **typed, back_at_2="19:28").json()
    row = Attendance.objects.order_by("membership")[0]
    assert [localtime(came).minute for came, _left in row.returns] == [20, 28]
    stale = {name: value for name, value in before.items() if name.startswith(f"{seats[0]}-")}
    stale |= {f"{seats[0]}-status": "absent", "part": seats[0]}
    refused = client.post(url("meeting_session", meeting.pk), stale).json()
    assert (refused["code"], "19:28" in refused["now"]) == ("changed_meanwhile", True)
    # who touched another line only is not stopped by a line with more fields
    before |= {f"{seats[1]}-status": "excused"}
    assert client.post(url("meeting_session", meeting.pk), before).status_code == 302
    shown = {form.prefix: form for form in page_of(client, meeting).context["seats"]}[seats[0]]
    assert (shown.saved, shown.has_returned) == (said["was"], True)
    assert shown["back_at_2"].value() == dt.time(19, 28)


def test_stays_that_are_emptied_are_gone_and_a_page_that_showed_them_is_not_stopped(client, meeting):
    seats, _items = parts(client, meeting)
    typed = {"left_at": "19:10", "back_at_1": "19:20"}
    line(client, meeting, seats[0], **typed | {"left_again_1": "19:22", "back_at_2": "19:25"})
    before = filled(client, meeting)
    emptied = {"left_at": "", "back_at_1": "", "left_again_1": "", "back_at_2": ""}
    assert line(client, meeting, seats[0], **emptied).status_code == 200
    assert not Stay.objects.exists()
    before |= {f"{seats[1]}-status": "excused"}
    assert client.post(url("meeting_session", meeting.pk), before).status_code == 302
    assert not Stay.objects.exists()


def test_seat_that_ended_since_the_page_was_shown_is_said_and_nothing_is_lost(client, secretary, clock):
    found = council.noticed()
    seats = council.seats(3, body=found.body)
    clock.move_to(council.STARTS)
    client.force_login(secretary)
    before = {name: value for name, value in filled(client, found).items() if name.startswith("seat-")}
    before |= {f"seat-{seats[0].pk}-status": "present", f"seat-{seats[1].pk}-status": "excused"}
    Membership.objects.filter(pk=seats[0].pk).update(ends_on=council.STARTS.date().replace(day=25))
    address = url("meeting_session", found.pk)
    answer = client.post(address, before)
    assert (answer.status_code, answer.context["refusal"].code) == (422, "line_gone")
    assert not Attendance.objects.exists()
    shown = {form.prefix: form for form in answer.context["seats"]}
    assert shown[f"seat-{seats[1].pk}"]["status"].value() == "excused"
    gone = client.post(address, before | {"part": f"seat-{seats[0].pk}"})
    assert (gone.status_code, gone.json()["code"]) == (422, "line_gone")
    assert client.post(address, resent(answer)).status_code == 302
    assert Attendance.objects.get().membership == seats[1]


def test_hands_are_saved_by_themselves_and_once_all_are_counted(client, meeting):
    _seats, items = parts(client, meeting)
    answer = line(client, meeting, items[1], text_zh="同意。", yes=6)
    assert (answer.status_code, answer.json()["code"]) == (422, "hands_missing")
    answer = line(client, meeting, items[1], text_zh="同意。", yes=6, no=2, abstain=1, time="19:25")
    assert answer.status_code == 200, answer.json()
    found = Resolution.objects.get()
    assert (found.yes, found.outcome) == (6, "adopted")
    answer = line(client, meeting, items[1], yes=7, no=1)
    assert (answer.status_code, Resolution.objects.get().yes) == (200, 7)
    assert line(client, meeting, items[1], result="noted").json()["code"] == "hands_or_result"


def test_text_of_several_lines_that_nobody_touched_stays(client, meeting):
    text = "一、同意。\n二、下月动工。"
    council.resolution(item=meeting.items.get(number=2), text_zh=text)
    sent = sent_by(page_of(client, meeting), "")
    assert client.post(url("meeting_session", meeting.pk), sent).status_code == 302
    found = Resolution.objects.get()
    assert (found.text_zh, found.revision) == (text, 1)


def test_secret_slips_are_counted_on_the_same_page(client, meeting):
    seats, items = parts(client, meeting)
    first, second = (int(part.removeprefix("seat-")) for part in seats[:2])
    slips = {"text_zh": "同意。", "method": "secret", "yes": 6, "no": 1, "abstain": 0, "invalid": 1}
    answer = line(client, meeting, items[1], **slips)
    assert (answer.status_code, answer.json()["code"]) == (422, "tellers_missing")
    tellers = {"counted_by": first, "watched_by": second}
    assert line(client, meeting, items[1], **slips | tellers).status_code == 200
    found = Resolution.objects.get()
    said = (found.method, found.invalid, found.counted_by_id, found.watched_by_id)
    assert said == ("secret", 1, first, second)
    [_report, form] = page_of(client, meeting).context["items"]
    assert (form.has_slips, form["watched_by"].value()) == (True, second)
    sent = filled(client, meeting)  # left alone it changes nothing
    assert client.post(url("meeting_session", meeting.pk), sent).status_code == 302
    assert Resolution.objects.get().revision == found.revision
    by_hands = {"method": "hands", "invalid": "", "counted_by": "", "watched_by": "", "no": 2}
    assert line(client, meeting, items[1], **by_hands).status_code == 200
    found.refresh_from_db()
    assert (found.method, found.counted_by, found.no) == ("hands", None, 2)
    wrong = line(client, meeting, items[1], method="recorded")
    assert wrong.status_code == 422


def test_line_that_somebody_changed_meanwhile_is_not_overwritten(client, meeting):
    seats, _items = parts(client, meeting)
    before = filled(client, meeting)
    line(client, meeting, seats[0], left_at="19:20")
    stale = {name: value for name, value in before.items() if name.startswith(f"{seats[0]}-")}
    stale[f"{seats[0]}-status"] = "absent"
    answer = client.post(url("meeting_session", meeting.pk), stale | {"part": seats[0]})
    assert (answer.status_code, answer.json()["code"]) == (422, "changed_meanwhile")
    # who touched another line saves that one only
    before |= {f"{seats[1]}-status": "excused"}
    assert client.post(url("meeting_session", meeting.pk), before).status_code == 302
    rows = Attendance.objects.order_by("membership")
    assert (rows[0].left_at is not None, rows[1].status) == (True, "excused")


def test_all_of_it_at_once_without_a_script(client, meeting):
    seats, items = parts(client, meeting)
    sent = filled(client, meeting) | {f"{seats[11]}-status": "present"}
    hands = {"text_zh": "同意。", "yes": 8, "no": 1, "abstain": 1}
    sent |= {f"{items[1]}-{name}": value for name, value in hands.items()}
    sent |= {"note": "reports", "late_title": "临时通报", "late_kind": "report"}
    assert client.post(url("meeting_session", meeting.pk), sent).status_code == 302
    assert [item.status for item in meeting.items.order_by("number")] == ["noted", "decided", "published"]
    assert Resolution.objects.get().present == 10


def test_nothing_is_saved_where_one_line_is_refused_and_what_was_typed_stays(client, meeting):
    seats, items = parts(client, meeting)
    sent = filled(client, meeting) | {f"{seats[11]}-status": "present"}
    hands = {"text_zh": "同意这样办。", "yes": 80, "no": 1, "abstain": 1}
    sent |= {f"{items[1]}-{name}": value for name, value in hands.items()}
    answer = client.post(url("meeting_session", meeting.pk), sent)
    assert (answer.status_code, answer.context["refusal"].code) == (422, "too_many_hands")
    assert "同意这样办。" in answer.text
    assert (Attendance.objects.filter(status="present").count(), Resolution.objects.count()) == (9, 0)


def test_rest_is_marked_present_before_the_session_opens(client, secretary, clock):
    found = council.noticed()
    council.seats(3, body=found.body)
    clock.move_to(council.STARTS)
    client.force_login(secretary)
    page = page_of(client, found)
    assert (page.context["is_open"], len(page.context["seats"])) == (False, 3)
    shown = {name: value for name, value in filled(client, found).items() if name.startswith("seat-")}
    sent = shown | {"rest": "present"}  # the items are not on the page yet
    assert client.post(url("meeting_session", found.pk), sent).status_code == 302
    assert actions.open_session(meeting=found, at=council.STARTS, by=secretary).status == "in_session"


def test_unknown_part_and_who_only_reads(client, meeting):
    answer = client.post(url("meeting_session", meeting.pk), {"part": "seat-999"})
    assert answer.status_code == 422
    client.force_login(council.make.post("supervisor").user)
    assert page_of(client, meeting).status_code == 200
    assert client.post(url("meeting_session", meeting.pk), {"part": "seat-1"}).status_code == 403


@pytest.mark.parametrize("typed", [{"text_zh": "同意。"}, {"time": "19:25"}])
def test_text_or_time_without_hands_is_refused_and_stays(client, meeting, typed):
    _seats, items = parts(client, meeting)
    assert line(client, meeting, items[1], **typed).json()["code"] == "hands_missing"
    assert line(client, meeting, items[1], result="noted", **typed).json()["code"] == "hands_or_result"
    [(name, words)] = typed.items()
    answer = client.post(
        url("meeting_session", meeting.pk), filled(client, meeting) | {f"{items[1]}-{name}": words}
    )
    assert (answer.status_code, answer.context["refusal"].code) == (422, "hands_missing")
    assert words in answer.text


def test_each_line_is_answered_with_what_then_stands_there(client, meeting):
    seats, items = parts(client, meeting)
    slips = {"method": "secret", "invalid": 1}
    tellers = {
        name: int(seats[at].removeprefix("seat-")) for at, name in enumerate(("counted_by", "watched_by"))
    }
    hands = {"text_zh": " 一、同意。 \r\n二、下月。", "yes": 6, "no": 1, "abstain": 0}
    for part, typed in (
        (seats[0], {"arrived_at": "19:05", "left_at": "19:10", "back_at_1": "19:20"}),
        (seats[0], {"left_at": "", "back_at_1": ""}),
        (seats[0], {"status": "excused", "arrived_at": ""}),
        (seats[0], {"status": "present"}),
        (seats[11], {"status": "present", "arrived_at": "19:15"}),
        (items[0], {"result": "noted"}),
        (items[0], {"result": "deferred"}),
        (items[1], {"result": "deferred"}),
        (items[1], hands | {"time": "19:25", "result": ""}),
        (items[1], slips | tellers | {"yes": 5}),
        (items[1], {}),
    ):
        said = line(client, meeting, part, **typed)
        context = page_of(client, meeting).context
        shown = {form.prefix: form.saved for form in (*context["seats"], *context["items"])}
        assert (said.status_code, said.json().get("was")) == (200, shown[part]), (part, typed)
        roll = context["roll"]
        assert said.json()["roll"].startswith(f"应到有表决权的委员{roll.entitled}人，实到{roll.present}人")


def test_first_mark_of_a_seat_is_answered_with_what_then_stands_there(client, secretary, clock):
    found = council.noticed()
    seats = council.seats(3, body=found.body)
    clock.move_to(council.STARTS)
    client.force_login(secretary)
    said = line(client, found, f"seat-{seats[0].pk}", status="present", left_at="19:30").json()
    shown = {form.prefix: form.saved for form in page_of(client, found).context["seats"]}
    assert said["was"] == shown[f"seat-{seats[0].pk}"]
    again = {
        f"seat-{seats[0].pk}-{name}": value
        for name, value in {"status": "excused", "was": said["was"]}.items()
    }
    answer = client.post(url("meeting_session", found.pk), again | {"part": f"seat-{seats[0].pk}"})
    assert answer.status_code == 200


def test_result_that_is_emptied_is_refused(client, meeting):
    _seats, items = parts(client, meeting)
    assert line(client, meeting, items[0]).status_code == 200  # untouched: nothing to refuse
    line(client, meeting, items[0], result="noted")
    assert line(client, meeting, items[0], result="").json()["code"] == "hands_missing"
    line(client, meeting, items[1], text_zh="同意。", yes=6, no=2, abstain=1)
    emptied = {"text_zh": "", "yes": "", "no": "", "abstain": "", "time": ""}
    assert line(client, meeting, items[1], **emptied).json()["code"] == "hands_missing"
    assert [item.status for item in meeting.items.order_by("number")] == ["noted", "decided"]


def test_rest_does_not_overwrite_a_mark_of_another_clerk(client, secretary, clock):
    found = council.noticed()
    seats = council.seats(3, body=found.body)
    clock.move_to(council.STARTS)
    client.force_login(secretary)
    before = {name: value for name, value in filled(client, found).items() if name.startswith("seat-")}
    line(client, found, f"seat-{seats[0].pk}", status="excused")
    answer = client.post(url("meeting_session", found.pk), before | {"rest": "present"})
    assert (answer.status_code, answer.context["refusal"].code) == (422, "changed_meanwhile")
    assert list(Attendance.objects.values_list("membership", "status")) == [(seats[0].pk, "excused")]


def test_noting_reports_does_not_overwrite_what_another_clerk_put_down(client, meeting):
    _seats, items = parts(client, meeting)
    before = filled(client, meeting)
    line(client, meeting, items[0], result="deferred")
    answer = client.post(url("meeting_session", meeting.pk), before | {"note": "reports"})
    assert (answer.status_code, answer.context["refusal"].code) == (422, "changed_meanwhile")
    assert meeting.items.get(number=1).status == "deferred"


def test_later_clerk_reads_what_the_first_put_down_and_may_then_overwrite_it(client, meeting):
    seats, items = parts(client, meeting)
    before = filled(client, meeting)
    line(client, meeting, seats[0], status="excused")
    line(client, meeting, items[0], result="deferred")
    typed = {f"{seats[1]}-status": "absent", f"{items[0]}-result": "noted"}
    answer = client.post(url("meeting_session", meeting.pk), before | typed)
    assert (answer.status_code, answer.context["refusal"].code) == (422, "changed_meanwhile")
    report = answer.context["items"][0]
    assert (report["result"].value(), report.is_outdated) == ("noted", True)
    assert report.now in answer.text
    assert "下次再议" in report.now
    again = resent(answer)
    assert (again[f"{seats[0]}-status"], again[f"{seats[1]}-status"]) == ("excused", "absent")
    assert client.post(url("meeting_session", meeting.pk), again).status_code == 302
    assert meeting.items.get(number=1).status == "noted"
    assert list(Attendance.objects.order_by("membership").values_list("status", flat=True)[:2]) == [
        "excused",
        "absent",
    ]


def test_line_refused_by_itself_says_what_stands_there(client, meeting):
    _seats, items = parts(client, meeting)
    before = filled(client, meeting)
    line(client, meeting, items[0], result="deferred")
    sent = {name: value for name, value in before.items() if name.startswith(f"{items[0]}-")}
    sent |= {f"{items[0]}-result": "noted", "part": items[0]}
    said = client.post(url("meeting_session", meeting.pk), sent).json()
    assert (said["code"], "现已保存的内容" in said["now"]) == ("changed_meanwhile", True)
    answer = client.post(url("meeting_session", meeting.pk), sent | {f"{items[0]}-was": said["was"]})
    assert (answer.status_code, meeting.items.get(number=1).status) == (200, "noted")


def test_waiver_is_put_down_on_the_same_page_and_once(client, meeting, secretary):
    actions.add_late_item(
        meeting=meeting, title_zh="临时", kind="decision", at=council.HALF_PAST, by=secretary
    )
    _seats, items = parts(client, meeting)
    [waiver] = page_of(client, meeting).context["waivers"]
    hands = {f"{items[2]}-{name}": value for name, value in {"yes": 6, "no": 1, "abstain": 1}.items()}
    sent = filled(client, meeting) | hands | {f"{items[2]}-text_zh": "同意。"}
    answer = client.post(url("meeting_session", meeting.pk), sent)
    assert (answer.status_code, answer.context["refusal"].code) == (422, "waiver_missing")
    few = line(client, meeting, waiver.prefix, in_favour=5)
    assert (few.status_code, few.json()["code"]) == (422, "waiver_too_few")
    assert line(client, meeting, waiver.prefix, given_at="19:25").json()["code"] == "hands_missing"
    answer = client.post(url("meeting_session", meeting.pk), sent | {f"{waiver.prefix}-in_favour": 6})
    assert answer.status_code == 302
    found = meeting.waivers.get()
    assert (found.in_favour, found.present, found.item.number) == (6, 9, 3)
    assert Resolution.objects.get().item.number == 3
    answer = client.post(url("meeting_session", meeting.pk), sent | {f"{waiver.prefix}-in_favour": 9})
    assert (answer.status_code, meeting.waivers.get().in_favour) == (422, 6)
    assert "6" in page_of(client, meeting).context["waivers"][0].now


def test_meeting_with_late_notice_has_its_waiver_on_the_page(client, meeting):
    assert page_of(client, meeting).context["waivers"] == []
    type(meeting).objects.filter(pk=meeting.pk).update(late_notice_reason="场地未定")
    assert line(client, meeting, "waiver-0", in_favour=6).status_code == 200
    assert meeting.waivers.get().item is None
    assert "9" in page_of(client, meeting).text


def test_other_words_for_a_waiver_that_stands_are_refused(client, meeting):
    """Those that a script sends after the first answer: it knows what stands there, and shows its fields."""
    type(meeting).objects.filter(pk=meeting.pk).update(late_notice_reason="场地未定")
    saved = line(client, meeting, "waiver-0", in_favour=6).json()
    sent = {"waiver-0-was": saved["was"], "waiver-0-in_favour": "6", "part": "waiver-0"}
    address = url("meeting_session", meeting.pk)
    assert client.post(address, sent).status_code == 200  # the same again
    for typed in ({"waiver-0-given_at": "19:10"}, {"waiver-0-in_favour": "7"}):
        said = client.post(address, sent | typed)
        assert (said.status_code, said.json()["code"]) == (422, "changed_meanwhile")
    page = client.post(address, filled(client, meeting) | {"waiver-0-given_at": "19:10"})
    assert (page.status_code, page.context["refusal"].code) == (422, "changed_meanwhile")
    assert client.post(address, sent_by(page, "")).status_code == 302
    assert meeting.waivers.get().in_favour == 6


def test_rest_and_reports_take_only_lines_that_the_page_showed(client, meeting):
    sent = {"rest": "present", "note": "reports"}
    before = list(Attendance.objects.values_list("pk", "status").order_by("pk"))
    assert client.post(url("meeting_session", meeting.pk), sent).status_code == 302
    assert list(Attendance.objects.values_list("pk", "status").order_by("pk")) == before
    assert set(meeting.items.values_list("status", flat=True)) == {"published"}


def session_as_sent(client, rf, user, meeting, **typed):
    """The page as it was read from the database when this was sent, and what was sent."""
    meeting = type(meeting).objects.get(pk=meeting.pk)
    request = rf.post("/", filled(client, meeting) | typed)
    request.user = user
    return request, one_page.session_page(meeting, roll_entries(meeting), request.POST)


def test_mark_that_another_clerk_saves_after_the_page_was_read_stays(client, rf, secretary, meeting):
    seats, items = parts(client, meeting)
    typed = {f"{seats[0]}-status": "absent", f"{seats[9]}-status": "excused"}
    request, found = session_as_sent(client, rf, secretary, meeting, **typed)
    line(client, meeting, seats[0], left_at="19:20")
    assert save_all(request, found).code == "changed_meanwhile"
    assert Attendance.objects.order_by("membership")[0].status == "present"
    hands = {"text_zh": "同意。", "yes": 6, "no": 1, "abstain": 1}
    typed |= {f"{seats[0]}-left_at": ""}
    typed |= {f"{items[1]}-{name}": value for name, value in hands.items()}
    request, found = session_as_sent(client, rf, secretary, meeting, **typed | {f"{items[1]}-yes": 5})
    line(client, meeting, items[1], **hands)
    assert save_all(request, found).code == "changed_meanwhile"
    assert Resolution.objects.get().yes == 6
    request, found = session_as_sent(client, rf, secretary, meeting, **typed | {"rest": "present"})
    assert save_all(request, found) is None
    rows = Attendance.objects.order_by("membership")
    assert [rows[0].status, rows[9].status] == ["absent", "excused"]


@pytest.mark.parametrize(("typed", "code"), [({"given_at": "19:10"}, "changed_meanwhile"), ({}, None)])
def test_waiver_that_another_clerk_saves_after_the_page_was_read(client, rf, secretary, meeting, typed, code):
    type(meeting).objects.filter(pk=meeting.pk).update(late_notice_reason="场地未定")
    sent = {f"waiver-0-{name}": value for name, value in ({"in_favour": "6"} | typed).items()}
    request, found = session_as_sent(client, rf, secretary, meeting, **sent)
    line(client, meeting, "waiver-0", in_favour=6)
    refusal = save_all(request, found)
    assert (refusal.code if refusal else None) == code
    assert meeting.waivers.count() == 1

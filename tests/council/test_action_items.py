"""What a resolution makes somebody do: carried onto each agenda until another person has verified it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from circle.models import Record
from council import actions
from council.models import ActionItem, ActionStep, MinutesVersion, Posting
from tests import make
from tests import make_council as council
from tests.council.desk import code_of, url
from tests.make_council import AFTER as AT
from tests.make_council import refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DUE = dt.date(2026, 12, 20)
IN_FORCE = AT + 8 * DAY


def posting() -> Posting:
    return Posting.objects.first() or (council.published() and Posting.objects.get())


def added(**values) -> ActionItem:
    found = posting()
    sent = {"resolution": found.resolution, "title_zh": "装扶手", "due_on": DUE, "at": AT}
    if not {"person", "firm", "body"} & set(values):
        values["body"] = found.resolution.item.meeting.body
    return actions.add_action(**sent | {"by": council.secretary()} | values)


def begun(**values) -> ActionItem:
    found = added(**values)
    actions.put_due_in_force(at=IN_FORCE)
    return actions.begin_action(action_item=found, at=IN_FORCE, by=council.secretary())


def reported(by=None, **values) -> ActionItem:
    found = begun(**values)
    sent = {"text": "已装好", "evidence": "照片 3 号", "at": IN_FORCE, "by": by or council.secretary()}
    return actions.report_action(action_item=found, **sent)


def test_action_goes_from_given_to_verified():
    found = reported()
    actions.verify_action(action_item=found, at=IN_FORCE, by=council.chair())
    kinds = list(ActionStep.objects.values_list("kind", flat=True))
    assert kinds == ["begun", "reported", "verified"]
    verbs = Record.objects.filter(verb__startswith="action_").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["action_added", "action_begun", "action_reported", "action_verified"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title_zh": " "}, "title_missing"),
        ({"title_zh": "打13800000000"}, "personal_data_shown"),
        ({"due_on": dt.date(2026, 11, 26)}, "due_passed"),
        ({"body": None}, "owner_missing"),
    ],
)
def test_action_says_what_who_and_when(values, code):
    assert refused(added, **values) == code


def test_owner_is_one_and_of_this_community():
    posting()
    firm = make.firm(community=make.community())
    assert refused(added, firm=firm) == "other_community"
    own = make.firm()
    assert refused(added, firm=own, person=council.chair()) == "owner_missing"
    assert added(firm=own).owner == own.name


def test_given_twice_is_given_once():
    assert added() == added()


def test_nothing_is_given_before_the_minutes_are_public():
    meeting = council.held()
    resolution = meeting.items.get().resolution
    sent = {
        "resolution": resolution,
        "title_zh": "装扶手",
        "due_on": DUE,
        "at": AT,
        "by": council.secretary(),
    }
    assert refused(actions.add_action, body=meeting.body, **sent) == "not_posted"


def test_earlier_start_only_as_urgent_with_a_reason():
    found = added()
    sent = {"action_item": found, "at": AT, "by": council.secretary()}
    assert refused(actions.begin_action, **sent) == "not_in_force"
    actions.begin_action(urgent_reason="漏水危险", **sent)
    assert (found.status, found.urgent_reason) == ("doing", "漏水危险")


def test_reason_of_urgency_is_not_stored_once_it_is_in_force():
    found = added()
    actions.put_due_in_force(at=IN_FORCE)
    actions.begin_action(action_item=found, urgent_reason="漏水", at=IN_FORCE, by=council.secretary())
    assert found.urgent_reason == ""


def test_who_reported_it_or_did_it_cannot_verify_it():
    person = council.chair()
    found = reported(person=person)
    sent = {"action_item": found, "at": IN_FORCE}
    assert refused(actions.verify_action, by=person, **sent) == "same_person"
    other = reported(by=(by := council.chair()), title_zh="修灯")
    assert refused(actions.verify_action, action_item=other, at=IN_FORCE, by=by) == "same_person"


def test_database_does_not_let_one_person_report_and_verify():
    found = reported()
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionItem.objects.filter(pk=found.pk).update(status="verified", verified_by=found.reported_by)


def test_what_is_not_done_goes_back_with_the_reason():
    found = reported()
    actions.return_action(action_item=found, reason="少一段", at=IN_FORCE, by=council.chair())
    assert (found.status, found.reported_by) == ("doing", None)
    assert ActionStep.objects.latest("pk").text == "少一段"


def test_not_begun_cannot_be_reported():
    sent = {"action_item": added(), "text": "好了", "at": AT, "by": council.secretary()}
    assert refused(actions.report_action, **sent) == "not_possible"


def next_agenda(body, months: int = 1):
    shift = months * dt.timedelta(days=35)
    names = {"starts_at": "STARTS", "ends_at": "ENDS", "call_opens_at": "OPENS", "call_closes_at": "CLOSES"}
    times = {name: getattr(council, constant) + shift for name, constant in names.items()}
    meeting = council.meeting(body=body, **times)
    actions.open_call(meeting=meeting, at=times["call_opens_at"])
    council.item(meeting=meeting)
    return actions.publish_agenda(meeting=meeting, at=times["call_closes_at"], by=council.secretary())


def test_open_action_stands_on_each_agenda_until_it_is_verified():
    found = reported()
    body = found.resolution.item.meeting.body
    for months in (1, 2):
        item = next_agenda(body, months).items.order_by("number").last()
        assert list(item.action_items.all()) == [found]
        assert item.kind == "report"
    actions.verify_action(action_item=found, at=IN_FORCE, by=council.chair())
    assert not next_agenda(body, 3).items.filter(action_items__isnull=False).exists()


def test_page_says_what_was_decided_done_and_is_late(client, clock):
    found = reported()
    clock.move_to(dt.datetime(2026, 12, 21, 9, tzinfo=AT.tzinfo))
    page = client.get("/council/resolutions/")
    assert page.status_code == 200
    assert page.context["late"] == 1
    for words in (found.resolution.number, "装扶手", "已装好", "照片 3 号"):
        assert words in page.text


def test_page_says_what_is_published_while_a_correction_is_written(client):
    resolution = posting().resolution
    published = MinutesVersion.objects.get()
    actions.correct_minutes(published=published, reason="更正", at=AT, by=council.secretary())
    council.resolution(item=resolution.item, text_zh="还没有公开的话。")
    page = client.get("/council/resolutions/")
    assert "还没有公开的话" not in page.text
    assert "同意。" in page.text


def test_what_was_written_in_chinese_alone_is_chinese_on_the_english_pages_too(client):
    meeting = council.in_session()
    council.resolution(item=meeting.items.get(), text_en="")
    actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary())
    minutes = council.to_approved(council.draft(meeting=meeting))
    actions.publish_minutes(minutes=minutes, at=AT, by=council.secretary())
    added()
    recorded = client.get(f"/en{meeting.get_absolute_url()}").text
    assert '<div lang="zh-Hans"><p>同意。</p></div>' in recorded
    decided = client.get("/en/council/resolutions/").text
    assert '<p lang="zh-Hans">同意。</p>' in decided
    assert '<h3 lang="zh-Hans">装扶手</h3>' in decided


def test_page_has_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    reported()
    with django_assert_max_num_queries(12):
        client.get("/council/resolutions/")


def test_action_at_the_desk(client, secretary, clock):
    found = posting()
    clock.move_to(AT)
    address = url("posting_do", found.pk, "add_action")
    sent = {
        "title_zh": "装扶手",
        "owner": f"body-{found.resolution.item.meeting.body_id}",
        "due_on": "2026-12-20",
    }
    assert client.post(address, sent | {"owner": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    row = ActionItem.objects.get()
    assert code_of(client.post(url("actionitem_do", row.pk, "begin"))) == "not_in_force"
    assert client.post(url("actionitem_do", row.pk, "begin"), {"urgent_reason": "危险"}).status_code == 302
    assert client.post(url("actionitem_do", row.pk, "report"), {"text": "好了"}).status_code == 302
    assert client.post(url("actionitem_do", row.pk, "verify")).status_code == 403
    client.force_login(council.chair())
    assert client.post(url("actionitem_do", row.pk, "verify")).status_code == 302
    assert "好了" in client.get(url("actionitem_change", row.pk)).text

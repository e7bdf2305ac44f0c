"""The outbox in the back office: read, and told in person."""

import pytest
from django.urls import reverse

from circle.backoffice.queues import circle_queues
from circle.models import Message
from circle.notifications import notify
from tests import make

pytestmark = pytest.mark.django_db


def url_of(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def to_tell(**values) -> Message:
    """For somebody without a phone."""
    defaults = {"channel": "desk", "event": "booking_cancelled", "values": {"code": "ABCD2345", "item": "x"}}
    defaults["values"] |= {"starts_at": "2026-11-25T09:00:00+08:00"}
    return make.message(**{"resident": make.resident()} | defaults | values)


def test_outbox_shows_text_and_masked_number(client, clerk):
    message = to_tell(channel="sms", resident=make.resident(phone="13800138000"))
    for url in (url_of(Message, "changelist"), url_of(Message, "change", message.pk)):
        text = client.get(url).text
        assert [words in text for words in ("ABCD2345", "138****8000", "13800138000")] == [True, True, False]


def test_outbox_never_shows_a_sign_in_code(client, clerk):
    """Whoever could read it here would sign in as somebody else."""
    notify(
        event="sign_in_code",
        community=make.here(),
        user=make.resident_login(),
        secret={"code": "482913"},
        dedupe="secret",
        at=make.MORNING,
    )
    secret = Message.objects.get(dedupe="secret")
    assert secret.all_values == {"code": "482913"}
    for url in (url_of(Message, "changelist"), url_of(Message, "change", secret.pk)):
        text = client.get(url).text
        assert ("482913" in text, "••••••" in text) == (False, True)


def test_clerk_notes_that_somebody_was_told(client, clerk):
    message = to_tell()
    url = url_of(Message, "told", message.pk)
    assert url in client.get(url_of(Message, "change", message.pk)).text
    assert client.get(url).status_code == 405
    for _ in range(2):
        assert client.post(url).status_code == 302
    message.refresh_from_db()
    assert (message.status, message.sent_at is not None) == ("sent", True)
    assert url not in client.get(url_of(Message, "change", message.pk)).text


def test_only_messages_to_tell_can_be_told(client, clerk):
    message = make.message()
    client.post(url_of(Message, "told", message.pk))
    message.refresh_from_db()
    assert message.status == "queued"


def test_told_is_shut_to_strangers(client, ours, theirs):
    message = to_tell(community=theirs, resident=make.resident(community=theirs))
    url = url_of(Message, "told", message.pk)
    assert client.post(url)["Location"].startswith("/admin/login/")
    client.force_login(make.clerk(community=ours))
    assert client.post(url).status_code == 404
    client.force_login(make.staff("circle.view_message"))
    assert client.post(url).status_code == 403


def test_several_are_told_at_once_over_a_page_that_asks(client, clerk, theirs):
    messages = [to_tell(), to_tell(), to_tell(community=theirs)]
    url = url_of(Message, "changelist")
    sent = {"action": "told", "_selected_action": [message.pk for message in messages]}
    assert client.post(url, sent).status_code == 200
    assert Message.objects.awaiting_in_person().count() == 3
    assert client.post(url, sent | {"confirmed": "yes"}).status_code == 302
    assert list(Message.objects.awaiting_in_person()) == messages[2:]


def test_bulk_action_is_not_offered_to_who_may_only_look(client, ours):
    message = to_tell()
    client.force_login(make.staff("circle.view_message"))
    sent = {"action": "told", "_selected_action": [message.pk], "confirmed": "yes"}
    client.post(url_of(Message, "changelist"), sent)
    message.refresh_from_db()
    assert message.status == "queued"


def test_bulk_action_takes_two_hundred_rows_at_most(client, clerk, monkeypatch):
    monkeypatch.setattr("circle.backoffice.row_questions.MAX_ROWS_AT_ONCE", 2)
    sent = {"action": "told", "_selected_action": [to_tell().pk for _ in range(3)], "confirmed": "yes"}
    response = client.post(url_of(Message, "changelist"), sent, follow=True)
    assert 'data-code="too_many_rows"' in response.text
    assert Message.objects.awaiting_in_person().count() == 3


# Queues -----------------------------------------------------------------------------------------------------


def test_queues_count_ones_own_community_only(director, theirs):
    to_tell()
    to_tell(status="dead")
    to_tell(community=theirs)
    make.report()
    make.report(community=theirs)
    make.missed_search(community=theirs)
    found = {queue.url.split("?")[0].split("/")[-2]: queue.count for queue in circle_queues(director)}
    assert (found["pagereport"], found["missedsearch"]) == (1, 0)
    assert [queue.count for queue in circle_queues(director) if "message" in queue.url] == [1, 1]


def test_dead_letters_are_urgent(director):
    assert [queue.is_urgent for queue in circle_queues(director) if "dead" in queue.url] == [False]
    to_tell(status="dead")
    assert [queue.is_urgent for queue in circle_queues(director) if "dead" in queue.url] == [True]


def test_queues_lead_to_their_rows(client, director):
    waiting, dead = to_tell(), to_tell(status="dead")
    knocks, letters = (queue.url for queue in circle_queues(director) if "message" in queue.url)
    [(house, [(knock, _text, is_today)])] = client.get(knocks).context["houses"]
    assert (house, knock, is_today) == (None, waiting, True)
    assert list(client.get(letters).context["cl"].queryset) == [dead]

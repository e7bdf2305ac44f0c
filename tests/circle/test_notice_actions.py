"""A notice from its draft to its end, in actions and in the back office."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from circle import actions
from circle.models import Notice, Record
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
DAY = dt.timedelta(days=1)


def draft(**values) -> Notice:
    return make.notice(**{"status": "draft", "publish_at": NOW - DAY} | values)


def is_shown(notice: Notice, at: dt.datetime = NOW) -> bool:
    return Notice.objects.visible(notice.community, at).filter(pk=notice.pk).exists()


def verbs(notice: Notice) -> list[str]:
    return list(Record.objects.about(notice).order_by("id").values_list("verb", flat=True))


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(at=NOW, by=make.director(), **values)
    return refusal.value.code


def test_draft_is_seen_by_nobody_until_it_is_published():
    notice, by = draft(), make.director()
    assert not is_shown(notice)
    actions.publish_notice(notice=notice, at=NOW, by=by)
    assert is_shown(notice)
    assert (notice.publish_at, notice.status_at, verbs(notice)) == (NOW, NOW, ["notice_published"])


def test_published_notice_with_a_day_to_come_waits_for_it():
    notice = draft(publish_at=NOW + DAY)
    actions.publish_notice(notice=notice, at=NOW, by=make.director())
    assert (is_shown(notice), is_shown(notice, NOW + DAY)) == (False, True)


def test_notice_is_not_published_twice_nor_after_its_last_day():
    notice = draft()
    actions.publish_notice(notice=notice, at=NOW, by=make.director())
    assert refused(actions.publish_notice, notice=notice) == "already_published"
    assert refused(actions.publish_notice, notice=draft(expires_at=NOW)) == "over"


def test_withdrawn_notice_is_gone_at_once_and_may_come_back():
    notice, by = draft(), make.director()
    actions.publish_notice(notice=notice, at=NOW, by=by)
    actions.pin_notice(notice=notice, at=NOW, by=by)
    assert refused(actions.withdraw_notice, notice=notice, reason=" ") == "reason_missing"
    actions.withdraw_notice(notice=notice, reason="日期写错了", at=NOW, by=by)
    notice.refresh_from_db()
    assert (is_shown(notice), notice.is_pinned, notice.reason) == (False, False, "日期写错了")
    assert refused(actions.withdraw_notice, notice=notice, reason="x") == "already_withdrawn"
    actions.publish_notice(notice=notice, at=NOW, by=by)
    assert (is_shown(notice), notice.reason) == (True, "")


def test_only_a_published_notice_is_pinned_and_each_pin_recorded_once():
    notice, by = draft(), make.director()
    assert refused(actions.pin_notice, notice=notice) == "not_published"
    assert refused(actions.withdraw_notice, notice=notice, reason="x") == "not_possible"
    actions.publish_notice(notice=notice, at=NOW, by=by)
    for act in (actions.pin_notice, actions.pin_notice, actions.unpin_notice, actions.unpin_notice):
        act(notice=notice, at=NOW, by=by)
    assert (notice.is_pinned, verbs(notice)[1:]) == (False, ["notice_pinned", "notice_unpinned"])


def test_notice_expires_by_the_clock_once():
    over = make.notice(expires_at=NOW, publish_at=NOW - DAY, is_pinned=True)
    running = make.notice(expires_at=NOW + DAY, publish_at=NOW - DAY)
    assert [actions.expire_notices(at=NOW) for _ in range(2)] == [1, 0]
    over.refresh_from_db()
    running.refresh_from_db()
    assert (over.status, over.is_pinned, running.status) == ("expired", False, "published")
    assert verbs(over) == ["notice_expired"]


# The back office --------------------------------------------------------------------------------------------


def url_of(notice: Notice, verb: str) -> str:
    return reverse("admin:circle_notice_do", args=[notice.pk, verb])


def test_buttons_ask_first_and_then_do(client, director, html):
    notice = draft(expires_at=timezone.now() + DAY)
    page = client.get(reverse("admin:circle_notice_change", args=[notice.pk]))
    assert (url_of(notice, "publish") in page.text, url_of(notice, "withdraw") in page.text) == (True, False)
    for verb, sent in (("publish", {}), ("pin", {}), ("withdraw", {"reason": "写错了"})):
        assert client.get(url_of(notice, verb)).status_code == 200
        assert client.post(url_of(notice, verb), sent).status_code == 302
    notice.refresh_from_db()
    assert (notice.status, notice.reason) == ("withdrawn", "写错了")


def test_refusal_keeps_the_reason_and_names_its_code(client, director):
    notice = make.notice()
    response = client.post(url_of(notice, "withdraw"), {"reason": "长" * 121})
    assert (response.status_code, 'data-code="reason_too_long"' in response.text) == (422, True)
    assert client.get(url_of(notice, "burn")).status_code == 404


def test_what_was_public_cannot_be_deleted(client, director):
    director.is_superuser = True
    director.save()
    public, own = make.notice(), draft()
    urls = [reverse("admin:circle_notice_delete", args=[notice.pk]) for notice in (public, own)]
    assert [client.get(url).status_code for url in urls] == [403, 200]

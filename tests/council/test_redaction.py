"""The text of published minutes is withdrawn by two people; its hash and their reason stay."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from circle.models import Record
from council import actions
from council.actions.verification import find_minutes_faults
from council.models import MinutesVersion
from tests import make_council as council
from tests.council.desk import code_of, url
from tests.make_council import AFTER as AT
from tests.make_council import refused

pytestmark = pytest.mark.django_db
WHY = "正文里有一位居民的电话"
V1 = "/council/2026-11/v1/"
FILES = ["/council/2026-11/minutes/1.json", "/council/minutes/2026-11-v1.json"]


def asked(minutes: MinutesVersion, **values) -> MinutesVersion:
    return actions.ask_redaction(
        minutes=minutes, **{"reason": WHY, "at": AT, "by": council.secretary()} | values
    )


def redacted(minutes: MinutesVersion) -> MinutesVersion:
    return actions.redact_minutes(minutes=asked(minutes), at=AT, by=council.chair())


def test_text_is_blanked_and_hash_and_reason_stay():
    before = council.published()
    minutes = redacted(before)
    minutes.refresh_from_db()
    assert (minutes.status, minutes.body, minutes.redaction_reason) == ("redacted", "", WHY)
    assert minutes.sha256 == Record.objects.get(verb="minutes_redacted").details["sha256"]


def test_one_person_alone_withdraws_nothing():
    by = council.chair()
    minutes = asked(council.published(), by=by)
    assert refused(actions.redact_minutes, minutes=minutes, at=AT, by=by) == "same_person"
    assert MinutesVersion.objects.get().body


def test_nothing_is_withdrawn_that_nobody_asked_for():
    sent = {"minutes": council.published(), "at": AT, "by": council.chair()}
    assert refused(actions.redact_minutes, **sent) == "not_asked"


def test_draft_is_not_withdrawn():
    assert refused(asked, minutes=council.draft()) == "not_possible"


def test_asking_twice_is_refused_and_leaving_it_is_harmless():
    minutes = asked(council.published())
    assert refused(asked, minutes=minutes) == "already_asked"
    for _ in range(2):
        actions.refuse_redaction(minutes=minutes, at=AT, by=council.chair())
    assert Record.objects.filter(verb="redaction_dropped").count() == 1
    assert refused(actions.redact_minutes, minutes=minutes, at=AT, by=council.chair()) == "not_asked"


@pytest.mark.parametrize("reason", ["", "电话13800000000"])
def test_reason_is_given_and_tells_nothing_itself(reason):
    code = "personal_data_shown" if reason else "reason_missing"
    assert refused(asked, minutes=council.published(), reason=reason) == code


def test_meeting_gets_the_next_version_to_write():
    first = redacted(council.published())
    draft = MinutesVersion.objects.open().get()
    assert (draft.version, draft.correction, draft.sheet.replaces) == (2, WHY, first.sha256)
    sent = {"minutes": draft, "at": AT, "by": council.secretary()}
    assert refused(actions.drop_correction, **sent) == "text_withdrawn"
    council.written(draft, "隐去后的正文。")
    actions.publish_minutes(minutes=council.to_approved(draft), at=AT, by=council.secretary())
    assert list(find_minutes_faults()) == []


def test_replaced_version_is_withdrawn_and_the_current_one_stays():
    first = council.published()
    second = council.corrected(first)
    redacted(first)
    assert list(MinutesVersion.objects.public()) == [second]
    assert not MinutesVersion.objects.open().exists()
    assert list(find_minutes_faults()) == []


STEPS = [
    {"status": "redacted", "body": ""},
    {"body": ""},
    {"status": "redacted"},
    {"status": "redacted", "body": "", "sha256": ""},
    {"status": "redacted", "body": "{}"},
]


@pytest.mark.parametrize("values", STEPS)
@pytest.mark.parametrize("is_asked", [False, True])
def test_database_allows_no_other_step(values, is_asked):
    minutes = council.published()
    if is_asked:
        asked(minutes)
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        MinutesVersion.objects.filter(pk=minutes.pk).update(**values)


def test_database_does_not_let_one_person_do_both():
    minutes = asked(council.published(), by=council.chair())
    step = {"status": "redacted", "body": "", "redacted_by": minutes.redaction_asked_by}
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesVersion.objects.filter(pk=minutes.pk).update(**step)


def test_withdrawn_text_cannot_be_put_back():
    minutes = redacted(council.published())
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesVersion.objects.filter(pk=minutes.pk).update(status="published", body="{}")


def test_page_and_file_are_gone_with_their_reason(client):
    minutes = redacted(council.published())
    for address in [V1, *FILES]:
        answer = client.get(address)
        assert answer.status_code == 410
        assert WHY in answer.text
        assert minutes.sha256 in answer.text


def test_withdrawn_lines_stand_in_a_list_of_their_own(client):
    first = council.published()
    second = council.corrected(first)
    redacted(first)
    assert client.get("/council/minutes/chain.txt").text == f"{second.sha256}  2026-11-v2.json\n"
    assert client.get("/council/minutes/withdrawn.txt").text == f"{first.sha256}  2026-11-v1.json\n"
    page = client.get("/council/2026-11/")
    assert WHY in page.text
    assert page.context["minutes"] == second


def test_meeting_without_any_text_says_so(client):
    redacted(council.published())
    page = client.get("/council/2026-11/")
    assert page.status_code == 200
    assert page.context["minutes"] is None
    assert V1 in page.text


def test_verification_does_not_miss_what_was_withdrawn():
    redacted(council.published())
    assert list(find_minutes_faults()) == []


def test_two_people_do_it_at_the_desk(client, secretary, clock):
    clock.move_to(AT)
    minutes = council.published()
    assert (
        client.post(url("minutesversion_do", minutes.pk, "ask_redaction"), {"reason": WHY}).status_code == 302
    )
    assert client.post(url("minutesversion_do", minutes.pk, "redact_minutes")).status_code == 403
    client.force_login(council.chair())
    question = url("minutesversion_do", minutes.pk, "redact_minutes")
    assert WHY in client.get(question).text
    assert client.post(question).status_code == 302
    page = client.get(url("minutesversion_change", minutes.pk))
    assert page.status_code == 200
    assert page.context["sheet"] is None


def test_own_request_at_the_desk_is_refused_and_recorded(client, clock):
    clock.move_to(AT)
    minutes = council.published()
    by = council.chair()
    asked(minutes, by=by)
    client.force_login(by)
    answer = client.post(url("minutesversion_do", minutes.pk, "redact_minutes"))
    assert code_of(answer) == "same_person"
    assert Record.objects.filter(verb="minutes_redacted_refused").exists()

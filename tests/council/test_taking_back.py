"""What was put down by mistake: a count on the wrong item is annulled, a correction begun is dropped."""

import pytest
from django.db import IntegrityError, transaction

from circle.models import Record
from council import actions
from council.models import AnnulledResolution, MinutesVersion, Resolution, text_digest
from tests import make_council as council
from tests.council.desk import code_of, url
from tests.make_council import refused

pytestmark = pytest.mark.django_db
AT = council.AFTER
WRONG = "记到别的议题上了"


def annul(resolution, by=None, **values):
    sent = {"reason": WRONG, "at": AT, "by": by or council.secretary()} | values
    return actions.annul_resolution(item=resolution.item, **sent)


# A count ----------------------------------------------------------------------------------------------------


def test_annulled_count_stays_on_record_with_its_reason():
    meeting = council.in_session(items=2)
    first, second = meeting.items.order_by("number")
    wrong = council.resolution(item=first)
    annul(wrong)
    first.refresh_from_db()
    assert (first.status, Resolution.objects.exists()) == ("published", False)
    found = AnnulledResolution.objects.get()
    assert (found.item, found.number, found.reason, found.decision.yes) == (first, wrong.number, WRONG, 6)
    assert Record.objects.get(verb="resolution_annulled").details == {"number": wrong.number}
    assert council.resolution(item=second).number != wrong.number


def test_item_of_an_annulled_count_has_to_have_a_result_before_the_session_ends():
    meeting = council.in_session()
    annul(council.resolution(item=meeting.items.get()))
    by = council.secretary()
    assert refused(actions.end_session, meeting=meeting, at=council.ENDS, by=by) == "items_open"
    actions.note_item(item=meeting.items.get(), at=council.ENDS, by=by)
    actions.end_session(meeting=meeting, at=council.ENDS, by=by)


def test_minutes_are_not_submitted_without_a_result_for_each_item():
    minutes, by = council.draft(), council.secretary()
    annul(Resolution.objects.get())
    assert refused(actions.submit_minutes, minutes=minutes, at=AT, by=by) == "items_open"
    actions.defer_item(item=minutes.meeting.items.get(), at=AT, by=by)
    actions.submit_minutes(minutes=minutes, at=AT, by=by)
    assert minutes.sheet.points[0].resolution is None


def test_published_count_is_annulled_by_a_correction_only():
    published = council.published()
    found = Resolution.objects.get()
    assert refused(annul, resolution=found) == "minutes_fixed"
    correction = actions.correct_minutes(published=published, reason=WRONG, at=AT, by=council.secretary())
    annul(found)
    actions.note_item(item=found.item, at=AT, by=council.secretary())
    council.written(correction)
    assert (correction.sheet.points[0].resolution, published.sheet.points[0].resolution.yes) == (None, 6)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"reason": "长" * 201}, "reason_too_long"),
        ({"seen": 0}, "changed_meanwhile"),
    ],
)
def test_annulment_asks_for_a_reason_and_the_count_that_was_seen(sent, code):
    found = council.resolution(item=council.in_session().items.get())
    assert refused(annul, resolution=found, **sent) == code
    assert Resolution.objects.get() == found


def test_item_without_a_count_has_nothing_to_annul():
    meeting, by = council.in_session(), council.secretary()
    sent = {"item": meeting.items.get(), "reason": WRONG, "at": AT, "by": by}
    assert refused(actions.annul_resolution, **sent) == "no_resolution"


def test_annulled_count_is_never_changed():
    annul(council.resolution(item=council.in_session().items.get()))
    for act in (
        AnnulledResolution.objects.all().delete,
        lambda: AnnulledResolution.objects.update(reason="x"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


def test_clerk_annuls_a_count(client, secretary, clock):
    clock.move_to(council.STARTS)
    client.force_login(secretary)
    meeting = council.in_session()
    found = council.resolution(item=meeting.items.get(), at=council.STARTS)
    page = client.get(url("meeting_result", meeting.pk, found.item_id))
    address = url("meeting_annul", meeting.pk, found.item_id)
    assert address in page.text
    form = client.get(address).context["form"]
    assert code_of(client.post(address, {"reason": "", "seen": form["seen"].value()})) == "reason_missing"
    assert code_of(client.post(address, {"reason": WRONG})) == "changed_meanwhile"
    answer = client.post(address, {"reason": WRONG, "seen": form["seen"].value()})
    assert answer.headers["Location"] == url("meeting_result", meeting.pk, found.item_id)
    page = client.get(answer.headers["Location"])
    assert (found.number in page.text, WRONG in page.text) == (True, True)
    assert client.get(address).status_code == 404


# A correction -----------------------------------------------------------------------------------------------


def correction_of(published: MinutesVersion) -> MinutesVersion:
    return actions.correct_minutes(published=published, reason="补记", at=AT, by=council.secretary())


def drop(minutes: MinutesVersion):
    return actions.drop_correction(minutes=minutes, at=AT, by=council.secretary())


def test_correction_begun_by_mistake_is_dropped():
    published = council.published()
    begun = correction_of(published)
    drop(begun)
    assert MinutesVersion.objects.get() == published
    found = Record.objects.get(verb="correction_dropped")
    assert found.details == {"version": 2, "sha256": text_digest(begun.body)}
    assert correction_of(published).version == 2


def test_correction_dropped_twice_is_dropped_once():
    minutes = correction_of(council.published())
    twin = MinutesVersion.objects.get(pk=minutes.pk)
    drop(minutes)
    drop(twin)
    assert Record.objects.filter(verb="correction_dropped").count() == 1


def test_correction_is_not_dropped_once_it_changed_the_results():
    minutes = correction_of(council.published())
    council.resolution(item=minutes.meeting.items.get(), yes=5, no=3, abstain=1)
    assert refused(drop, minutes=minutes) == "results_changed"
    council.resolution(item=minutes.meeting.items.get(), voted_at=council.HALF_PAST)
    drop(minutes)


@pytest.mark.parametrize("state", ["draft", "published", "in_review"])
def test_only_the_draft_of_a_correction_is_dropped(state):
    if state == "in_review":
        minutes = council.written(correction_of(council.published()))
        actions.submit_minutes(minutes=minutes, at=AT, by=council.secretary())
    else:
        minutes = getattr(council, state)()
    assert refused(drop, minutes=minutes) == "not_possible"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MinutesVersion.objects.filter(pk=minutes.pk).delete()


def test_clerk_drops_a_correction(client, secretary):
    minutes = correction_of(council.published())
    address = url("minutesversion_do", minutes.pk, "drop_correction")
    assert address in client.get(url("minutesversion_change", minutes.pk)).text
    answer = client.post(address)
    assert answer.headers["Location"] == url("meeting_change", minutes.meeting_id)
    assert MinutesVersion.objects.count() == 1

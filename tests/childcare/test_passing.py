"""A place offered out of line needs a reason from the list, and the reason is public."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.hooks.personal_data import delete_drafts
from childcare.models import Application, NurseryClass, PassedOver
from circle.models import Record
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_council import refused

pytestmark = pytest.mark.django_db
LATER = MORNING + dt.timedelta(days=10)


def line(**values) -> tuple[NurseryClass, Application, Application, Application]:
    """Two families have waited ten days longer than the third; one place is left."""
    group = make.nursery_class(capacity=1)
    first, second = make.verified(nursery_class=group), make.verified(nursery_class=group)
    return group, first, second, make.verified(nursery_class=group, at=LATER, **values)


def offer(application: Application, group: NurseryClass, **more):
    said = {"nursery_class": group, "start_on": make.START, "days": 3, "at": LATER, "by": ground.user()}
    return {"application": application} | said | more


def test_last_place_does_not_go_to_the_youngest_application_without_a_reason():
    group, _first, _second, last = line()
    assert refused(actions.offer_place, **offer(last, group)) == "passes_over"
    assert refused(actions.offer_place, **offer(last, group, reason="because")) == "passes_over"
    group.refresh_from_db()
    assert (make.taken(group), PassedOver.objects.count()) == (0, 0)


def test_reason_is_recorded_with_the_number_of_families():
    group, first, second, last = line()
    actions.offer_place(**offer(last, group, reason="sibling"))
    rows = PassedOver.objects.order_by("application_id")
    assert [(row.application, row.offered_to, row.reason) for row in rows] == [
        (first, last, "sibling"),
        (second, last, "sibling"),
    ]
    details = Record.objects.get(verb="application_offered").details
    assert (details["passed_over"], details["reason"]) == (2, "sibling")


@pytest.mark.parametrize("which", [1, 2])
def test_whoever_is_first_needs_no_reason_and_none_is_kept(which):
    found = line()
    actions.offer_place(**offer(found[which], found[0], reason="sibling"))
    assert not PassedOver.objects.exists()  # two sent in at one moment pass nobody over


def test_a_child_too_old_on_the_first_day_is_not_passed_over():
    group = make.nursery_class(capacity=1)
    make.verified(nursery_class=group, child_born_on=dt.date(2025, 1, 10))  # two years old on 10 January
    last = make.verified(nursery_class=group, at=LATER)
    later = dt.date(2027, 1, 18)
    actions.offer_place(**offer(last, group, start_on=later))
    assert not PassedOver.objects.exists()


def test_whoever_is_only_sent_in_or_waits_for_another_class_is_not_passed_over():
    group = make.nursery_class(capacity=1)
    make.submitted(nursery_class=group)
    make.verified(nursery_class=make.nursery_class(community=group.community))
    actions.offer_place(**offer(make.verified(nursery_class=group, at=LATER), group))
    assert not PassedOver.objects.exists()


def test_database_takes_no_reason_outside_the_list_and_nobody_passed_over_by_itself():
    group, first, _second, last = line()
    values = {"nursery_class": group, "passed_at": LATER, "passed_by": ground.user()}
    for wrong in (
        {"application": first, "offered_to": last, "reason": "friend"},
        {"application": last, "offered_to": last, "reason": "sibling"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PassedOver.objects.create(**values | wrong)


# Pages ------------------------------------------------------------------------------------------------------


def test_everybody_reads_the_reason_and_nobody_a_code(client, html):
    group, first, _second, last = line()
    actions.offer_place(**offer(last, group, reason="sibling"))
    text = html(client.get("/en/childcare/"))
    assert "a sibling is in the nursery already" in text
    assert "2 families" in text
    assert first.code not in text
    assert last.code not in text


def test_family_passed_over_reads_when_and_why(client, html):
    group, first, _second, last = line()
    actions.offer_place(**offer(last, group, reason="asked"))
    client.force_login(first.guardian.login)
    text = html(client.get(f"/en/childcare/applications/{first.code}/"))
    assert "the families ahead have asked to wait" in text
    assert last.code not in text
    client.force_login(last.guardian.login)
    assert "have asked to wait" not in html(client.get(f"/en/childcare/applications/{last.code}/"))


def test_head_is_asked_for_the_reason(client, time_machine, html):
    time_machine.move_to(LATER)
    group, _first, _second, last = line()
    client.force_login(make.head(community=group.community))
    url = reverse("admin:childcare_application_ask", args=[last.code, "offer"])
    assert "2 families have waited longer" in html(client.get(f"/en{url}"))
    sent = {"nursery_class": group.code, "start_on": make.START.isoformat(), "days": 3}
    page = client.post(url, sent)
    assert page.status_code == 422
    assert 'data-code="passes_over"' in page.text
    assert client.post(url, sent | {"reason": "protected"}).status_code == 302
    assert PassedOver.objects.count() == 2


# What is stored afterwards ----------------------------------------------------------------------------------


def test_draft_of_one_that_ended_and_was_taken_up_again_is_deleted_after_its_days():
    group, first, _second, last = line()
    actions.offer_place(**offer(last, group, reason="sibling"))
    settled = {"settled_at": MORNING, "settled_by": ground.user()}
    first.tasks.create(kind="age", opened_at=MORNING, **settled)
    who = {"via": "online", "at": LATER, "by": first.guardian.login}
    actions.withdraw_application(application=first, **who)
    actions.reopen_application(application=first, **who)
    delete_drafts(Application.objects.filter(pk=first.pk), LATER)
    assert not Application.objects.filter(pk=first.pk).exists()
    assert PassedOver.objects.count() == 1

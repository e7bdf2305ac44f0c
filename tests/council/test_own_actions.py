"""What somebody carries out of a resolution: told, reported by themselves, verified by others."""

import pytest
import time_machine

from circle.models import Message, Record
from council import actions
from council.models import ActionItem
from tests import make
from tests import make_council as council
from tests.council.desk import url

pytestmark = pytest.mark.django_db
MINE = "actionitem_mine"


@pytest.fixture(autouse=True)
def after_the_meeting():
    with time_machine.travel(council.AFTER, tick=False):
        yield


def own(client, found: ActionItem, verb: str, **sent):
    return client.post(url("actionitem_own", found.pk, verb), sent)


@pytest.mark.parametrize("who", ["firm", "colleague"])
def test_owner_is_told_and_reports_themselves(client, who):
    manager = make.post("property_manager")
    owner = manager.user if who == "firm" else council.chair()
    found = council.action_item(**({"firm": manager.firm} if who == "firm" else {"person": owner}))
    assert Message.objects.get(event="action_assigned").user == owner
    client.force_login(owner)
    assert found.title_zh in client.get(url(MINE)).text
    assert (
        own(client, found, "begin", urgent_reason="漏水").status_code == 422
    )  # the desk says what is urgent
    actions.begin_action(action_item=found, at=council.AFTER, by=council.secretary(), urgent_reason="漏水")
    assert own(client, found, "progress", text="已买好材料。").status_code == 302
    assert own(client, found, "report", text="已修好。", evidence="收据12号").status_code == 302
    found.refresh_from_db()
    assert (found.status, found.reported_by, found.steps.count()) == ("reported", owner, 3)
    assert Record.objects.get(verb="action_reported").actor == owner
    assert own(client, found, "verify").status_code == 404


def test_others_neither_see_it_nor_report_it(client):
    found = council.action_item(firm=make.post("property_manager").firm)
    for stranger in (make.post("property_manager").user, council.secretary()):
        client.force_login(stranger)
        assert found.title_zh not in client.get(url(MINE)).text
        assert own(client, found, "begin", urgent_reason="急").status_code == 404
    client.logout()
    assert client.get(url(MINE)).status_code == 302


def test_who_gives_it_to_themselves_is_not_told():
    by = council.secretary()
    council.action_item(person=by, by=by)
    assert not Message.objects.filter(event="action_assigned").exists()


def test_owner_sees_it_in_what_waits(client):
    owner = council.chair()
    council.action_item(person=owner)
    client.force_login(owner)
    assert "actionitem/mine/" in client.get("/admin/").text


def test_minutes_are_due_by_the_days_of_the_rule(client):
    council.draft(meeting=council.held(body=council.body(minutes_days=5)))
    client.force_login(council.secretary())
    assert "12月1日" in client.get("/admin/").text

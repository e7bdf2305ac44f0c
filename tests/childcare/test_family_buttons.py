"""Pages offer a decision only to whoever may take it; decisions by staff say how the family asked."""

import pytest
from django.urls import reverse

from childcare.models import Application
from circle.models import Record
from tests import make as ground
from tests import make_childcare as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
DECISIONS = ["accept", "decline", "withdraw", "object"]


@pytest.fixture
def grandmother():
    return ground.mandate(scope="childcare", principal=ground.own_resident())


@pytest.mark.parametrize("made", [make.filled, make.submitted, make.offered, make.accepted])
def test_grandmother_sees_no_button_that_refuses_her(client, grandmother, html, made):
    found = made(guardian=grandmother.principal)
    client.force_login(grandmother.agent)
    text = html(client.get(f"/en/childcare/applications/{found.code}/"))
    assert not [name for name in DECISIONS if f"/{found.code}/{name}/" in text]
    assert f"/{found.code}/check/" not in text
    assert "the guardian decides" in text
    client.force_login(found.guardian.login)
    text = html(client.get(f"/en/childcare/applications/{found.code}/"))
    assert [name for name in [*DECISIONS, "check"] if f"/{found.code}/{name}/" in text]
    assert "the guardian decides" not in text


def test_legal_representative_decides(client, html):
    mandate = ground.mandate(scope="childcare", basis="legal", principal=ground.own_resident())
    found = make.offered(guardian=mandate.principal)
    client.force_login(mandate.agent)
    assert f"/{found.code}/accept/" in html(client.get(found.get_absolute_url()))


@pytest.mark.parametrize("via", ["window", "phone"])
@pytest.mark.parametrize(
    ("name", "made", "verb"),
    [
        ("accept", make.offered, "application_accepted"),
        ("decline", make.offered, "application_declined"),
        ("withdraw", make.submitted, "application_withdrawn"),
    ],
)
def test_decision_by_staff_says_window_or_phone(client, via, name, made, verb):
    found = made()
    client.force_login(make.head(community=found.community))
    url = reverse("admin:childcare_application_ask", args=[found.code, name])
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"via": "online"}).status_code == 422
    assert client.post(url, {"via": via}).status_code == 302
    assert Record.objects.get(verb=verb).details["via"] == via


def test_changed_wish_and_reopening_say_it_too(client):
    found = make.submitted()
    client.force_login(make.head(community=found.community))
    sent = {"nursery_class": found.nursery_class.code, "start_on": "2027-02-01", "via": "window"}
    url = "admin:childcare_application_ask"
    assert client.post(reverse(url, args=[found.code, "wish"]), sent).status_code == 302
    assert Record.objects.get(verb="application_wish_changed").details["via"] == "window"
    client.post(reverse(url, args=[found.code, "withdraw"]), {"via": "phone"})
    client.post(reverse(url, args=[found.code, "reopen"]), {"via": "window"})
    assert Record.objects.get(verb="application_reopened").details["via"] == "window"
    assert Application.objects.get().status == "draft"


@pytest.mark.parametrize(("page", "made"), [("accept", make.offered), ("withdraw", make.submitted)])
def test_page_of_a_decision_says_who_decides_and_has_no_button(client, grandmother, page, made):
    found = made(guardian=grandmother.principal)
    client.force_login(grandmother.agent)
    answer = client.get(f"/en/childcare/applications/{found.code}/{page}/")
    assert "the guardian decides" in answer.text
    assert f'action="/en/childcare/applications/{found.code}/{page}/"' not in answer.text
    assert answer.text.count("<h1") == 1

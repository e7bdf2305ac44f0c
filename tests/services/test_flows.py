"""Where an item ends: the button of its page."""

import re

import pytest
from django.db import IntegrityError, transaction

from services.models import Flow
from tests import make, make_eldercare

pytestmark = pytest.mark.django_db


def head_of(client, **values) -> tuple[list[str], str]:
    """The addresses of the buttons of the item's page, and its text."""
    item = make.item(code="T1", phone="0851-0000 0151", **values)
    text = client.get(f"/en{item.get_absolute_url()}").text
    return re.findall(r'class="button(?: plain)?"\s+href="([^"?]+)"', text), " ".join(text.split())


SENTENCES = {
    Flow.SPOT: "No booking is needed: come by, or phone.",
    Flow.AGENCY: "We do the errands for you: ask for it here, by phone or at the window",
    Flow.REGISTER: "Staff enter it for you: phone, tell your grid worker, or say so at the window.",
    Flow.CERTIFICATE: "It is made out at the window while you wait",
    Flow.PHONE: "One call is enough: nobody needs to come.",
    Flow.BOOKING: "It cannot be done online at the moment",
}


@pytest.mark.parametrize("flow", SENTENCES)
def test_item_without_times_is_phoned_for_and_says_how_it_is_done(client, flow):
    buttons, text = head_of(client, flow=flow)
    asked = ["/en/services/T1/errands/"] if flow == Flow.AGENCY else ["tel:0851-00000151"]
    assert (buttons, SENTENCES[flow] in text) == (asked, True)


def test_item_at_the_window_is_booked(client):
    buttons, text = head_of(client, flow="agency", is_bookable=True)
    assert buttons == ["/en/services/T1/book/", "/en/services/T1/errands/"]
    assert SENTENCES[Flow.AGENCY] in text


def test_item_of_another_app_leads_to_its_pages(client):
    make_eldercare.kind(code="bathing")
    buttons, text = head_of(client, flow="page", flow_pages="care-bathing nursery-apply council-topic")
    assert buttons == ["/en/eldercare/bathing/", "/en/childcare/apply/", "/en/council/topics/new/"]
    assert not [words for words in SENTENCES.values() if words in text]


@pytest.mark.parametrize("more", [{"status": "paused"}, {"withdrawn_on": "2025-01-01"}])
def test_item_that_is_not_offered_leads_nowhere(client, more):
    assert head_of(client, flow="page", flow_pages="nursery-apply", **more)[0] == ["tel:0851-00000151"]


def test_page_that_no_app_offers_any_more_is_left_out(client):
    make_eldercare.kind(code="bathing", is_active=False)
    buttons, text = head_of(client, flow="page", flow_pages="care-bathing")
    assert (buttons, SENTENCES[Flow.BOOKING] in text) == (["tel:0851-00000151"], True)


@pytest.mark.parametrize(
    "values",
    [
        {"flow": "phone", "is_bookable": True},
        {"flow": "booking", "is_bookable": True, "visits": 0},
        {"flow": "page"},
        {"flow": "phone", "flow_pages": "nursery-apply"},
    ],
)
def test_contradiction_is_refused_by_the_database(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.item(**values)


def test_what_is_looked_up_does_not_stand_among_what_to_bring(client):
    item = make.item(code="T1")
    make.material(item=item, name_en="Identity card")
    make.material(item=item, name_en="Household register", station_can_check=True)
    text = client.get("/en/services/T1/").text
    to_bring, looked_up = text.split("What to bring")[1].split("no need to bring: we can look this up")
    assert ["Identity card" in to_bring, "Household register" in to_bring] == [True, False]
    assert "Household register" in looked_up

"""The elder signs on the carer's phone with a finger; the picture is small, and each look is recorded."""

import base64
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from PIL import Image, ImageDraw

from circle.images.drawings import MOST_CHARACTERS, png_uri, safe_drawing
from circle.models import Record
from circle.privacy.data_export import personal_data_sections
from eldercare import actions
from eldercare.hooks.personal_data import anonymise_rows, plan_erasure
from eldercare.models import CareBooking, DrawnSignature, ServiceRecord
from tests import make
from tests import make_eldercare as care

NINE, TEN = make.moment(0, 9), make.moment(0, 10)


def drawn(*points, size=(600, 240), mode="L", paper=255, file="PNG", **more) -> str:
    picture = Image.new(mode, size, paper)
    if points:
        ImageDraw.Draw(picture).line(points, fill=0 if mode == "L" else (0, 0, 0, 255), width=5)
    out = BytesIO()
    picture.save(out, file, **more)
    return png_uri(out.getvalue())


SCRAWL = ((60, 120), (200, 60), (300, 180), (500, 90))


def test_drawing_is_made_anew_in_black_and_white_and_small():
    for sent in (drawn(*SCRAWL), drawn(*SCRAWL, mode="RGBA", paper=(0, 0, 0, 0))):  # also on glass
        image = safe_drawing(sent)
        picture = Image.open(BytesIO(image))
        assert (picture.mode, picture.size, len(image) < 5_000) == ("1", (600, 240), True)
        assert 500 < picture.convert("L").histogram()[0] < 10_000


def test_what_is_no_signature_is_refused(refusal):
    frame = Image.new("L", (600, 240), 0)
    bad = {
        "": "drawing_missing",
        drawn(): "drawing_missing",
        drawn((100, 100), (103, 100)): "drawing_missing",  # a tap by mistake
        "x" * (MOST_CHARACTERS + 1): "drawing_too_large",
        "no base64 ,": "drawing_type",
        png_uri(b"no picture"): "drawing_type",
        png_uri(base64.b64decode(drawn(*SCRAWL).partition(",")[2])[:200]): "drawing_type",
        drawn(*SCRAWL, file="GIF"): "drawing_type",
        drawn(size=(3000, 1000)): "drawing_type",
        drawn(paper=0): "drawing_type",
        drawn(*SCRAWL, save_all=True, append_images=[frame]): "drawing_type",
    }
    assert {sent: refusal(safe_drawing, sent=sent) for sent in bad} == bad


@pytest.fixture
def given():
    """Ended a moment ago, and signed with a finger."""
    slot = care.slot(starts_at=NINE)
    booking = care.assigned(slot=slot, resident=make.own_resident(community=slot.community))
    said = {"booking": booking, "at": TEN, "by": booking.assigned_to}
    return actions.finish_care(**said, done=[], signature="glass", drawing=drawn(*SCRAWL))


@pytest.mark.django_db
@pytest.mark.usefixtures("in_the_morning")
def test_signature_is_stored_with_the_record_and_goes_with_it(refusal, given):
    assert given.service_record.signature == "glass"
    assert DrawnSignature.objects.get().record == given.service_record
    actions.undo_transition(booking=given, at=TEN, by=given.assigned_to)
    assert not DrawnSignature.objects.exists()
    said = {"booking": given, "at": TEN, "by": given.assigned_to, "done": []}
    assert refusal(actions.finish_care, **said, signature="glass") == "drawing_missing"
    assert CareBooking.objects.get().status == "assigned"
    actions.finish_care(**said, signature="paper", drawing=drawn(*SCRAWL))
    assert not DrawnSignature.objects.exists()  # of no other signature is one stored


@pytest.mark.django_db
@pytest.mark.usefixtures("in_the_morning")
def test_coordinator_looks_at_it_on_record_and_nobody_else(client, given):
    url = reverse("admin:eldercare_carebooking_signature", args=[given.code])
    change = reverse("admin:eldercare_carebooking_change", args=[given.pk])
    client.force_login(care.coordinator(community=given.community))
    assert url in client.get(change).text
    assert "data:image/png;base64," in client.get(url).text
    looks = Record.objects.filter(verb="data_read", details__page="care_signature")
    assert looks.get().subject_id == given.resident_id
    for user in (given.assigned_to, care.coordinator(community=make.community())):
        client.force_login(user)
        assert client.get(url).status_code in (403, 404)
    assert looks.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("in_the_morning")
def test_signature_is_exported_and_forgotten(client, given):
    [found] = [each for each in personal_data_sections([given.resident]) if each.code == "care_records"]
    assert found.rows[0]["drawn"].startswith("data:image/png;base64,")
    client.force_login(given.resident.login)
    assert f'src="{found.rows[0]["drawn"]}"' in client.get(reverse("my_data")).text
    for forget in (
        lambda: anonymise_rows(CareBooking.objects.all(), TEN),
        lambda: plan_erasure(given.resident).wipe(TEN),
    ):
        image = DrawnSignature.objects.get().image
        forget()
        assert not DrawnSignature.objects.exists()
        DrawnSignature.objects.create(
            community=given.community, record=ServiceRecord.objects.get(), image=image
        )
        CareBooking.objects.update(resident=given.resident)


@pytest.mark.django_db
@pytest.mark.usefixtures("in_the_morning")
def test_phone_sends_what_was_drawn_and_keeps_it_after_a_refusal(client, codes):
    lead, kind = care.carer(), care.kind()
    care.question(kind=kind, sort="task", code="wash")
    booking = care.assigned(slot=care.slot(kind=kind, starts_at=NINE), worker=lead.user)
    actions.begin_together(booking=booking, code="", at=NINE, by=lead.user)
    sent = drawn(*SCRAWL)
    said = {"verb": "finish", "signature": "glass", "drawing": sent}
    with time_machine.travel(TEN, tick=False):
        client.force_login(lead.user)
        url = reverse("carer_visit", args=[booking.code])
        assert "js/sign.js" in client.get(url).text
        refused = client.post(url, said)
        assert codes(refused) == {"nothing_done"}
        assert sent in refused.text
        assert codes(client.post(url, said | {"done": ["wash"], "drawing": ""})) == {"drawing_missing"}
        assert client.post(url, said | {"done": ["wash"]}).status_code == 302
    assert DrawnSignature.objects.exists()

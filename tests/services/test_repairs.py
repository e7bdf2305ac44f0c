"""Repairs: reported with a photo, passed on, done through the firm's link and once, confirmed by phone."""

import datetime as dt
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from PIL import Image

from circle.models import Message, Record
from circle.privacy.retention import run_retention
from services import actions
from services.hooks.personal_data import personal_data, plan_erasure
from services.models import Repair, RepairLink, RepairPhoto
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
DAY = dt.timedelta(days=1)


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (20, 10), "white").save(out, "JPEG")
    return SimpleUploadedFile("leak.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def desk():
    return make.clerk()


@pytest.fixture
def firm():
    return make.firm()


def refusal_of(act, *args, **said) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **said)
    return refusal.value.code


def passed_on(desk, firm, **values) -> tuple[Repair, RepairLink, str]:
    repair = make.repair(by=desk, **values)
    link, token = actions.forward_repair(repair=repair, firm=firm, at=NOW, by=desk)
    return repair, link, token


def test_repair_from_the_report_to_the_call_back(desk, firm):
    person = make.own_resident()
    said = {"kind": "water", "place": "3 栋 502", "words": "水管滴水", "photo": picture()}
    repair = actions.report_repair(resident=person, via="online", at=NOW, by=person.login, **said)
    actions.add_repair_photo(repair=repair, photo=picture(), at=NOW, by=person.login)
    _link, token = actions.forward_repair(repair=repair, firm=firm, at=NOW, by=desk)
    found = actions.link_for(repair.code, token, NOW + DAY)
    actions.complete_repair(link=found, words="换了垫圈", photo=picture(), at=NOW + DAY)
    actions.forward_repair(repair=repair, firm=firm, at=NOW + 2 * DAY, by=desk)  # it does not hold
    link = repair.links.last()
    actions.complete_repair(link=link, words="换了水管", photo=picture(), at=NOW + 3 * DAY)
    repair.refresh_from_db()
    actions.confirm_repair(repair=repair, at=NOW + 4 * DAY, by=desk)
    assert (repair.status, repair.done_words) == ("closed", "换了水管")
    assert list(repair.photos.values_list("shows_result", flat=True)) == [False, False, True, True]
    told = Message.objects.filter(event__startswith="repair_").order_by("id").values_list("event", flat=True)
    assert list(told) == ["repair_reported", *["repair_forwarded", "repair_done"] * 2]
    assert token not in str(list(Record.objects.values())) + str(list(RepairLink.objects.values()))


def test_link_is_refused_with_a_code_that_says_why(desk, firm):
    repair, link, token = passed_on(desk, firm)
    other, _link, _token = passed_on(desk, firm)
    look = actions.link_for
    assert look(repair.code, token, NOW) == link
    assert refusal_of(look, repair.code, "ABC", NOW) == "link_unknown"
    assert refusal_of(look, other.code, token, NOW) == "link_of_another_case"
    assert refusal_of(look, repair.code, token, NOW + 14 * DAY) == "link_expired"
    said = {"words": "修好了", "at": NOW}
    assert (
        refusal_of(actions.complete_repair, link=link, photo=picture(), words=" ", at=NOW) == "reason_missing"
    )
    broken = SimpleUploadedFile("x.jpg", b"no picture")
    assert refusal_of(actions.complete_repair, link=link, photo=broken, **said) == "photo_type"
    actions.complete_repair(link=link, photo=picture(), **said)
    assert refusal_of(actions.complete_repair, link=link, photo=picture(), **said) == "link_used"
    assert refusal_of(look, repair.code, token, NOW) == "link_used"
    assert RepairPhoto.objects.filter(repair=repair).count() == 1


def test_link_ends_with_the_next_one_and_with_the_repair(desk, firm):
    repair, link, token = passed_on(desk, firm)
    actions.forward_repair(repair=repair, firm=make.firm(), at=NOW, by=desk)
    assert refusal_of(actions.link_for, repair.code, token, NOW) == "link_ended"
    assert (
        refusal_of(actions.complete_repair, link=link, words="好了", photo=picture(), at=NOW) == "link_ended"
    )
    actions.cancel_repair(repair=repair, reason="自己修好了", via="phone", at=NOW, by=desk)
    assert not RepairLink.objects.filter(used_at=None, ended_at=None).exists()
    assert refusal_of(actions.forward_repair, repair=repair, firm=firm, at=NOW, by=desk) == "not_possible"
    assert refusal_of(actions.confirm_repair, repair=repair, at=NOW, by=desk) == "not_possible"


def test_what_nobody_may_do_is_refused(desk, firm):
    stranger, person = make.resident_login(), make.own_resident()
    said = {"kind": "water", "place": "厨房", "words": "滴水", "at": NOW}
    report = actions.report_repair
    assert refusal_of(report, resident=person, via="online", by=stranger, **said) == "not_allowed"
    repair = make.repair(resident=person, by=desk)
    elsewhere = make.firm(community=make.community())
    assert (
        refusal_of(actions.forward_repair, repair=repair, firm=elsewhere, at=NOW, by=desk)
        == "other_community"
    )
    for _number in range(4):
        actions.add_repair_photo(repair=repair, photo=picture(), at=NOW, by=person.login)
    more = {"repair": repair, "photo": picture(), "at": NOW}
    assert refusal_of(actions.add_repair_photo, **more, by=person.login) == "too_many_photos"
    assert refusal_of(actions.add_repair_photo, **more, by=stranger) == "not_allowed"


@pytest.mark.parametrize(
    "values", [{"status": "forwarded"}, {"status": "done"}, {"status": "cancelled"}, {"words": ""}]
)
def test_database_refuses_a_repair_that_contradicts_itself(values):
    repair = make.repair()
    with pytest.raises(IntegrityError), transaction.atomic():
        Repair.objects.filter(pk=repair.pk).update(**values)


def test_database_keeps_one_open_link(desk, firm):
    _repair, link, _token = passed_on(desk, firm)
    link.pk, link.token_hash = None, "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        link.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        RepairLink.objects.update(used_at=NOW, ended_at=NOW)


def test_photos_go_first_and_the_name_later(desk, firm):
    call_command("seed_rules", stdout=StringIO())
    person = make.own_resident()
    repair, link, _token = passed_on(desk, firm, resident=person, photo=picture())
    assert plan_erasure(person).open_matters
    repair = actions.complete_repair(link=link, words="换了垫圈", photo=picture(), at=NOW)
    actions.confirm_repair(repair=repair, at=NOW, by=desk)
    assert not plan_erasure(person).open_matters
    sections = {section.code: section for section in personal_data([person])}
    assert ("换了垫圈" in str(sections["repairs"].rows), len(sections["repair_photos"].rows)) == (True, 2)
    list(run_retention(NOW + 31 * DAY))
    assert (RepairPhoto.objects.exists(), Repair.objects.get().words) == (False, "水管滴水")
    list(run_retention(NOW + 731 * DAY))
    found = Repair.objects.get()
    assert (found.resident.is_nobody, found.words, found.place, found.done_words) == (True, "–", "–", "–")


@pytest.mark.usefixtures("in_the_morning")
def test_pages_of_the_resident_the_desk_and_the_firm(client, html, desk, firm):
    person = make.own_resident()
    client.force_login(person.login)
    to = client.get("/en/services/repairs/new/").url
    said = {"kind": "water", "place": "Kitchen", "words": "drips"}
    assert client.post(to, said | {"place": ""}).status_code == 422
    page = html(client.post(to, said | {"photo": picture(), "gives_phone": "on"}, follow=True))
    repair = Repair.objects.get()
    assert repair.code in page
    assert "data:image/webp;base64," in page
    assert repair.code in client.get("/en/me/").text
    client.force_login(desk)
    assert "Repairs: to be passed on" in client.get("/en/admin/").text
    url = f"/en/admin/services/repair/act/{repair.code}/forward/"
    answer = client.post(url, {"firm": firm.pk})
    address = answer.text.split('id="repair-link" href="')[1].split('"')[0]
    assert repair.code in client.get(f"/en/admin/services/repair/{repair.pk}/change/").text
    assert Record.objects.filter(verb="data_read", details__page="repair").count() == 1
    client.logout()
    page = html(client.get(address))
    assert (person.phone in page, person.name in page, "Kitchen" in page) == (True, False, True)
    assert client.post(address, {"words": "done"}).status_code == 422  # without a photo
    assert client.post(address, {"words": "mended", "photo": picture()}).status_code == 200
    again = client.post(address, {"words": "mended", "photo": picture()})
    assert (again.status_code, 'data-code="link_used"' in again.text) == (404, True)
    client.force_login(person.login)
    assert "mended" in client.get(repair.get_absolute_url()).text
    client.force_login(make.resident_login())
    assert client.get(repair.get_absolute_url()).status_code == 404


def test_firm_sees_no_number_that_was_not_given(client, html, desk, firm):
    person = make.own_resident()
    repair, _link, token = passed_on(desk, firm, resident=person, at=NOW)
    RepairLink.objects.update(valid_until=NOW + 10_000 * DAY)
    page = html(client.get(f"/en/services/repairs/{repair.code}/firm/{token}/"))
    assert (person.phone in page, repair.place in page) == (False, True)

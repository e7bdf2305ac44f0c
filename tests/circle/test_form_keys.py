"""Each form that acts carries a key: sent again after a lost answer, it gets the answer of the first time."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import resolve, reverse
from django.utils.http import urlencode

from circle.booking.form_keys import FORM_KEY
from circle.booking.idempotency import new_key
from circle.models import Closure, Once, PageReport, Record
from services.models import Booking
from tests import make
from tests.circle.role_matrix import CHANGES, OWN, TABLE, value_of, values_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

PORTAL = Path(settings.BASE_DIR, "templates")
FORM = re.compile(r'<form\b[^>]*?method="post".*?</form>', re.DOTALL)
# Their key has another name, or they store the same however often they are sent.
OTHERWISE = {
    "base.html": "chooses the person to act for",
    "circle/_act_for.html": "chooses the person to act for",
    "circle/settings.html": "stores a cookie",
    "circle/real.html": "looks something up",
    "circle/progress.html": "looks something up",
    "circle/_progress_box.html": "looks something up",
    "services/find_booking.html": "looks something up",
    "services/find_waiting.html": "looks something up",
    "services/find_case.html": "looks something up",
    "services/case.html": "takes the case out of the session",
    "services/_forget_waiting.html": "takes the row out of the session",
    "services/book_check.html": "a hidden field of the form: once",
    "services/_who.html": "child.once, name_form.once",
    "services/booking.html": "takes the booking out of the session",
    "eldercare/entitled.html": "looks something up",
    "eldercare/find_care_booking.html": "looks something up",
    "eldercare/care_booking.html": "takes the booking out of the session",
    "eldercare/care_check.html": "form.once",
    "eldercare/care_needs.html": "a step before care_check, stores nothing",
    "childcare/apply.html": "form.once",
    "childcare/check.html": "form.once",
    "childcare/find_visit.html": "looks something up",
    "childcare/visit.html": "takes the booking out of the session",
    "childcare/visit_check.html": "form.once",
    "council/topic_new.html": "a step before topic_check, stores nothing",
    "council/topic_check.html": "a hidden field of the form: once",
    "admin/base_site.html": "looks something up",
    "admin/childcare/application/who.html": "looks something up",
    "admin/eldercare/who.html": "looks something up",
    "admin/services/booking/who.html": "looks something up",
    "admin/services/ticket/_find.html": "looks something up",
    "admin/circle/resident/_found.html": "form.once",
    "admin/childcare/application/form.html": "form.once",
    "admin/council/topic/door.html": "form.once",
    "admin/council/topic/new.html": "form.once",
    "admin/eldercare/what.html": "form.once",
    "admin/services/booking/time.html": "form.once",
    "admin/services/booking/walk_in.html": "form.once",
}


def forms_of_templates() -> dict[str, str]:
    """Without allauth's own (account, mfa), which begin a sign-in anew; Django's form: see below."""
    found = {}
    for path in sorted(PORTAL.rglob("*.html")):
        name = path.relative_to(PORTAL).as_posix()
        if not name.startswith(("account/", "mfa/", "allauth/")):
            for number, form in enumerate(FORM.findall(path.read_text(encoding="utf-8"))):
                found[f"{name} {number}"] = form
    return found


FORMS = forms_of_templates()


@pytest.mark.parametrize("name", FORMS)
def test_form_carries_a_key(name):
    is_other = name.split()[0] in OTHERWISE or '{% url "act_for" %}' in FORMS[name]
    assert ("{% form_key %}" in FORMS[name]) != is_other


def test_no_exception_outlives_its_form():
    assert set(OTHERWISE) - {name.split()[0] for name in FORMS} == set()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the matrix runs on SQLite")
@pytest.mark.parametrize("name", CHANGES)
def test_form_sent_again_gets_the_first_answer_and_does_nothing(matrix, name):
    client = matrix.clients["relative" if name == "mandate_confirm" else "resident"]
    rows, line = matrix.rows[OWN], TABLE[name]
    sent = {key: value_of(rows, value) for key, value in CHANGES[name].items()} | {FORM_KEY: new_key()}
    query = {key: value_of(rows, value) for key, value in line.query.items()}
    url = reverse(name, args=values_of(rows, line.args)) + (f"?{urlencode(query)}" if query else "")
    assert resolve(url.partition("?")[0]).func.answers_once
    with transaction.atomic():
        first = client.post(url, sent)
        assert first.status_code == 302, first.context["form"].errors
        stored = Record.objects.count(), Once.objects.count()
        again = client.post(url, sent)
        assert (again.status_code, again["Location"]) == (302, first["Location"])
        assert (Record.objects.count(), Once.objects.count()) == stored
        transaction.set_rollback(True)


@pytest.fixture
def cancelling(client):
    booking = make.booking()
    client.force_login(booking.resident.login)
    return client, booking, reverse("booking_cancel", args=[booking.code])


def test_page_of_a_form_carries_a_new_key_each_time(cancelling):
    client, _, url = cancelling
    keys = {re.search(rf'name="{FORM_KEY}" value="([0-9a-f-]{{36}})"', client.get(url).text)[1] for _ in "ab"}
    assert len(keys) == 2


def test_cancelling_again_after_a_lost_answer_says_yes(cancelling):
    client, _, url = cancelling
    sent = {FORM_KEY: new_key()}
    client.post(url, sent)
    page = client.post(f"/en{url}", sent, follow=True)
    assert (page.status_code, page.context["booking"].status) == (200, Booking.Status.CANCELLED)
    assert "It was done when you sent it the first time" in page.text
    assert client.post(url, {FORM_KEY: new_key()}).status_code == 422  # the control: another form


def test_refused_form_may_be_sent_again(cancelling):
    client, booking, url = cancelling
    sent = {FORM_KEY: new_key()}
    Booking.objects.filter(pk=booking.pk).update(status=Booking.Status.NO_SHOW)
    assert client.post(url, sent).status_code == 422
    assert not Once.objects.exists()
    Booking.objects.filter(pk=booking.pk).update(status=Booking.Status.BOOKED)
    assert client.post(url, sent).status_code == 302


@pytest.mark.parametrize("key", ["", "x", "1" * 4000, "{00000000-0000-0000-0000-000000000000}"])
def test_key_that_no_form_of_ours_carries_is_no_fault(cancelling, key):
    client, _, url = cancelling
    assert client.post(url, {FORM_KEY: key}).status_code == 302


def test_key_of_one_person_says_nothing_to_another(cancelling, client):
    client, _, url = cancelling
    sent = {FORM_KEY: new_key()}
    client.post(url, sent)
    client.force_login(make.own_resident().login)
    assert client.post(url, sent).status_code == 404


def test_report_of_a_fault_is_stored_once(client):
    make.community()
    before = PageReport.objects.count()
    sent = {"page": "/", "message": "The lamp is broken", "kind": "wrong", FORM_KEY: new_key()}
    answers = [client.post("/en/report/", sent) for _ in range(3)]
    assert {answer["Location"] for answer in answers} == {"/"}
    assert PageReport.objects.count() == before + 1


# The back office --------------------------------------------------------------------------------------------


def sent_twice(client, url: str, **sent):
    """The answers to a form with its key, sent twice; the second follows to the page that it leads to."""
    key = re.search(rf'name="{FORM_KEY}" value="([0-9a-f-]{{36}})"', client.get(url).text)[1]
    sent |= {FORM_KEY: key}
    return client.post(url, sent), client.post(f"/en{url}", sent, follow=True), sent


def test_row_that_staff_add_is_added_once(client):
    client.force_login(make.director())
    url = reverse("admin:circle_closure_add")
    place = make.facility(community=make.community())  # whose slots are laid out: not those of the matrix
    typed = {"facility": place.pk, "starts_on": "2026-12-01", "ends_on": "2026-12-02"}
    before = Closure.objects.count()
    first, again, sent = sent_twice(client, url, **typed, reason_zh="盘点")
    assert first.status_code == 302, first.context["adminform"].errors
    assert Closure.objects.count() == before + 1
    assert "It was done when you sent it the first time" in again.text
    client.post(url, sent | {"ends_on": "2026-12-03"})  # "back" and another day is another form
    assert Closure.objects.count() == before + 2


def test_places_are_moved_once(client):
    slot = make.slot(capacity=4)
    make.slot(counter=slot.counter, channel="counter", starts_at=slot.starts_at, capacity=1)
    client.force_login(make.clerk())
    url = reverse("admin:services_slot_places", args=[slot.pk])
    first, again, _ = sent_twice(client, url, places=1, to="counter")
    slot.refresh_from_db()
    assert (first.status_code, again.status_code, slot.capacity) == (302, 200, 3)

"""Personal data of agency cases: photographs, export, retention and erasure."""

import datetime as dt
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from circle.privacy.retention import run_retention
from services import actions
from services.hooks.personal_data import personal_data, plan_erasure
from services.models import AgencyCase, CasePhoto, CaseStep, IdentitySeen
from services.models.case_papers import MOST_PHOTOS
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
DAY = dt.timedelta(days=1)


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (20, 10), "white").save(out, "JPEG")
    return SimpleUploadedFile("paper.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def case():
    call_command("seed_rules", stdout=StringIO())
    return make.agency_case(words="腿脚不便")


def send(case, **said):
    return actions.add_case_photo(
        **{"case": case, "photo": picture(), "via": "phone", "at": NOW, "by": case.requested_by} | said
    )


def test_photo_is_made_safe_and_stored_encrypted(case):
    row = CasePhoto.objects.get(pk=send(case).pk)
    assert row.image[:4] == b"RIFF"
    assert Image.open(BytesIO(row.image)).format == "WEBP"
    assert "RIFF" not in row.image_sealed


def test_photo_is_decoded_before_the_case_is_locked(case):
    """Who sends a bomb holds no lock meanwhile, and who may not send one makes us decode nothing."""
    broken = {"photo": SimpleUploadedFile("x.jpg", b"no picture")}
    with CaptureQueriesContext(connection) as asked, pytest.raises(ValidationError) as refusal:
        send(case, **broken)
    assert refusal.value.code == "photo_type"
    assert not [row["sql"] for row in asked if row["sql"].startswith(("SAVEPOINT", "BEGIN"))]
    with pytest.raises(ValidationError) as refusal:
        send(case, via="online", by=make.resident_login(), **broken)
    assert refusal.value.code == "not_allowed"


def test_photo_is_refused_by_code(case):
    def code(**said):
        with pytest.raises(ValidationError) as refusal:
            send(case, **said)
        return refusal.value.code

    assert code(photo=SimpleUploadedFile("x.jpg", b"no picture")) == "photo_type"
    assert code(via="online", by=make.resident_login()) == "not_allowed"
    CasePhoto.objects.bulk_create(CasePhoto(case=case, at=NOW) for _n in range(MOST_PHOTOS))
    assert code() == "too_many_photos"
    send(case, is_authorisation=True)  # what was signed at the window has its place in any event
    withdraw(case)
    assert code() == "not_possible"


def withdraw(case, at=NOW):
    return actions.withdraw_case(case=case, reason="自己去办", via="phone", at=at, by=case.requested_by)


def test_photos_are_deleted_thirty_days_after_the_case_is_over(case):
    send(case)
    list(run_retention(NOW + 400 * DAY))
    assert CasePhoto.objects.count() == 1  # a case that goes on keeps them
    withdraw(case)
    list(run_retention(NOW + 30 * DAY))
    assert CasePhoto.objects.count() == 1
    list(run_retention(NOW + 31 * DAY))
    assert not CasePhoto.objects.exists()
    assert AgencyCase.objects.get().resident == case.resident


def test_case_names_nobody_after_its_years(case):
    withdraw(case)
    list(run_retention(NOW + 1200 * DAY))
    case.refresh_from_db()
    assert (case.resident.is_nobody, case.words, case.reason) == (True, "", "–")
    assert (case.requested_by, case.mandate, case.authorisation) == (None, None, None)
    assert set(CaseStep.objects.values_list("public_words", "inner_words")) == {("–", "–")}


def test_number_of_the_office_and_of_the_post_lead_to_nobody(case):
    AgencyCase.objects.filter(pk=case.pk).update(
        submitted_at=NOW, receipt="云政受17", delivery="posted", handed_to="本人", tracking="EMS 1234"
    )
    withdraw(case)
    list(run_retention(NOW + 1200 * DAY))
    case.refresh_from_db()
    assert (case.receipt, case.tracking, case.handed_to) == ("–", "–", "–")


def test_nobody_is_forgotten_whose_originals_we_hold(case):
    """Withdrawn long ago, and the person has not fetched the paper."""
    paper = actions.receive_paper(case=case, name="户口簿", at=NOW, by=case.requested_by)
    send(case)
    withdraw(case)
    assert len(plan_erasure(case.resident).open_matters) == 1
    list(run_retention(NOW + 1200 * DAY))
    case.refresh_from_db()
    assert (case.resident.is_nobody, CasePhoto.objects.count()) == (False, 1)
    actions.return_paper(paper=paper, returned_to="本人", at=NOW, by=case.requested_by)
    assert plan_erasure(case.resident).open_matters == []
    list(run_retention(NOW + 1200 * DAY))
    case.refresh_from_db()
    assert (case.resident.is_nobody, CasePhoto.objects.count()) == (True, 0)


def test_export_has_photos_and_stops(case):
    send(case)
    actions.ask_supplement(case=case, missing="近期照片", at=NOW, by=case.requested_by)
    sections = {section.code: section for section in personal_data([case.resident])}
    assert [row["case.code"] for row in sections["case_photos"].rows] == [case.code]
    assert "近期照片" in str(sections["agency_case_stops"].rows)
    assert {"delivery", "tracking"} <= set(sections["agency_cases"].labels)


def test_export_has_the_case_its_steps_its_papers_and_who_saw_the_card(case):
    make.identity_seen(resident=case.resident, by=case.requested_by)
    actions.receive_paper(case=case, name="户口簿", at=NOW, by=case.requested_by)
    sections = {section.code: section for section in personal_data([case.resident])}
    assert {"agency_cases", "agency_case_steps", "agency_case_papers", "identity_seen"} <= set(sections)
    assert "户口簿" in str(sections["agency_case_papers"].rows)
    assert "腿脚不便" in str(sections["agency_cases"].rows)


def test_erasure_waits_for_the_end_and_then_wipes(case):
    send(case)
    make.identity_seen(resident=case.resident, by=case.requested_by)
    assert len(plan_erasure(case.resident).open_matters) == 1
    withdraw(case)
    plan = plan_erasure(case.resident)
    assert plan.open_matters == []
    plan.wipe(NOW)
    case.refresh_from_db()
    assert (case.words, CasePhoto.objects.count(), IdentitySeen.objects.count()) == ("", 0, 0)

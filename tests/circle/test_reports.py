import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from circle.actions import REPORTS_PER_HOUR, report_page, settle_report
from circle.models import PageReport
from tests import make

pytestmark = pytest.mark.django_db

NOW = timezone.now()
WORDS = "电话号码少了一位"


def send(client, path: str = "/report/", **values):
    return client.post(path, {"page": "/circle/hall/", "message": WORDS, "website": ""} | values)


def fill_the_hour(at: dt.datetime) -> None:
    community = make.here()
    PageReport.objects.bulk_create(
        PageReport(community=community, page="/", message=f"{n}", created_at=at)
        for n in range(REPORTS_PER_HOUR)
    )


def settle_url(report: PageReport) -> str:
    return reverse("admin:circle_pagereport_settle", args=[report.pk])


def test_every_page_offers_to_report_itself(client):
    make.facility(code="hall")
    assert 'href="/report/?page=/circle/hall/"' in client.get("/circle/hall/").text
    assert client.get("/report/?page=/circle/hall/").context["form"]["page"].value() == "/circle/hall/"


def test_report_is_kept_and_thanked_for(client):
    community = make.community()
    response = send(client, "/en/report/")
    assert (response.status_code, response["Location"]) == (302, "/circle/hall/")
    report = PageReport.objects.get()
    assert (report.community, report.page, report.message) == (community, "/circle/hall/", WORDS)
    assert (report.settled_at, report.outcome) == (None, "")
    assert "Thank you. A colleague will look" in client.get("/en/help/").text


@pytest.mark.parametrize("message", ["", "   \n "])
def test_empty_report_is_refused_with_a_link_to_the_field(client, html, message):
    make.community()
    response = send(client, "/en/report/", message=message)
    assert response.status_code == 422
    assert '<a href="#id_message">Write what is wrong, one sentence is enough.</a>' in html(response)
    assert 'name="page" value="/circle/hall/"' in html(response)
    assert not PageReport.objects.exists()


def test_too_long_report_is_refused_and_kept_in_the_form(client):
    make.community()
    response = send(client, message="长" * 1001)
    assert (response.status_code, response.context["form"]["message"].value()) == (422, "长" * 1001)
    assert response.context["form"].errors.as_data()["message"][0].code == "max_length"


def test_robot_that_fills_the_hidden_field_is_refused(client):
    make.community()
    response = send(client, website="https://spam.invalid")
    assert response.status_code == 422
    assert response.context["form"].errors.as_data()["website"][0].code == "robot"
    assert not PageReport.objects.exists()


def test_report_twice_is_kept_once(client):
    make.community()
    assert [send(client).status_code for _ in range(2)] == [302, 302]
    assert PageReport.objects.count() == 1


def test_report_of_a_settled_matter_is_new():
    report = make.report(message=WORDS)
    settle_report(report=report, by=make.user(), outcome="done", at=NOW)
    again = report_page(community=report.community, page=report.page, message=WORDS, at=NOW)
    assert again.pk != report.pk


def test_reports_beyond_sixty_an_hour_are_refused():
    fill_the_hour(NOW - dt.timedelta(minutes=59))
    with pytest.raises(ValidationError) as refusal:
        report_page(community=make.here(), page="/", message="one more", at=NOW)
    assert refusal.value.code == "too_many_reports"
    assert make.PHONE in refusal.value.messages[0]
    assert PageReport.objects.count() == REPORTS_PER_HOUR


def test_reports_of_an_hour_ago_no_longer_count():
    fill_the_hour(NOW - dt.timedelta(minutes=60))
    assert report_page(community=make.here(), page="/", message="one more", at=NOW).pk


def test_reports_of_one_community_do_not_silence_another():
    fill_the_hour(NOW)
    assert report_page(community=make.community(), page="/", message="ours", at=NOW).pk


def test_refused_report_keeps_what_was_typed_and_names_the_phone(client):
    fill_the_hour(timezone.now())
    response = send(client)
    assert (response.status_code, response.context["form"]["message"].value()) == (422, WORDS)
    assert response.context["form"].errors.as_data()["__all__"][0].code == "too_many_reports"


def test_settling_names_who_when_and_what():
    report, clerk = make.report(), make.user()
    settled = settle_report(report=report, by=clerk, outcome="  改好了 ", at=NOW)
    assert (settled.settled_by, settled.settled_at, settled.outcome) == (clerk, NOW, "改好了")
    assert not PageReport.objects.unsettled().exists()


def test_settling_twice_keeps_the_first_word():
    report, clerk = make.report(), make.user()
    settle_report(report=report, by=clerk, outcome="first", at=NOW)
    settled = settle_report(report=report, by=make.user(), outcome="second", at=NOW + dt.timedelta(days=1))
    assert (settled.settled_by, settled.settled_at, settled.outcome) == (clerk, NOW, "first")


def test_settling_without_an_outcome_is_refused():
    report = make.report()
    with pytest.raises(ValidationError) as refusal:
        settle_report(report=report, by=make.user(), outcome=" ", at=NOW)
    assert refusal.value.code == "outcome_missing"
    assert PageReport.objects.unsettled().get() == report


# In the back office -----------------------------------------------------------------------------------------


def test_clerk_settles_a_report_in_the_admin(client):
    report = make.report()
    clerk = make.staff("circle.view_pagereport", "circle.change_pagereport")
    client.force_login(clerk)
    assert report.message in client.get(settle_url(report)).text
    assert client.post(settle_url(report), {"outcome": "改好了"}).status_code == 302
    report.refresh_from_db()
    assert (report.settled_by, report.outcome) == (clerk, "改好了")


def test_reader_of_reports_may_not_settle_them(client, html):
    report = make.report()
    client.force_login(make.staff("circle.view_pagereport"))
    for response in (client.get(settle_url(report)), client.post(settle_url(report), {"outcome": "x"})):
        assert response.status_code == 403
        assert "<h1>" in html(response)  # a page in our style, not an empty one
    assert PageReport.objects.unsettled().exists()


def test_settling_needs_a_login(client):
    response = client.post(settle_url(make.report()), {"outcome": "x"})
    assert (response.status_code, response["Location"].startswith("/admin/login/")) == (302, True)


@pytest.mark.parametrize("outcome", ["", "  ", "长" * 301])
def test_admin_refuses_an_empty_or_overlong_outcome(director_client, outcome):
    report = make.report()
    response = director_client.post(settle_url(report), {"outcome": outcome})
    assert response.status_code == 422
    assert outcome.strip() in response.text
    assert PageReport.objects.unsettled().exists()


def test_settling_an_unknown_report_is_not_found(director_client):
    make.community()
    assert director_client.get("/admin/circle/pagereport/999999/settle/").status_code == 404


def test_reports_cannot_be_added_or_deleted_in_the_admin(director_client):
    report = make.report()
    assert director_client.get("/admin/circle/pagereport/add/").status_code == 403
    assert (
        director_client.post(f"/admin/circle/pagereport/{report.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    sent = {"action": "delete_selected", "_selected_action": report.pk, "post": "yes"}
    director_client.post("/admin/circle/pagereport/", sent)
    assert PageReport.objects.get() == report


@pytest.mark.parametrize(
    "page", ["javascript:alert(1)", "https://evil.invalid/", "//evil.invalid/", "/\\\\evil.invalid"]
)
def test_report_about_a_page_elsewhere_is_refused(client, page):
    """Staff will click on the address, so nothing that a visitor made up may get there."""
    make.community()
    assert send(client, page=page).status_code == 422
    assert not PageReport.objects.exists()

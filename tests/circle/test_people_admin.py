"""Residents, their papers and who acts for them, in the back office."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.models import Mandate, Record, Resident, User
from tests import make

pytestmark = pytest.mark.django_db


def url_of(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def resident_sent(community, **values) -> dict:
    inline = {"mandates_given-TOTAL_FORMS": "0", "mandates_given-INITIAL_FORMS": "0"}
    return {"community": community.pk, "name": "王桂兰", "language": "zh-hans"} | inline | values


def errors_of(response) -> dict[str, list[str]]:
    data = response.context["adminform"].form.errors.as_data()
    return {name: [error.code for error in errors] for name, errors in data.items()}


@pytest.mark.parametrize("typed", ["138 0013 8000", "+86-13800138000", "１３８００１３８０００"])
def test_a_residents_phone_is_typed_and_found_in_any_spelling(client, clerk, ours, typed):
    make.resident(phone=make.mobile())
    assert client.post(url_of(Resident, "add"), resident_sent(ours, phone=typed)).status_code == 302
    resident = Resident.objects.with_phone("13800138000").get()
    response = client.get(url_of(Resident, "changelist"), {"q": typed})
    assert list(response.context["cl"].queryset) == [resident]
    response = client.get(url_of(Resident, "changelist"))
    assert ("138****8000" in response.text, "13800138000" in response.text) == (True, False)
    assert Record.objects.about(resident).get().verb == "resident_registered"


def test_a_wrong_phone_is_refused(client, clerk, ours):
    assert errors_of(client.post(url_of(Resident, "add"), resident_sent(ours, phone="12"))) == {
        "phone": ["phone_invalid"]
    }


def test_a_phone_on_file_changes_by_its_verb_alone(client, clerk, ours):
    resident = make.resident(phone="13800138000")
    assert client.post(url_of(Resident, "change", resident.pk), resident_sent(ours)).status_code == 302
    resident.refresh_from_db()
    assert (resident.phone, resident.name) == ("13800138000", "王桂兰")


NUMBER = make.id_number(dt.date(1940, 1, 1))
NEED = {"id_needed_for": "高龄津贴"}


def test_an_id_number_is_kept_and_shown_masked(client, clerk, ours):
    url = url_of(Resident, "add")
    paper = {"id_type": "resident", "id_number": f"{NUMBER[:6]} {NUMBER[6:].lower()}"} | NEED
    assert client.post(url, resident_sent(ours, **paper)).status_code == 302
    resident = Resident.objects.get()
    assert (resident.id_number, resident.born_on) == (NUMBER, dt.date(1940, 1, 1))
    pages = [url_of(Resident, "change", resident.pk), url_of(Resident, "changelist")]
    assert [NUMBER in client.get(page).text for page in pages] == [False, False]
    assert f"{NUMBER[:6]}********{NUMBER[-4:]}" in client.get(pages[0]).text
    client.post(pages[0], resident_sent(ours, id_type="resident", born_on="1940-01-01", **NEED))
    resident.refresh_from_db()
    assert resident.id_number == NUMBER


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"id_needed_for": " "}, {"id_needed_for": ["id_not_needed"]}),
        ({"id_type": "resident"}, {"id_number": ["known"]}),
        ({}, {"id_type": ["id_type_missing"]}),
        ({"id_type": "resident", "id_number": f"{NUMBER[:-2]}99"}, {"id_number": ["id_checksum"]}),
        ({"id_type": "resident", "born_on": "1941-01-01"}, {"id_number": ["id_born_differs"]}),
    ],
)
def test_an_id_number_is_refused_and_nothing_is_kept(client, clerk, ours, values, errors):
    make.resident(id_number=NUMBER, id_type="resident")
    response = client.post(
        url_of(Resident, "add"), resident_sent(ours, **{"id_number": NUMBER} | NEED | values)
    )
    assert (errors_of(response), Resident.objects.count()) == (errors, 1)


def test_a_number_on_file_never_loses_what_it_is_needed_for(client, clerk, ours):
    resident = make.resident(id_number=NUMBER, id_type="resident")
    response = client.post(url_of(Resident, "change", resident.pk), resident_sent(ours, id_type="resident"))
    assert errors_of(response) == {"id_needed_for": ["id_not_needed"]}


def test_an_unknown_region_is_a_word_and_no_refusal(client, clerk, ours):
    number = make.id_number(region="990115")
    sent = resident_sent(ours, id_type="resident", id_number=number, **NEED)
    response = client.post(url_of(Resident, "add"), sent, follow=True)
    assert next(message.level_tag for message in response.context["messages"]) == "warning"
    assert Resident.objects.get().id_number == number


def test_who_may_only_look_sees_a_masked_phone(client, ours):
    resident = make.resident(phone="13800138000")
    client.force_login(make.staff("circle.view_resident"))
    text = client.get(url_of(Resident, "change", resident.pk)).text
    assert ("138****8000" in text, "13800138000" in text) == (True, False)


# Mandates ---------------------------------------------------------------------------------------------------


def mandate_sent(principal, **values) -> dict:
    sent = {"principal": principal.pk, "agent_phone": "138 0013 8000", "basis": "family", "scope": "all"}
    return sent | {"valid_from": "2026-11-24", "valid_until": ""} | values


def test_a_mandate_is_given_to_a_phone_number(client, clerk):
    principal = make.resident()
    assert client.post(url_of(Mandate, "add"), mandate_sent(principal)).status_code == 302
    mandate = Mandate.objects.get()
    assert (mandate.principal, mandate.agent.phone) == (principal, "13800138000")
    assert (mandate.agent.phone_verified_at, User.objects.with_phone("13800138000")) == (None, mandate.agent)
    assert Record.objects.about(mandate).get().actor == clerk


def test_a_mandate_is_refused_twice_with_a_bad_phone_and_for_a_stranger(client, clerk, theirs):
    principal, url = make.resident(), url_of(Mandate, "add")
    client.post(url, mandate_sent(principal))
    assert errors_of(client.post(url, mandate_sent(principal))) == {"__all__": ["already_given"]}
    bad = mandate_sent(principal, agent_phone="0851 123")
    assert errors_of(client.post(url, bad)) == {"agent_phone": ["phone_invalid"]}
    foreign = mandate_sent(make.resident(community=theirs))
    assert errors_of(client.post(url, foreign)) == {"principal": ["invalid_choice"]}
    assert Mandate.objects.count() == 1


def test_a_mandate_is_ended_over_a_page_that_asks(client, clerk):
    mandate = make.mandate()
    url = url_of(Mandate, "revoke", mandate.pk)
    assert url in client.get(url_of(Mandate, "change", mandate.pk)).text
    assert client.get(url).status_code == 200
    mandate.refresh_from_db()
    assert mandate.revoked_at is None
    for _ in range(2):
        assert client.post(url)["Location"] == url_of(Mandate, "change", mandate.pk)
    mandate.refresh_from_db()
    assert mandate.revoked_at is not None
    assert [row.verb for row in Record.objects.about(mandate)] == ["mandate_revoked"]


def test_a_mandate_is_not_ended_by_strangers(client, ours, theirs):
    mandate = make.mandate(principal=make.resident(community=theirs))
    url = url_of(Mandate, "revoke", mandate.pk)
    assert client.post(url)["Location"].startswith("/admin/login/")
    client.force_login(make.clerk(community=ours))
    assert client.post(url).status_code == 404
    client.force_login(make.staff("circle.view_mandate"))
    assert client.post(url).status_code == 403
    mandate.refresh_from_db()
    assert mandate.revoked_at is None


def test_a_mandate_is_not_rewritten(client, clerk):
    mandate = make.mandate()
    sent = {"basis": "legal", "valid_from": "2020-01-01"}
    assert client.post(url_of(Mandate, "change", mandate.pk), sent).status_code == 403


def test_a_resident_shows_who_acts_for_them(client, clerk):
    mandate = make.mandate()
    text = client.get(url_of(Resident, "change", mandate.principal.pk)).text
    assert url_of(Mandate, "change", mandate.pk) in text
    assert f"{url_of(Mandate, 'add')}?principal={mandate.principal.pk}" in text

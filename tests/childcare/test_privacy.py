"""A child's name, birthday and health stand where they are needed, and nowhere else."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from childcare import actions
from circle.models import Message, Once, Record
from circle.notifications import text_of
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
NAME, ALLERGY, MEDICINE, BORN = "金丝雀甲", "金丝雀乙", "金丝雀丙", dt.date(2025, 6, 17)
WORDS = [NAME, ALLERGY, MEDICINE]
SECRETS = [*WORDS, "2025-06-17", "2025年6月17日", "17 June 2025", "June 17, 2025", "20250617"]


@pytest.fixture
def canary():
    """Through every state that tells somebody something, with a child whose facts are easily found again."""
    found = make.filled(child_name=NAME, child_born_on=BORN)
    who = {"application": found, "via": "online", "at": MORNING, "by": found.guardian.login}
    sick = {"has_allergies": True, "allergies": ALLERGY, "takes_medicine": True, "medicine": MEDICINE}
    sick["consents"] = True
    actions.fill_health(vaccinations="unknown", **sick, **who)
    actions.submit_application(consents=True, **who)
    actions.send_back(application=found, missing="体检表", at=MORNING, by=ground.user())
    actions.submit_application(consents=True, **who | {"at": MORNING + dt.timedelta(minutes=1)})
    actions.verify_application(application=found, papers=make.PAPERS, at=MORNING, by=ground.user())
    group, start_on = found.nursery_class, found.start_on
    actions.offer_place(
        application=found, nursery_class=group, start_on=start_on, days=5, at=MORNING, by=ground.user()
    )
    actions.send_reminders(at=found.offer.expires_at - dt.timedelta(hours=2))
    actions.accept_offer(**who)
    return actions.enrol_child(application=found, at=MORNING, by=ground.user())


def leaks(text: str, secrets: list[str] = SECRETS) -> list[str]:
    return [secret for secret in secrets if secret in text]


def pages_of(client, user, *addresses: str) -> str:
    client.force_login(user)
    return "".join(client.get(address, follow=True).text for address in addresses)


def test_records_messages_and_keys_say_nothing_about_the_child(canary):
    assert Message.objects.filter(event__startswith="application_").count() == 7
    kept = [list(model.objects.values()) for model in (Record, Message, Once, LogEntry)]
    told = [text_of(message) for message in Message.objects.all()]
    assert leaks(str(kept) + str(told)) == []


def test_public_pages_say_nothing_about_the_child(canary, client):
    for address in ("/childcare/", "/en/childcare/", "/", "/search/?q=" + NAME):
        text = client.get(address).text.replace(f'value="{NAME}"', "").replace(f"“{NAME}”", "")
        assert leaks(text, WORDS if "search" not in address else WORDS[1:]) == []


def test_lists_board_and_index_of_the_office_say_nothing_about_the_child(canary, client):
    addresses = [reverse(f"admin:childcare_application_{name}") for name in ("changelist", "board")]
    assert canary.code in pages_of(client, make.head(), *addresses)
    assert leaks(pages_of(client, make.head(), "/admin/", *addresses)) == []


def test_health_is_read_by_the_head_of_the_nursery_and_not_by_the_director(canary, client):
    page = reverse("admin:childcare_application_change", args=[canary.pk])
    assert leaks(pages_of(client, make.head(), page), WORDS) == WORDS
    director = ground.post(role="director").user
    assert leaks(pages_of(client, director, page), WORDS) == [NAME]


def test_health_does_not_come_to_the_director_by_the_form_either(client):
    found = make.returned()
    values = make.HEALTH | {"has_allergies": True, "allergies": ALLERGY}
    who = {"application": found, "via": "online", "at": MORNING, "by": found.guardian.login}
    actions.fill_health(vaccinations="complete", **values, **who)
    page = reverse("admin:childcare_application_fill", args=[found.code])
    assert leaks(pages_of(client, make.head(), page), WORDS) == [ALLERGY]
    assert leaks(pages_of(client, ground.post(role="director").user, page), WORDS) == []


@pytest.mark.parametrize("page", ["changelist", "board", "new"])
def test_hall_clerk_is_shut_out(canary, client, page):
    client.force_login(ground.clerk())
    assert client.get(reverse(f"admin:childcare_application_{page}")).status_code == 403


def test_hall_clerk_reads_neither_child_nor_health(canary, client):
    pages = ["/admin/", reverse("admin:circle_message_changelist")]
    pages += [reverse("admin:services_booking_changelist")]
    pages += [reverse("admin:childcare_application_change", args=[canary.pk])]
    clerk = ground.clerk()
    assert leaks(pages_of(client, clerk, *pages)) == []
    register = reverse("admin:circle_resident_change", args=[canary.guardian.pk])
    assert leaks(pages_of(client, clerk, register), [canary.code, *WORDS[1:]]) == []


def test_head_of_another_community_reads_nothing(canary, client):
    client.force_login(make.head(community=ground.community()))
    answers = [
        client.get(reverse("admin:childcare_application_change", args=[canary.pk]), follow=True),
        client.get(reverse("admin:childcare_application_ask", args=[canary.code, "withdraw"])),
        client.get(reverse("admin:childcare_application_typed", args=[canary.code])),
        client.get(reverse("admin:childcare_application_board")),
    ]
    assert [answer.status_code for answer in answers[1:3]] == [404, 404]
    assert leaks("".join(answer.text for answer in answers)) == []
    assert canary.code not in answers[3].text


def test_what_guardians_have_only_begun_is_no_business_of_the_office(client):
    found = make.filled(child_name=NAME)
    client.force_login(make.head())
    page = client.get(reverse("admin:childcare_application_board"))
    assert (page.context["drafts"], found.code in page.text) == (1, False)
    assert found.code not in client.get(reverse("admin:childcare_application_changelist")).text
    verb = reverse("admin:childcare_application_ask", args=[found.code, "withdraw"])
    assert client.get(verb).status_code == 404


def test_code_is_the_only_address_of_an_application(canary):
    assert canary.get_absolute_url() == f"/childcare/applications/{canary.code}/"
    assert str(canary) == canary.code

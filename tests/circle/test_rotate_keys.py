"""New keys: everything sealed anew, found as before, and the old key of no use any more."""

import io

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.management import call_command

from childcare.models import Health
from circle.identifiers.encryption import seal_text, unseal_text
from circle.management.commands.rotate_keys import sealed_models
from circle.models import Message, Resident, User
from tests import make, make_childcare

pytestmark = pytest.mark.django_db

PHONE = "13800138000"


def rotate() -> str:
    out = io.StringIO()
    call_command("rotate_keys", stdout=out)
    return out.getvalue()


@pytest.fixture
def new_keys(settings):
    """As an installation changes its keys: the new one first, the old one still there."""
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *old]
    return settings


def test_everything_sealed_opens_with_the_new_key_alone(new_keys, client):
    number, login = make.id_number(), make.resident_login()
    sealed = make.resident(phone=PHONE, login=login, id_number=number, id_type="resident")
    health = make_childcare.filled(guardian=sealed).health
    message = make.message(secret_sealed=seal_text('{"code": "314159"}'))
    factor = Authenticator.objects.create(user=login, type="totp", data={"secret": seal_text("ABC")})
    client.force_login(login)
    new_keys.FIELD_KEYS = [Fernet.generate_key().decode(), *new_keys.FIELD_KEYS]
    rotate()
    new_keys.FIELD_KEYS = new_keys.FIELD_KEYS[:1]
    for row in (login, sealed, message, factor):
        row.refresh_from_db()
    assert (sealed.phone, login.phone[:3]) == (PHONE, "139")
    assert message.all_values["code"] == "314159"
    assert unseal_text(factor.data["secret"]) == "ABC"
    assert Health.objects.get(pk=health.pk).allergies == health.allergies
    assert client.get("/me/").status_code == 200
    assert sealed.id_number == number


def test_old_key_opens_nothing_afterwards(new_keys):
    new, old = new_keys.FIELD_KEYS
    new_keys.FIELD_KEYS = [old]
    resident = make.resident(phone=PHONE)
    new_keys.FIELD_KEYS = [new, old]
    rotate()
    new_keys.FIELD_KEYS = [old]
    resident.refresh_from_db()
    with pytest.raises(InvalidToken):
        resident.phone  # noqa: B018


def test_a_second_run_finds_nothing_to_do(new_keys):
    make.resident(phone=PHONE)
    assert "circle.resident: all 1 checked, 0 written anew" in rotate()
    new_keys.FIELD_KEYS = [Fernet.generate_key().decode(), *new_keys.FIELD_KEYS]
    assert "circle.resident: all 1 checked, 1 written anew" in rotate()
    assert "circle.resident: all 1 checked, 0 written anew" in rotate()


def test_numbers_are_found_while_the_index_key_changes_and_after(settings):
    resident, login = make.resident(phone=PHONE), make.resident_login(PHONE)
    settings.INDEX_KEY_BEFORE, settings.INDEX_KEY = settings.INDEX_KEY, "another key"
    assert (Resident.objects.with_phone(PHONE).get(), User.objects.with_phone(PHONE)) == (resident, login)
    assert set(Resident.objects.own(login)) == {resident}
    rotate()
    settings.INDEX_KEY_BEFORE = ""
    assert (Resident.objects.with_phone(PHONE).get(), User.objects.with_phone(PHONE)) == (resident, login)
    found = resident.phone_tail
    resident.refresh_from_db()
    assert resident.phone_tail not in (found, None)


def test_what_is_empty_stays_empty():
    resident = make.resident()
    Message.objects.all().delete()
    rotate()
    resident.refresh_from_db()
    assert (resident.phone_sealed, resident.phone_index, resident.id_number_index) == ("", None, None)


def test_every_table_with_sealed_columns_is_written():
    names = {model._meta.label_lower for model in sealed_models()}
    sealed = {
        model._meta.label_lower
        for model in apps.get_models()
        if any("seal" in field.name for field in model._meta.local_concrete_fields)
    }
    assert sealed - names == {"circle.record"} & sealed

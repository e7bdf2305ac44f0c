import json

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection, models

from circle.identifiers.encryption import index_of, seal_text, unseal_text
from circle.models import Message, Record, Resident, User
from tests import make

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
PHONE, ID_NUMBER = "13800138000", "520102194001011234"


def test_sealed_text_opens_and_says_nothing_by_itself():
    token = seal_text("王秀英 13800138000")
    assert unseal_text(token) == "王秀英 13800138000"
    assert "13800138000" not in token


def test_the_same_text_is_sealed_differently_each_time():
    assert len({seal_text(PHONE) for _ in range(20)}) == 20


def test_text_sealed_with_the_old_key_opens_after_rotation(settings):
    settings.FIELD_KEYS = [OLD]
    token = seal_text(PHONE)
    settings.FIELD_KEYS = [NEW, OLD]
    assert unseal_text(token) == PHONE
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(InvalidToken):
        unseal_text(token)


def test_first_key_is_the_one_that_seals(settings):
    settings.FIELD_KEYS = [NEW, OLD]
    token = seal_text(PHONE)
    settings.FIELD_KEYS = [NEW]
    assert unseal_text(token) == PHONE


@pytest.mark.parametrize("token", ["", "not sealed", "gAAAA"])
def test_what_was_never_sealed_does_not_open(token):
    with pytest.raises(InvalidToken):
        unseal_text(token)


def test_changed_ciphertext_does_not_open():
    token = seal_text(PHONE)
    middle = len(token) // 2
    other = "A" if token[middle] != "A" else "B"
    with pytest.raises(InvalidToken):
        unseal_text(token[:middle] + other + token[middle + 1 :])


def test_index_is_stable_over_rotation_and_differs_by_text_and_key(settings):
    first = index_of(PHONE)
    settings.FIELD_KEYS = [NEW]
    assert (index_of(PHONE), len(first)) == (first, 64)
    assert index_of("13800138001") != first
    settings.INDEX_KEY = "another key"
    assert index_of(PHONE) != first


# In the models ----------------------------------------------------------------------------------------------


def raw(*tables: type[models.Model]) -> str:
    """Every column of every row, as whoever steals the database reads them."""
    found = []
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
            found += cursor.fetchall()
    assert found
    return json.dumps(found, default=str, ensure_ascii=False)


def test_no_row_holds_a_phone_or_id_number_that_one_can_read(db):
    make.resident_login(PHONE)
    make.resident(phone=PHONE, id_number=ID_NUMBER, id_type="resident", name="王秀英")
    text = raw(User, Resident)
    assert "王秀英" in text  # the reader of columns reads
    assert PHONE not in text
    assert ID_NUMBER not in text
    assert PHONE[-8:] not in text


def test_bookings_and_their_messages_hold_no_phone_that_one_can_read(db):
    login = make.resident_login(PHONE)
    make.booking(resident=make.resident(login=login, phone=PHONE, name="王秀英"))
    text = raw(Message, Record)
    assert PHONE not in text
    assert "王秀英" not in text


def test_sealed_values_come_back_and_are_found_by_equality(db):
    make.resident(phone="13900000001")
    resident = make.resident(phone=PHONE, id_number=ID_NUMBER, id_type="resident")
    kept = Resident.objects.get(pk=resident.pk)
    assert (kept.phone, kept.id_number) == (PHONE, ID_NUMBER)
    assert Resident.objects.with_phone(PHONE).get() == resident
    assert not Resident.objects.with_phone(PHONE[:-1]).exists()
    login = make.resident_login(PHONE)
    assert User.objects.with_phone(PHONE) == login
    assert User.objects.with_phone("13900000009") is None


def test_empty_values_stay_empty_and_are_no_two_alike(db):
    people = [make.resident(), make.resident()]
    assert [(row.phone, row.id_number, row.phone_index) for row in people] == [("", "", None)] * 2
    resident = make.resident(phone=PHONE)
    resident.phone = ""
    resident.save()
    resident.refresh_from_db()
    assert (resident.phone, resident.phone_sealed, resident.phone_index) == ("", "", None)


def test_rows_sealed_before_a_rotation_are_read_and_found_after_it(db, settings):
    settings.FIELD_KEYS = [OLD]
    before = make.resident(phone=PHONE)
    settings.FIELD_KEYS = [NEW, OLD]
    after = make.resident(phone=PHONE)
    assert [row.phone for row in Resident.objects.with_phone(PHONE).order_by("pk")] == [PHONE, PHONE]
    assert before.phone_index == after.phone_index

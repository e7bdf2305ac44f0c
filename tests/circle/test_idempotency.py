import datetime as dt
from itertools import count

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from circle.actions import register_resident
from circle.booking.idempotency import KEY_LIFETIME, delete_old_keys, new_key, once
from circle.models import Once, Resident
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING


def counting(start: int = 1):
    """A deed that can be told from its repetition: it answers 1, then 2 …"""
    numbers = count(start)
    return lambda: str(next(numbers))


def test_repeated_submission_gets_the_first_answer():
    act, key = counting(), new_key()
    answers = [once(actor="user:1", key=key, at=NOW + dt.timedelta(minutes=n), act=act) for n in range(3)]
    assert answers == ["1", "1", "1"]
    kept = Once.objects.get()
    assert (kept.actor, kept.key, kept.outcome, kept.at) == ("user:1", key, "1", NOW)
    assert act() == "2"


def test_another_key_or_another_actor_acts_anew():
    act, key = counting(), new_key()
    for actor, own_key in (("user:1", key), ("user:1", new_key()), ("user:2", key)):
        once(actor=actor, key=own_key, at=NOW, act=act)
    assert sorted(Once.objects.values_list("outcome", flat=True)) == ["1", "2", "3"]


def test_answer_known_beforehand_is_written_with_the_key(django_assert_num_queries):
    with django_assert_num_queries(3):  # the savepoint, the row, and the savepoint's end
        assert once(actor="user:1", key="k", at=NOW, act=lambda: "B7", answer="B7") == "B7"
    assert Once.objects.get().outcome == "B7"


def test_keys_differ_and_fit_the_column():
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {Once._meta.get_field("key").max_length}


def test_refused_submission_may_be_sent_again():
    community, key = make.here(), new_key()

    def send(name: str) -> str:
        return once(
            actor="user:1",
            key=key,
            at=NOW,
            act=lambda: str(register_resident(community=community, name=name, at=NOW, by=None).pk),
        )

    with pytest.raises(ValidationError) as refusal:
        send(" ")
    assert (refusal.value.code, Once.objects.count()) == ("name_missing", 0)
    answer = send("王秀英")
    assert (answer, send("王秀英")) == (str(Resident.objects.get().pk), answer)


def test_failed_deed_leaves_neither_claim_nor_half_of_itself():
    community = make.here()

    def half() -> str:
        register_resident(community=community, name="王秀英", at=NOW, by=None)
        raise LookupError

    with pytest.raises(LookupError):
        once(actor="user:1", key=new_key(), at=NOW, act=half)
    assert not Once.objects.exists()
    assert not Resident.objects.exists()


def test_broken_promise_of_the_database_is_not_taken_for_a_repetition():
    make.calendar_year(2026)
    with pytest.raises(IntegrityError):
        once(actor="user:1", key=new_key(), at=NOW, act=lambda: str(make.calendar_year(2026)))
    assert not Once.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_submissions_at_once_act_once_and_answer_alike(at_once):
    community, key = make.here(), new_key()

    def send() -> str:
        return once(
            actor="user:1",
            key=key,
            at=NOW,
            act=lambda: str(register_resident(community=community, name="王秀英", at=NOW, by=None).pk),
        )

    answers = at_once(*[send] * 8)
    assert answers == [str(Resident.objects.get().pk)] * 8


@pytest.mark.django_db(transaction=True)
def test_many_refused_submissions_at_once_are_all_refused(at_once):
    key = new_key()

    def refuse() -> str:
        raise ValidationError("", code="full")

    answers = at_once(*[lambda: once(actor="user:1", key=key, at=NOW, act=refuse)] * 6)
    assert [answer.code for answer in answers] == ["full"] * 6
    assert not Once.objects.exists()


def test_old_keys_are_forgotten_and_younger_ones_kept():
    ages = {"older": KEY_LIFETIME + dt.timedelta(seconds=1), "just kept": KEY_LIFETIME, "new": dt.timedelta()}
    for name, age in ages.items():
        once(actor=name, key=new_key(), at=NOW - age, act=str)
    assert (delete_old_keys(NOW), delete_old_keys(NOW)) == (1, 0)
    assert set(Once.objects.values_list("actor", flat=True)) == {"just kept", "new"}

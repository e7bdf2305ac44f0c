"""The demo's nursery: four classes, and applications in every state, labelled as demo."""

import pytest
from django.utils.timezone import localdate

from childcare.actions.rounds import find_faults
from childcare.demo import load_demo
from childcare.hooks.schedule import find_violations
from childcare.models import Application, Band, NurseryClass, PassedOver, Round, SecondParent, SiblingGroup
from circle.models import Community, Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.one_database("sqlite")]


def test_demo_has_a_class_of_each_band_and_one_is_nearly_full():
    classes = NurseryClass.objects.with_booked(localdate())
    assert set(classes.values_list("band", flat=True)) == set(Band.values)
    assert min(each.capacity - each.booked for each in classes) == 1
    for each in classes:
        each.full_clean()
        price = each.prices.get()
        assert "演示" in price.source_zh
        assert price.source_en
        assert not each.is_verified


def test_demo_has_applications_in_every_state():
    assert set(Application.objects.values_list("status", flat=True)) == set(Application.Status.values)
    assert Application.objects.count() >= 20
    assert set(Application.objects.values_list("via", flat=True)) == {"online", "window"}
    assert all("demo" in name or "演示" in name for name in names())
    assert find_faults(Round.objects.get(status="published")) == []
    assert PassedOver.objects.filter(reason="sibling").exists()
    assert SiblingGroup.objects.get(mode="together_only").applications.count() == 2
    assert Round.objects.get(status="published").late.count() == 1
    assert SecondParent.objects.get().confirmed_at
    assert list(find_violations()) == []


def names() -> list[str]:
    return [name for name in Application.objects.values_list("child__name", flat=True) if name]


def test_demo_messages_are_sent_and_a_second_load_adds_nothing():
    before = Application.objects.count(), Message.objects.count()
    assert not Message.objects.filter(
        event__startswith="application_", status="queued", channel="sms"
    ).exists()
    load_demo(Community.objects.get())
    assert (Application.objects.count(), Message.objects.count()) == before

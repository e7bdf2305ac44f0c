"""The national maxima and the ages of each band, as the database keeps them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from childcare.models import LIMITS, Band, NurseryClass
from tests import make_childcare as make

pytestmark = pytest.mark.django_db
MOST = {"infants": 10, "toddlers": 15, "older": 20, "mixed": 18}


def test_limits_are_the_national_ones():
    assert {band: (one.from_months, one.below_months, one.most) for band, one in LIMITS.items()} == {
        "infants": (6, 12, 10),
        "toddlers": (12, 24, 15),
        "older": (24, 36, 20),
        "mixed": (18, 36, 18),
    }


@pytest.mark.parametrize("band", Band.values)
def test_class_may_have_the_national_maximum_and_not_one_more(band):
    make.nursery_class(band, capacity=MOST[band])
    raised = {"capacity": MOST[band] + 1}
    for change in (
        lambda: NurseryClass.objects.update(**raised),
        lambda: make.nursery_class(band, capacity=MOST[band] + 1),
    ):
        with pytest.raises(IntegrityError, match="maximum"), transaction.atomic():
            change()
    assert NurseryClass.objects.get().capacity == MOST[band]


@pytest.mark.parametrize(
    ("band", "ages"),
    [
        ("infants", {"from_months": 5}),
        ("infants", {"below_months": 13}),
        ("toddlers", {"from_months": 11}),
        ("older", {"below_months": 37}),
        ("mixed", {"from_months": 17}),
        ("nonsense", {}),
    ],
)
def test_ages_stay_within_the_band(band, ages):
    found = make.nursery_class(band if band in LIMITS else "toddlers")
    with pytest.raises(IntegrityError), transaction.atomic():
        NurseryClass.objects.filter(pk=found.pk).update(**ages or {"band": band})


def test_ages_are_in_order():
    with pytest.raises(IntegrityError, match="order"), transaction.atomic():
        make.nursery_class(from_months=18, below_months=18)


def test_class_may_be_stricter_than_the_standard():
    found = make.nursery_class("mixed", from_months=20, below_months=30, capacity=8)
    assert found.takes(dt.date(2025, 1, 1), dt.date(2026, 9, 2))
    assert not found.takes(dt.date(2025, 1, 1), dt.date(2026, 9, 1))
    assert not found.takes(dt.date(2024, 1, 1), dt.date(2026, 9, 1))


def test_form_says_which_maximum_was_passed():
    found = make.nursery_class("infants")
    found.capacity = 11
    with translation.override("en"), pytest.raises(ValidationError, match="10 infants"):
        found.validate_constraints()


def test_class_belongs_to_a_place_of_its_community():
    found = make.nursery_class()
    found.community = make.make.community()
    with pytest.raises(ValidationError) as refusal:
        found.clean()
    assert refusal.value.error_dict.keys() == {"facility"}


def test_public_leaves_out_unpublished_places_and_other_communities():
    found = make.nursery_class()
    make.nursery_class(community=make.make.community())
    make.nursery_class(facility=make.make.facility(is_published=False))
    assert list(NurseryClass.objects.public(found.community)) == [found]


def test_for_user_is_the_staff_of_the_community():
    found = make.nursery_class()
    assert list(NurseryClass.objects.for_user(make.head())) == [found]
    assert not NurseryClass.objects.for_user(make.head(community=make.make.community())).exists()
    assert not NurseryClass.objects.for_user(make.make.clerk()).exists()

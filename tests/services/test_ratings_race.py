"""Two answers to one link at once: one rating."""

import threading

import pytest
from django.core.exceptions import ValidationError

from circle.actions import give_rating
from circle.models import Rating, RatingFollowUp, Record
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
MANY = 4


def test_one_link_gives_one_rating(at_once):
    rating = make.rating()

    def rate(level):
        return lambda: give_rating(rating=Rating.objects.get(pk=rating.pk), level=level, at=make.MORNING)

    answers = at_once(*[rate(1), rate(5)] * MANY)
    refused = [each.code for each in answers if isinstance(each, ValidationError)]
    assert refused == ["already_rated"] * (2 * MANY - 1)
    rating.refresh_from_db()
    assert RatingFollowUp.objects.count() == (rating.level == 1)
    assert Record.objects.filter(verb="rating_given").count() == 1


def test_without_the_condition_both_would_write(at_once):
    """The control: both look before either writes, and the update asks for nothing."""
    rating, both_looked = make.rating(), threading.Barrier(2)

    def naive(level):
        def rate() -> int:
            assert Rating.objects.get(pk=rating.pk).rated_at is None
            both_looked.wait(timeout=20)
            values = {"rated_at": make.MORNING, "level": level, "channel": "link"}
            return Rating.objects.filter(pk=rating.pk).update(**values)

        return rate

    assert at_once(naive(1), naive(5)) == [1, 1]

"""Care that was given is rated like anything else that was served."""

import datetime as dt

import pytest

from circle.actions import ask_for_ratings
from circle.models import Rating
from eldercare.models import CareBooking
from tests import make, make_eldercare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


def test_care_that_was_given_is_asked_about_and_unseen_by_who_gave_it():
    make.rating_rule()
    kind = make_eldercare.kind()
    care = make_eldercare.assigned(slot=make_eldercare.slot(kind=kind))
    at = make.moment(1, 10)
    make_eldercare.actions.complete_booking(booking=care, at=at, by=care.assigned_to)
    assert CareBooking.objects.get().status == "done"
    assert ask_for_ratings(at=at + dt.timedelta(minutes=11)) == 1
    rating = Rating.objects.get()
    assert (rating.about_type, rating.title_zh) == ("eldercare.carekind", care.kind.name_zh)
    assert rating.resident == care.resident
    assert rating.is_served_by(care.assigned_to)
    coordinator = make.post("elder_coordinator", community=care.community).user
    assert list(Rating.objects.in_office(coordinator)) == [rating]
    rating.served_by.add(coordinator)
    assert not Rating.objects.in_office(coordinator).exists()

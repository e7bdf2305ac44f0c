"""Signs that nobody sees turn a name round or make two of it: they are not stored, whoever writes it."""

import pytest
from django.core.exceptions import ValidationError

from circle.actions import register_resident
from circle.identifiers.person_names import visible_name
from circle.models import Resident
from tests import make

pytestmark = pytest.mark.django_db

UNSEEN = ["\u202e", "\u200b", "\ufeff", "\u2066", "\u00ad", "\x07"]


@pytest.mark.parametrize("sign", UNSEEN)
def test_registered_name_has_no_unseen_sign(sign):
    found = register_resident(community=make.here(), name=f"{sign}王{sign}芳 ", at=make.MORNING, by=None)
    assert (found.name, Resident.objects.get(pk=found.pk).name) == ("王芳", "王芳")


@pytest.mark.parametrize("sign", UNSEEN)
def test_no_way_of_writing_leaves_an_unseen_sign(sign):
    found = make.resident(name=f"王{sign}芳")
    assert Resident.objects.get(pk=found.pk).name == "王芳"
    Resident.objects.update(name=f"李{sign}梅")
    assert Resident.objects.get(pk=found.pk).name == "李梅"
    user = make.user(name=f"陈{sign}静")
    user.refresh_from_db()
    assert user.name == "陈静"


def test_name_of_unseen_signs_is_none():
    with pytest.raises(ValidationError) as refusal:
        register_resident(community=make.here(), name="\u200b\u202e", at=make.MORNING, by=None)
    assert refusal.value.code == "name_missing"


def test_name_is_found_however_it_is_typed():
    found = make.resident(name="王芳")
    assert list(Resident.objects.filter(name="王\u200b芳")) == [found]


@pytest.mark.parametrize(
    "name", ["买买提·艾力", "O’Neil", "José Álvarez", "𠮷野", "阿依古丽 库尔班", "\ue0a1某", "\U000323b0"]
)
def test_names_of_people_stay_as_they_are(name):
    assert visible_name(name) == name

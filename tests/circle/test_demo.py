import datetime as dt
import json
import re
import stat
from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import timezone

from circle.calendar.working_days import SHANGHAI
from circle.demo.staff import sign_ins_file
from circle.models import Building, Community, Dimension, Facility, Grid, Message, Notice, Resident, User
from circle.notifications import drop_untrue_in_person_messages
from circle.proximity.nearby import Moment, nearby_facilities, nearest_by_dimension
from circle.proximity.sentences import missing_dimensions
from circle.proximity.walk_times import WalkTimes
from services.models import Booking, Category, ServiceItem, Slot
from services.models import Counter as Window

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


def sizes() -> dict[str, int]:
    models = [*apps.get_models(), ServiceItem.related.through, ServiceItem.audiences.through]
    return {model._meta.label: model._default_manager.count() for model in models}


def load_again() -> None:
    call_command("load_demo", verbosity=0)


def test_demo_loaded_twice_changes_nothing():
    before = sizes()
    load_again()
    assert sizes() == before
    assert before["circle.Community"] == 1


def test_demo_is_a_living_month():
    found = Counter(Booking.objects.values_list("status", flat=True))
    assert {"booked", "served", "no_show", "excused", "cancelled"} <= set(found)
    assert sum(found.values()) > 60  # a long holiday leaves some eighty, other months more
    assert set(Booking.objects.values_list("via", flat=True)) >= {"online", "phone", "window"}
    others = Message.objects.exclude(status="sent").exclude(channel="desk").values_list("status", flat=True)
    assert set(others) == {"dead", "queued"}
    outcomes = set(Message.objects.values_list("outcome", flat=True))
    assert {"told", "note", "not_met"} <= outcomes
    assert set(Notice.objects.values_list("status", flat=True)) == set(Notice.Status.values)
    assert Slot.objects.filter(starts_at__gt=timezone.now(), closed_by="").exists()
    for counter in Window.objects.all():
        is_session = not (counter.online_places or counter.counter_places)
        assert counter.items.exists() != is_session


def test_demo_sends_nobody_on_a_visit_about_something_that_is_over():
    assert Message.objects.awaiting_in_person().exists()
    made = dict(Message.objects.awaiting_in_person().values_list("values__code", "event"))
    over = Booking.objects.filter(code__in=made, slot__ends_at__lt=timezone.now())
    assert not {made[booking.code] for booking in over} & {"booking_made", "booking_moved"}
    assert drop_untrue_in_person_messages(timezone.now()) == 0


def test_demo_keeps_what_was_entered_since():
    Facility.objects.filter(code="hall").update(name_zh="改过的名字", phone="0851-0000 0188")
    ServiceItem.objects.filter(code="RL01").update(promised_days=3)
    place = Facility.objects.get(code="canteen")
    place.opening_hours.all().delete()
    place.closures.all().delete()
    load_again()
    hall = Facility.objects.get(code="hall")
    assert (hall.name_zh, hall.phone) == ("改过的名字", "0851-0000 0188")
    assert ServiceItem.objects.get(code="RL01").promised_days == 3
    assert place.opening_hours.count() == 0


def test_demo_brings_back_what_was_deleted():
    Notice.objects.all().delete()
    load_again()
    assert Notice.objects.exists()


def test_demo_catalogue_is_54_items_of_which_23_were_added():
    items = ServiceItem.objects.all()
    growth = items.growth(dt.date(2026, 11, 23))
    assert (items.count(), growth.at_first, growth.added) == (54, 31, 23)
    assert items.offered(growth.began_on).count() == 31
    assert not items.filter(is_verified=True).exists()
    assert Category.objects.filter(items=None).count() == 0


def test_demo_places_are_as_many_as_promised():
    assert (Building.objects.count(), Grid.objects.count()) == (24, 4)
    assert 42 <= Facility.objects.count() <= 50
    assert set(Facility.objects.values_list("kind__dimension", flat=True)) == set(Dimension.values)
    assert Community.objects.get().is_demo


@pytest.mark.parametrize(
    "code",
    [
        "hall",
        "elder-station",
        "canteen",
        "senior-school",
        "law-square",
        "law-clinic",
        "health-station",
        "nursery",
        "supermarket",
        "council-room",
        "culture-centre",
        "police-room",
        "traffic-point",
        "veterans-station",
        "mediation-room",
        "disability-room",
        "volunteer-post",
        "market",
    ],
)
def test_demo_has_every_place_that_the_catalogue_needs(code):
    place = Facility.objects.get(code=code)
    assert place.opening_hours.exists()
    if code == "elder-station":
        assert place.area_m2 == 300


def gaps(pace: str) -> dict[str, list[Dimension]]:
    """What is missing from each building."""
    community = Community.objects.get()
    facilities = list(Facility.objects.public(community).with_timetable(MONDAY))
    return {
        building.code: missing_dimensions(
            nearest_by_dimension(
                nearby_facilities(
                    facilities, walk_times=WalkTimes.of(community, building), pace=pace, moment=Moment(MONDAY)
                )
            )
        )
        for building in Building.objects.all()
    }


def test_demo_sport_is_the_one_gap_from_every_building_at_an_ordinary_pace():
    assert {code: gap for code, gap in gaps("adult").items() if gap != [Dimension.SPORT]} == {}


def test_demo_rows_pass_the_checks_that_staff_must_pass():
    for model in (Community, Grid, Building, Facility, Notice, ServiceItem):
        for row in model._default_manager.all():
            row.full_clean()


def test_demo_texts_are_complete_in_both_languages():
    gaps = [
        f"{row._meta.label} {row.pk}: {field.name}"
        for model in (Community, Grid, Building, Facility, Notice, ServiceItem, Category)
        for row in model._default_manager.all()
        for field in row._meta.fields
        if field.name.endswith("_zh")
        and bool(getattr(row, field.name)) != bool(getattr(row, f"{field.name[:-3]}_en"))
    ]
    assert gaps == []


def test_demo_staff_have_invented_names_in_chinese(settings, tmp_path, monkeypatch):
    settings.DEBUG = True
    monkeypatch.setattr("circle.demo.staff.sign_ins_file", lambda: tmp_path / "sign-ins.json")
    load_again()
    names = list(User.objects.filter(email__endswith="@demo.invalid").values_list("name", flat=True))
    names += Group.objects.values_list("name", flat=True)
    assert (len(names) > 15, len(names)) == (True, len(set(names)))
    assert [name for name in names if not re.fullmatch("[\u4e00-\u9fff]+（演示）", name)] == []


def test_demo_phone_numbers_are_impossible_ones():
    phones = {
        phone
        for model in (Community, Grid, Facility, ServiceItem)
        for phone in model._default_manager.values_list("phone", flat=True)
        if phone
    }
    assert [phone for phone in phones if not phone.startswith("0851-0000 0")] == []
    people = {resident.phone for resident in Resident.objects.all()}  # 154 is given to no operator
    assert [phone for phone in people if phone and not phone.startswith(("15400000", "08510000"))] == []


def test_demo_makes_no_sign_ins_without_debug(settings):
    assert settings.DEBUG is False
    assert [user for user in User.objects.all() if user.has_usable_password()] == []
    assert Group.objects.count() == 0
    assert not sign_ins_file().exists()


def test_demo_queues_no_message_without_debug():
    """The database may have a real gateway; only a demo of its own leaves them to be sent."""
    Message.objects.all().delete()
    load_again()
    assert not Message.objects.due(timezone.now() + dt.timedelta(days=30)).exists()
    Message.objects.all().delete()
    call_command("load_demo", with_messages=True, verbosity=0)
    assert Message.objects.due(timezone.now() + dt.timedelta(days=30)).exists()


def test_demo_sign_ins_are_random_private_and_work(settings, tmp_path, monkeypatch, client):
    settings.DEBUG = True
    monkeypatch.setattr("circle.demo.staff.sign_ins_file", lambda: tmp_path / "sign-ins.json")
    load_again()
    file = tmp_path / "sign-ins.json"
    passwords = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    staff = User.objects.filter(email__endswith="@demo.invalid")
    assert set(passwords) == set(staff.values_list("email", flat=True))
    assert len(passwords) == len(set(passwords.values())) >= 3
    assert all(client.login(username=email, password=word) for email, word in passwords.items())
    load_again()
    assert json.loads(file.read_text()) == passwords


def test_demo_editor_may_do_all_with_places_and_catalogue_but_not_with_logins(
    settings, tmp_path, monkeypatch
):
    settings.DEBUG = True
    monkeypatch.setattr("circle.demo.staff.sign_ins_file", lambda: tmp_path / "sign-ins.json")
    load_again()
    given = Permission.objects.filter(group__user__email="editor@demo.invalid")
    expected = Permission.objects.filter(content_type__app_label__in=["circle", "services"])
    assert set(given) == set(expected.exclude(content_type__app_label="circle", content_type__model="user"))
    taken_off = given.get(codename="delete_booking")
    Group.objects.get().permissions.remove(taken_off)
    load_again()
    assert taken_off not in Group.objects.get().permissions.all()


@pytest.mark.parametrize(
    "page", ["/", "/circle/", "/services/", "/notices/", "/services/RL01/", "/circle/hall/"]
)
def test_demo_page_takes_at_most_twelve_queries(queries_of, page):
    assert queries_of(page) <= 12


# A family, and what happened to others ----------------------------------------------------------------------


def test_demo_family_has_two_guardians_and_a_grandmother_with_a_mandate():
    child = Resident.objects.get(name="陶小朋友（演示）")
    assert [row.adult.name for row in child.guardianships.all()] == ["陶妈妈（演示）", "陶爸爸（演示）"]
    grandmother = Resident.objects.get(name="陶奶奶（演示）")
    assert child.household == grandmother.household
    nursery = Resident.objects.represented_by(grandmother.login, "childcare")
    assert {person.name for person in nursery} == {"陶奶奶（演示）", "陶妈妈（演示）"}
    given = grandmother.mandates_given.exclude(scope="agency")  # the hall does an errand for her as well
    assert given.get().revoked_at is not None


def test_demo_has_a_merge_a_move_and_a_death_that_stopped_a_booking():
    newcomer = Resident.objects.living().get(name="方阿姨（演示）")
    assert (newcomer.duplicates.count(), newcomer.residences.count()) == (1, 1)
    deceased = Resident.objects.get(name="孔爷爷（演示）")
    assert deceased.died_on is not None
    assert [booking.status for booking in deceased.bookings.all()] == ["cancelled"]

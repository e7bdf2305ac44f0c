"""The second community of the demo: `load_demo --district`."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from circle.demo.staff import DISTRICT_CLERK, demo_staff
from circle.models import Community, Facility, WalkTime
from services.models import Booking
from tests import make
from tests.database import broken_promises

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo"),
    pytest.mark.one_database("sqlite"),
    pytest.mark.any_day,
]


@pytest.fixture
def hebin() -> Community:
    call_command("load_demo", district=True, verbosity=0)
    return Community.objects.get(slug="hebin")


@pytest.mark.long
def test_second_community_is_small_marked_and_loaded_once(hebin):
    model = Community.objects.get(slug="jinyuan")
    counts = [Facility.objects.count(), Booking.objects.count(), WalkTime.objects.count()]
    assert hebin.is_demo
    assert (hebin.name_zh, hebin.name_en) == ("河滨社区（演示）", "Hebin Community (demo)")
    assert 10 < hebin.facilities.count() < model.facilities.count() / 2
    assert not Facility.objects.filter(community=hebin, address_zh__contains="金元").exists()
    assert WalkTime.objects.filter(building__community=hebin).exists()
    assert set(Booking.objects.filter(community=hebin).values_list("status", flat=True)) >= {
        "served",
        "revoked",
    }
    assert broken_promises() == []
    call_command("load_demo", district=True, verbosity=0)
    assert counts == [Facility.objects.count(), Booking.objects.count(), WalkTime.objects.count()]


@pytest.mark.long
def test_second_community_is_chosen_compared_and_worked_in(client, settings, hebin):
    settings.ALLOWED_HOSTS = ["testserver", "hebin.example.org"]
    assert reverse("change_community", args=["hebin"]) in client.get("/").text
    Community.objects.filter(pk=hebin.pk).update(host="hebin.example.org")
    item = Booking.objects.filter(community=hebin).latest("pk").item
    for page in (
        "/",
        "/circle/",
        "/circle/hall/",
        "/circle/coverage/",
        "/services/",
        f"/services/{item.code}/",
    ):
        answer = client.get(page, headers={"host": "hebin.example.org"})
        assert (answer.status_code, answer.context["community"]) == (200, hebin)

    planner = make.user(is_staff=True)
    for community in Community.objects.all():
        make.post("district_planner", user=planner, community=community)
    client.force_login(planner)
    lines = client.get("/en/admin/circle/community/district/").context["lines"]
    [ours, theirs] = [values for _community, values in lines]
    assert ours != theirs
    assert theirs.count("–") <= 1  # elder care is not shown there

    client.force_login(demo_staff(hebin, DISTRICT_CLERK))
    client.cookies["look"] = "community=jinyuan"
    shown = client.get("/en/admin/services/booking/").context["cl"].queryset
    assert {booking.community_id for booking in shown} == {hebin.pk}
    other = Booking.objects.exclude(community=hebin).latest("pk")
    assert client.get(f"/en/admin/services/booking/{other.pk}/change/").status_code in (302, 404)
    sheet = client.get("/en/admin/", {"at": timezone.localdate()})
    assert "Jinyuan" not in sheet.text

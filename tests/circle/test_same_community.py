"""A building and its grid, an item and its place, a post and its grid or building: of one community."""

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from circle.identifiers.public_codes import short_code
from circle.permissions import same_community
from tests import make

pytestmark = pytest.mark.django_db


def grid_worker(**values):
    return make.post(role="grid_worker", grid=make.grid(), **values)


ROWS = {
    "building": (make.building, "grid"),
    "item": (lambda: make.item(facility=make.facility()), "facility"),
    "post": (grid_worker, "grid"),
}


@pytest.fixture(params=ROWS)
def pair(request):
    """A row, and the name of the column that leads to its neighbour."""
    made, name = ROWS[request.param]
    return made(), name


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except IntegrityError as error:
        return same_community.REFUSAL in str(error)
    return False


def test_row_does_not_move_away_from_what_it_names(pair):
    row, _ = pair
    row.community = make.community()
    assert refused(row.save)


def test_what_a_row_names_does_not_move_away(pair):
    row, name = pair
    neighbour = getattr(row, name)
    elsewhere = make.community()
    assert refused(lambda: type(neighbour).objects.filter(pk=neighbour.pk).update(community=elsewhere))


def test_row_does_not_take_a_neighbour_from_elsewhere(pair):
    row, name = pair
    neighbour = getattr(row, name)
    foreign = type(neighbour).objects.get(pk=neighbour.pk)
    foreign.pk, foreign.community = None, make.community()
    if hasattr(foreign, "short_code"):
        foreign.short_code = short_code()
    foreign.save()
    assert refused(lambda: type(row).objects.filter(pk=row.pk).update(**{name: foreign}))


def test_new_row_does_not_name_one_from_elsewhere(pair):
    row, _ = pair
    row.pk, row.community = None, make.community()
    assert refused(lambda: row.save(force_insert=True))


# A notice and the buildings it is about: two rows of one line in the joining table


@pytest.fixture
def notice():
    found = make.notice()
    found.buildings.add(make.building(community=found.community))
    return found


def test_notice_takes_no_building_from_elsewhere(notice):
    foreign = make.building(community=make.community())
    assert refused(lambda: notice.buildings.add(foreign))
    line = notice.buildings.through.objects.get()
    assert refused(lambda: notice.buildings.through.objects.filter(pk=line.pk).update(building=foreign))
    notice.buildings.add(make.building(community=notice.community))


def test_neither_a_notice_nor_its_building_moves_away(notice):
    elsewhere = make.community()
    building = notice.buildings.get()
    assert refused(lambda: type(notice).objects.filter(pk=notice.pk).update(community=elsewhere))
    assert refused(lambda: type(building).objects.filter(pk=building.pk).update(community=elsewhere))
    notice.buildings.clear()
    type(notice).objects.filter(pk=notice.pk).update(community=elsewhere)


def test_row_that_names_none_is_free():
    item = make.item(facility=None)
    item.community = make.community()
    item.save()


@pytest.mark.django_db(transaction=True)
def test_missing_guard_is_told_and_installed_again():
    guard = next(same_community.community_guards())
    with connection.cursor() as cursor:
        cursor.execute(same_community.drop_statement(connection.vendor, guard))
    found = checks.run_checks(databases=["default"], tags=[checks.Tags.database])
    assert [each.msg for each in found if each.id == "circle.W003"] == [
        f"The trigger {guard.name} is missing: run manage.py migrate."
    ]
    call_command("migrate", verbosity=0)
    assert same_community.missing_guards(connection) == set()

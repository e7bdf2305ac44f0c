"""What public pages show is kept while the stamp of the town stands: no write is ever missed."""

import datetime as dt
import json
import subprocess
import sys

import pytest
import time_machine
from django.core.checks import run_checks
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from circle.models import Facility, OpeningHours
from circle.models.town_stamps import read_stamps, stamp_of
from circle.web.display_preferences import PREFERENCES_COOKIE
from circle.web.page_cache import PAGES
from circle.web.town_stamp import drop_triggers, install_triggers, missing_triggers, stamped_tables
from tests import make
from tests.race.children import environment

pytestmark = pytest.mark.django_db

EVENING = dt.datetime(2026, 11, 24, 17, 59, 59, tzinfo=make.MORNING.tzinfo)
# Built anew on each visit, since they show what residents write: places left, ratings, answers.
NOT_KEPT = {"/services/loans/", "/ratings/", "/childcare/", "/council/", "/eldercare/school/"}
KEPT = {
    "/", "/circle/", "/circle/hall/", "/circle/map/", "/circle/week/", "/circle/coverage/", "/services/",
    "/services/EL02/", "/notices/", "/council/resolutions/", "/eldercare/", "/help/",
    "/privacy/", "/signposts/", "/paper/",
}  # fmt: skip


@pytest.fixture(autouse=True)
def keeping(fresh_pages, settings):
    settings.KEEP_PAGES = True


def stamps() -> list[tuple[int, int]]:
    return sorted(read_stamps().items())


def test_every_write_to_a_table_of_the_town_gives_a_new_stamp(demo):
    assert missing_triggers(connection) == set()
    tried, refused = set(), set()
    for table in stamped_tables():
        before = stamps()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                first = f'SELECT min(id) FROM "{table}"'  # noqa: S608
                cursor.execute(f'UPDATE "{table}" SET id = id WHERE id = ({first})')  # noqa: S608
                is_there = cursor.rowcount > 0
        except DatabaseError:  # an append-only table
            refused.add(table)
            continue
        if is_there:
            tried.add(table)
            assert stamps() != before, table
    assert len(tried) > 40
    assert len(refused) < 8


def test_stamp_is_of_the_community_that_was_written_to(ours):
    place, other = make.facility(community=ours), make.community()
    mine, others = (stamp_of(read_stamps(), each.pk) for each in (ours, other))
    hours = make.opening_hours(facility=place, weekday=3)
    assert stamp_of(read_stamps(), ours.pk) != mine
    assert stamp_of(read_stamps(), other.pk) == others
    hours_of = {"facility": place, "opens": "8:00", "closes": "9:00"}
    for write in (
        lambda: OpeningHours.objects.filter(pk=hours.pk).update(weekday=4),
        lambda: OpeningHours.objects.bulk_create([OpeningHours(weekday=5, **hours_of)]),
        lambda: OpeningHours.objects.filter(facility=place).delete(),
    ):
        before = stamp_of(read_stamps(), ours.pk)
        write()
        assert stamp_of(read_stamps(), ours.pk) != before
    make.kind()  # belongs to no community: new for all
    assert stamp_of(read_stamps(), other.pk) != others


def test_booking_writes_no_stamp(ours):
    item = make.bookable(community=ours)
    slot = make.slot(of=item)
    before = stamps()
    make.booking(slot=slot)
    assert stamps() == before


def test_main_pages_are_kept_and_what_residents_write_is_not(demo, client, django_assert_num_queries):
    """A page that begins to read a table without a stamp falls out of KEPT: stamp it, or say why not."""
    with time_machine.travel(timezone.now(), tick=False):
        for path in sorted(KEPT | NOT_KEPT):
            PAGES.clear()
            assert client.get(path).status_code == 200, path
            assert len(PAGES.values) == (path in KEPT), path
            if path in KEPT:
                with django_assert_num_queries(1):
                    client.get(path)


@time_machine.travel(EVENING, tick=False)
def test_page_is_right_at_the_second_at_which_a_place_shuts(client, ours):
    place = make.facility(community=ours, hours="8:00-18:00")
    with time_machine.travel(EVENING, tick=False):
        open_page = client.get(place.get_absolute_url()).text
    with time_machine.travel(EVENING + dt.timedelta(seconds=1), tick=False):
        shut = client.get(place.get_absolute_url()).text
    with time_machine.travel(EVENING, tick=False):  # a clock that jumps back
        again = client.get(place.get_absolute_url()).text
    assert "18:00" in open_page
    assert open_page != shut
    assert again == open_page


def test_forgotten_stamp_is_named_and_lasts_ten_minutes(client, ours):
    place = make.facility(community=ours, name_zh="从前的名字")
    drop_triggers(connection)
    assert [each.id for each in run_checks(tags=["database"], databases=["default"])].count(
        "circle.W004"
    ) > 99
    with time_machine.travel(EVENING, tick=False) as clock:
        assert "从前的名字" in client.get("/circle/").text
        Facility.objects.filter(pk=place.pk).update(name_zh="现在的名字")
        clock.shift(dt.timedelta(minutes=10))
        assert "现在的名字" in client.get("/circle/").text
    install_triggers(connection)
    assert missing_triggers(connection) == set()


def test_parts_of_signed_in_residents_are_of_their_own_home_and_language(client, ours):
    homes = [
        make.building(community=ours, name_zh="甲楼"),
        make.building(community=ours, name_zh="乙楼", east=900),
    ]
    make.facility(community=ours, name_zh="药店", name_en="Pharmacy", east=950, dimension="health")
    people = [make.resident(community=ours, building=home, login=make.resident_login()) for home in homes]
    pages = []
    for person in [*people, people[0]]:
        client.force_login(person.login)
        pages.append(client.get("/").text)
    assert pages[0].count("<svg") == pages[2].count("<svg")
    rings = [page.partition('id="ring-heading"')[2].partition("</svg>")[0] for page in pages]
    assert rings[0] == rings[2] != rings[1]
    assert "Pharmacy" in client.get("/en/").text
    client.cookies[PREFERENCES_COOKIE] = "size=elder"
    assert client.get("/").text.partition('id="ring-heading"')[2].partition("</section>")[0] != rings[0]


ASK = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
settings.KEEP_PAGES, settings.ALLOWED_HOSTS = True, ["*"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
for line in sys.stdin:
    print(json.dumps(line.strip() in Client().get("/help/").content.decode()), flush=True)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_other_process_shows_a_committed_write_at_once():
    community = make.community(name_zh="旧名")
    command = [sys.executable, "-c", ASK]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment(), **pipes) as server:

        def shows(text: str) -> bool:
            server.stdin.write(text + "\n")
            server.stdin.flush()
            return json.loads(server.stdout.readline())

        assert [shows("旧名"), shows("旧名")] == [True, True]
        for number in range(20):
            type(community).objects.filter(pk=community.pk).update(name_zh=f"第{number}个新名")
            assert shows(f"第{number}个新名")

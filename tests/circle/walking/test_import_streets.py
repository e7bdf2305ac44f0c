import pytest
from django.core.management import CommandError, call_command

from circle.models import StreetNetwork, WalkRun
from tests import make
from tests.make_walks import at, osm_file, street

pytestmark = pytest.mark.django_db
SQUARE = {1: (0, 0), 2: (300, 0), 3: (300, 300), 4: (0, 300)}


@pytest.fixture
def town(tmp_path):
    return osm_file(tmp_path / "town.osm", SQUARE, [street(1, 2, 3, 4, 1)])


def box(west, south, east, north):
    return ",".join(str(number) for number in (*at(west, south), *at(east, north)))


def test_streets_come_into_use_with_what_a_page_says_about_them(town):
    make.facility()
    call_command("import_streets", town, crossing_wait=30)
    streets = StreetNetwork.objects.current(make.here())
    assert (streets.source, str(streets.source_on), streets.filter_version) == (
        "town.osm",
        "2026-03-01",
        "walk-3",
    )
    assert (streets.crossing_wait_s, streets.has_cycleways) == (30, False)
    assert streets.figures["ways_kept"] == 1
    assert "OpenStreetMap" in streets.attribution
    assert WalkRun.objects.filter(state="queued").count() == 1


def test_a_dry_run_changes_nothing(town, capsys):
    make.here()
    call_command("import_streets", town, dry_run=True)
    assert "ways kept" in capsys.readouterr().out
    assert not StreetNetwork.objects.exists()


def test_a_box_takes_a_part(tmp_path):
    make.here()
    path = osm_file(tmp_path / "town.osm", SQUARE, [street(1, 2), street(2, 3)])
    call_command("import_streets", path, "--bbox", box(-10, -10, 310, 10))
    assert StreetNetwork.objects.get().figures["edges"] == 1


def refused(capsys, *arguments, **options):
    with pytest.raises((CommandError, SystemExit)) as refusal:
        call_command("import_streets", *arguments, **options)
    assert not StreetNetwork.objects.exists()
    return str(refusal.value) or capsys.readouterr().err


def test_bad_files_are_refused_with_a_sentence_and_change_nothing(tmp_path, town, capsys):
    make.here()
    page, motorway = tmp_path / "page.osm", tmp_path / "motorway.osm"
    page.write_text("<html/>")
    osm_file(motorway, SQUARE, [([1, 2], {"highway": "motorway"})])
    assert refused(capsys, tmp_path / "none.osm") == f"找不到文件{tmp_path / 'none.osm'}。"
    assert refused(capsys, page) == "这不是OpenStreetMap文件（.osm.pbf或.osm），或者文件不完整。"
    assert refused(capsys, motorway) == "这个文件里没有可步行的道路。"
    assert refused(capsys, town, "--bbox", "0,0,1,1") == (
        "这个范围内没有文件中的任何街道。范围按西,南,东,北的度数填写。"
    )
    assert refused(capsys, town, crossing_wait=15) == "过街等候须为偶数秒：道路两侧各计一半。"


@pytest.mark.parametrize("text", ["1,2,3", "a,b,c,d", "107,26,106,27", "26,106,27,107"])
def test_a_box_that_is_none_is_refused(town, text, capsys):
    make.here()
    assert text in refused(capsys, town, "--bbox", text)


def test_streets_of_another_town_are_refused(town, capsys):
    make.community(**make.point(east=20_000))
    assert refused(capsys, town) == "这些街道离社区20公里，文件选对了吗？"


def test_swapped_coordinates_lie_elsewhere(tmp_path, capsys):
    make.here()
    path = osm_file(tmp_path / "town.osm", SQUARE, [street(1, 2)])
    nodes = path.read_text().replace('lon="106.', 'lon="26.').replace('lat="26.', 'lat="60.')
    path.write_text(nodes)
    assert refused(capsys, path).startswith("这些街道离社区")


def test_the_community_must_be_plain(town, capsys):
    assert refused(capsys, town) == "没有这个社区。"
    make.community(), make.community(slug="second")
    assert refused(capsys, town) == "有多个社区，请用--community指明一个。"
    call_command("import_streets", town, community="second")
    assert StreetNetwork.objects.get().community.slug == "second"

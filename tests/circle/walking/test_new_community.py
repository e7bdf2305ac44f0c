"""A real community by documented commands: its plan, tables from the map, and what is still missing."""

import csv
import os
import re
import shlex
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from circle.models import Building, Community, Coverage, Facility, StaffPost, WalkTime
from services.models import ServiceItem
from tests import make

pytestmark = pytest.mark.django_db
DOC = Path(__file__).resolve().parents[3] / "docs/new-community.md"
MAP = """<?xml version="1.0"?><osm version="0.6">
<node id="1" lon="116.3500" lat="40.0000"/><node id="2" lon="116.3502" lat="40.0000"/>
<node id="3" lon="116.3502" lat="40.0002"/><node id="4" lon="116.3500" lat="40.0002"/>
<node id="5" lon="116.3490" lat="39.9990"/><node id="6" lon="116.3510" lat="39.9990"/>
<node id="7" lon="116.3510" lat="40.0010"/><node id="8" lon="116.3490" lat="40.0010"/>
<node id="11" lon="116.3501" lat="40.0005"><tag k="amenity" v="pharmacy"/><tag k="name" v="同心药店"/>
<tag k="opening_hours" v="Mo-Su 08:00-20:00"/><tag k="wheelchair" v="yes"/>
<tag k="phone" v="+86 10 0000 0001"/>
<tag k="addr:street" v="学院路"/><tag k="addr:housenumber" v="2号"/></node>
<node id="12" lon="116.3502" lat="40.0005"><tag k="highway" v="bus_stop"/><tag k="name" v="二里庄"/>
<tag k="local_ref" v="北侧"/></node>
<node id="13" lon="116.3503" lat="40.0005"><tag k="shop" v="supermarket"/>
<tag k="opening_hours" v="Apr-Oct 08:00-20:00"/>
</node>
<node id="14" lon="116.3503" lat="40.0006"><tag k="shop" v="jewelry"/><tag k="name" v="金店"/></node>
<way id="21"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/>
<tag k="building" v="apartments"/><tag k="building:levels" v="6"/><tag k="name" v="1号楼"/></way>
<way id="22"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="8"/><nd ref="5"/>
<tag k="landuse" v="residential"/><tag k="name" v="二里庄小区"/></way>
</osm>"""


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_tables_say_what_the_map_says_and_what_was_left_out(tmp_path, capsys):
    call_command("seed_norms", verbosity=0)
    (tmp_path / "town.osm").write_text(MAP, encoding="utf-8")
    call_command("prepare_places", tmp_path / "town.osm", to=tmp_path, m2_per_person=35)
    [home] = read(tmp_path / "buildings.csv")
    assert (home["code"], home["name_zh"], home["estate"], home["levels"]) == (
        "w21",
        "1号楼",
        "二里庄小区",
        "6",
    )
    assert 360 < int(home["footprint_m2"]) < 390
    assert 60 < int(home["residents"]) < 70
    drug, stop, market = read(tmp_path / "places.csv")
    assert (drug["kind"], drug["address_zh"], drug["step_free"]) == ("pharmacy", "学院路2号", "yes")
    assert (drug["opening_hours"], drug["phone"]) == ("Mo-Su 08:00-20:00", "'+86 10 0000 0001")
    assert (stop["kind"], stop["landmark_zh"]) == ("bus_stop", "北侧")
    assert (market["name_zh"], market["opening_hours"]) == ("综合超市", "")
    assert [(row["code"], row["what"]) for row in read(tmp_path / "left_out.csv")] == [
        ("n13", "Apr-Oct 08:00-20:00"),
        ("n14", "shop=jewelry"),
    ]
    assert "不属于任何一类 (shop=jewelry)" in capsys.readouterr().out


def plan(tmp_path, text=None, **changes):
    if text is None:
        call_command("new_community", print_template=True, stdout=(out := StringIO()))
        text = out.getvalue()
    for old, new in changes.items():
        text = text.replace(old, new)
    path = tmp_path / "community.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plan_opens_a_community_once(tmp_path, capsys):
    path = plan(tmp_path)
    call_command("new_community", path)
    said = capsys.readouterr().out
    community = Community.objects.get()
    assert (community.slug, community.is_demo, community.grids.count()) == ("erlizhuang", False, 1)
    post = StaffPost.objects.get(community=community, role="director")
    password = re.search(r"director@example\.org首次登录的密码：(\S+)（", said)[1]
    assert post.user.check_password(password)
    assert timezone.now() - post.user.password_set_at > timezone.timedelta(days=365)
    items = ServiceItem.objects.filter(community=community)
    assert items.count() == 54
    assert not items.exclude(facility=None).exists()
    assert not items.filter(is_bookable=True).exists()
    assert set(items.values_list("phone", flat=True)) == {community.phone}
    call_command("new_community", path)
    said = capsys.readouterr().out
    assert "早已开通" in said
    assert "新增0项" in said
    assert "密码" not in said


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('phone = "010-0000 0001"', "", "[community]里缺少：phone。"),
        ("gate_zh", "gate", "[community]里有不认识的词：gate。"),
        ("[community]", "[community", "这不是TOML文件"),
        ("longitude = 116.3512", "longitude = 16.3512\ndatum = 'gcj02'\n#", "这个点"),
        ("latitude = 40.0034", "latitude = 400.0", "这个点"),
    ],
)
def test_a_plan_with_a_fault_opens_nothing(tmp_path, old, new, sentence):
    text = plan(tmp_path).read_text(encoding="utf-8").replace(old, new, 1)
    if "gcj02" in new:
        text = text.replace('datum = "wgs84"', "")
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("new_community", plan(tmp_path, text))
    assert not Community.objects.exists()


def test_without_a_file_it_asks(monkeypatch):
    answers = iter(
        ["hki", "赫尔辛基", "Helsinki", "09-310 1000", "24.94", "60.17", "", "", "", "g1", "一", "", "", ""]
    )
    monkeypatch.setattr("builtins.input", lambda _prompt: next(answers))
    call_command("new_community", verbosity=0)
    community = Community.objects.get()
    assert community.point == (24.94, 60.17)
    assert community.gate_zh == "社区正门"


def test_status_and_page_say_what_is_missing(client, capsys):
    make.building(residents=0)
    make.facility()
    call_command("setup_status")
    said = capsys.readouterr().out
    assert "✗ 街道：还没有导入" in said.replace(": ", "：")
    director = make.post("director").user
    client.force_login(director)
    with translation.override("zh-hans"):
        page = client.get("/admin/circle/community/setup/").content.decode()
    assert "有1处场所没有登记" in page
    assert "1栋没有填居民人数" in page


def documented_commands():
    blocks = re.findall(r"^```sh\n(.*?)^```", DOC.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [line.removeprefix("manage.py ") for block in blocks for line in block.splitlines()]


def run_documented(capsys):
    for line in documented_commands():
        words, _into, file = line.partition(" > ")
        with open(file, "w", encoding="utf-8") if file else open(os.devnull, "w") as stream:  # noqa: PTH123
            call_command(*shlex.split(words), **({"stdout": stream} if file else {}))
    return capsys.readouterr().out


def test_documented_commands_lead_from_nothing_to_complete_pages(
    beijing, tmp_path, monkeypatch, capsys, client
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "city.osm.pbf").symlink_to(beijing)
    run_documented(capsys)
    homes, places = Building.objects.count(), Facility.objects.count()
    assert homes > 190
    assert places > 190
    assert WalkTime.objects.count() > 10_000
    coverage = Coverage.objects.get(stamp="workday", pace="planning")
    assert coverage.places_unknown > 100
    assert coverage.mean > coverage.mean_sure
    page = client.get("/circle/").content.decode()
    assert "开放时间还不清楚" in page
    before = Facility.objects.order_by("pk").values_list("pk", "updated_at")
    before = list(before)
    said = run_documented(capsys)
    assert f"新增0，更改0，未变{homes}。" in said
    assert f"新增0，更改0，未变{places}。" in said
    assert list(Facility.objects.order_by("pk").values_list("pk", "updated_at")) == before

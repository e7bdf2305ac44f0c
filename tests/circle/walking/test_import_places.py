"""Facilities and buildings from files: all rows or none, each problem named by its row."""

import json

import pytest
from django.core.management import CommandError, call_command

from circle.models import Building, Facility, WalkRun
from circle.walking.datum import from_wgs84
from tests import make
from tests.make_walks import adopted, at

pytestmark = pytest.mark.django_db
HEADER = "code,name_zh,kind,longitude,latitude,address_zh"


@pytest.fixture
def kind():
    make.here()
    return make.kind(code="clinic")


@pytest.fixture
def facilities(tmp_path, kind):
    def write(*rows, header=HEADER, name="places.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\n".join([header, *rows]).encode(encoding))
        return path

    return write


def row(code="c1", name="一诊所", kind="clinic", where=(100, 0), address="金元路2号", datum="wgs84"):
    longitude, latitude = from_wgs84(at(*where), datum)
    return f"{code},{name},{kind},{longitude:.6f},{latitude:.6f},{address}"


def run(path, command="import_facilities", **options):
    call_command(command, path, "--datum", options.pop("datum", "wgs84"), **options)


def refused(capsys, path, **options):
    before = Facility.objects.count(), Building.objects.count()
    with pytest.raises(CommandError):
        run(path, **options)
    assert (Facility.objects.count(), Building.objects.count()) == before
    return capsys.readouterr().err.splitlines()


def test_rows_become_facilities_and_ask_for_their_ways(facilities, kind):
    adopted()
    run(facilities(row(), row("c2", "二诊所", where=(200, 0))))
    first = Facility.objects.get(code="c1")
    assert (first.name_zh, first.name_en, first.kind, first.address_zh) == (
        "一诊所",
        "一诊所",
        kind,
        "金元路2号",
    )
    assert first.point == pytest.approx(at(100, 0), abs=1e-6)
    assert [queued.kind for queued in WalkRun.objects.filter(state="queued")] == [kind]


def test_a_second_time_changes_what_differs(facilities, capsys):
    run(facilities(row(), row("c2", "二诊所")))
    run(facilities(row(), row("c2", "二诊所", where=(300, 0))))
    assert capsys.readouterr().out.splitlines()[-1] == "0 new, 1 changed, 1 unchanged."


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_points_of_other_maps_are_converted(facilities, datum):
    run(facilities(row(datum=datum)), datum=datum)
    place = Facility.objects.get()
    assert place.point == pytest.approx(at(100, 0), abs=2e-6)
    assert place.datum_entered == datum


def test_a_dry_run_changes_nothing(facilities, capsys):
    run(facilities(row()), dry_run=True)
    assert not Facility.objects.exists()
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "1 new, 0 changed, 0 unchanged.",
        "Nothing was changed: this was a dry run.",
    ]


def test_tables_of_a_chinese_spreadsheet_are_read(facilities):
    run(facilities(row(), encoding="gb18030"))
    assert Facility.objects.get().name_zh == "一诊所"


def test_geojson_is_read(tmp_path, kind):
    values = {"code": "c1", "name_zh": "一诊所", "kind": "clinic", "address_zh": "金元路2号", "phone": None}
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": at(1, 1)},
        "properties": values,
    }
    path = tmp_path / "places.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    run(path)
    assert Facility.objects.get().name_zh == "一诊所"


def test_every_problem_is_named_by_its_row_and_nothing_is_loaded(facilities, capsys):
    longitude, latitude = at(0, 0)
    path = facilities(
        row(),
        row("c2", "二诊所", kind="castle"),
        row("c1", "三诊所"),
        row("c4", "一诊所"),
        f"c5,五诊所,clinic,{latitude},{longitude},金元路2号",
        "c6,六诊所,clinic,east,26.6,金元路2号",
        "c7,七诊所,clinic,2.35,48.85,巴黎",
        row("c 8", "八诊所"),
    )
    assert refused(capsys, path) == [
        "row 3: 没有“castle”这种设施。",
        "row 4: “c1”在第2行已经出现过。",
        "row 5: “一诊所”在第2行已经出现过。",
        "row 6: 经度和纬度写反了。",
        "row 7: “east”不是度数。",
        "row 8: 这个点不在中国境内。",
        "row 9: 输入由字母，数字，下划线或连字符号组成的有效“字段”。",
    ]


def test_a_name_that_is_there_under_another_code_is_refused(facilities, capsys):
    make.facility(code="old", name_zh="一诊所")
    assert refused(capsys, facilities(row())) == ["row 2: 已有同名场所：old。"]


def test_a_place_far_from_any_street_is_refused_unless_asked_for(facilities, capsys):
    adopted()
    path = facilities(row(where=(0, 3000)))
    assert refused(capsys, path) == ["row 2: 离最近的街道超过300米。"]
    run(path, off_street=True)
    assert Facility.objects.count() == 1


def test_the_wrong_datum_is_named(facilities, capsys):
    adopted()
    path = facilities(row(where=(0, 0), datum="gcj02"))
    assert refused(capsys, path) == ["row 2: 这个点离街道很远；按GCJ-02（高德、腾讯）读，它就在街道旁。"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "这个文件里一行都没有。"),
        ("a.csv", HEADER.encode(), "这个文件里一行都没有。"),
        ("a.csv", b"code,name\n1,2\n", "缺少这些列：name_zh, longitude, latitude。"),
        ("a.csv", b"\xff\xfe\x00\x81", "这个文件既不是CSV表格，也不是GeoJSON。"),
        ("a.geojson", b"[1]", "这个文件既不是CSV表格，也不是GeoJSON。"),
        ("a.geojson", b'{"features": [{}]}', "这个文件既不是CSV表格，也不是GeoJSON。"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, kind, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError, match=f"^{sentence}$"):
        run(path)


def test_a_missing_file_is_refused(tmp_path, kind):
    with pytest.raises(CommandError, match="找不到文件"):
        run(tmp_path / "none.csv")


def test_buildings_come_with_their_people(tmp_path):
    make.grid(code="g1")
    place = make.facility()
    adopted()
    longitude, latitude = at(100, 0)
    path = tmp_path / "homes.csv"
    path.write_text(
        "code,name_zh,grid,longitude,latitude,residents,elders_60,elders_80\n"
        f"b1,1栋,g1,{longitude},{latitude},120,30,6\n",
        encoding="utf-8",
    )
    run(path, "import_buildings")
    home = Building.objects.get()
    assert (home.name_zh, home.residents, home.elders_60, home.elders_80) == ("1栋", 120, 30, 6)
    assert [queued.kind for queued in WalkRun.objects.filter(state="queued")] == [place.kind]


def test_buildings_with_more_elders_than_people_are_refused(tmp_path, capsys):
    make.grid(code="g1")
    longitude, latitude = at(0, 0)
    path = tmp_path / "homes.csv"
    path.write_text(
        "code,name_zh,grid,longitude,latitude,residents,elders_60\n"
        f"b1,1栋,g1,{longitude},{latitude},10,30\n"
        f"b2,2栋,g9,{longitude},{latitude},10,3\n"
        f"b3,3栋,g1,{longitude},{latitude},ten,3\n",
        encoding="utf-8",
    )
    assert refused(capsys, path, command="import_buildings") == [
        "row 2: 老人不能比居民多，80岁以上的也不能比60岁以上的多。",
        "row 3: 本社区没有网格“g9”。",
        "row 4: “ten”不是整数。",
    ]

"""Facilities and buildings from files: all rows or none, each problem named by its row."""

import json

import pytest
from django.core.management import CommandError, call_command

from circle.models import Building, Facility, WalkRun
from circle.walking.datum import from_wgs84
from circle.web.spreadsheets import write_xlsx
from tests import make
from tests.make_walks import adopted, at, grid

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
    call_command(command, path, datum=options.pop("datum", "wgs84"), **options)


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
    assert capsys.readouterr().out.splitlines()[-1] == "新增0，更改1，未变1。"


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
        "新增1，更改0，未变0。",
        "这次只是试算，什么都没有改。",
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


def test_every_fault_names_row_column_value_and_remedy_and_nothing_is_loaded(facilities, capsys, tmp_path):
    longitude, latitude = at(0, 0)
    path = facilities(
        row(),
        row("c2", "二诊所", kind="castle"),
        row("c1", "三诊所"),
        row("c4", ""),
        f"c5,五诊所,clinic,{latitude},{longitude},金元路2号",
        'c6,六诊所,clinic,"106,6",26.6,金元路2号',
        "c7,七诊所,clinic,2.35,48.85,巴黎",
        row("c 8", "八诊所"),
        "c9,九诊所,clinic",
    )
    report = tmp_path / "faults.csv"
    assert refused(capsys, path, report=report) == [
        "第3行，kind“castle”：没有“castle”这种设施。 请照--print-template列出的编号或名称填写。",
        "第4行，code“c1”：“c1”在第2行已经出现过。 每一行要有自己的编号。",
        "第5行，name_zh：这一格是空的。 请填上。",
        f"第6行，longitude“{round(latitude, 6)}, {round(longitude, 6)}”：经度和纬度写反了。 请把两列对换。",
        "第7行，longitude“106,6”：“106,6”不是度数。 小数点请用“.”，不要用逗号。",
        "第8行，longitude“2.35, 48.85”：这个点离社区大门8772公里。 请核对这个点。",
        "第9行，code“c 8”：输入由字母，数字，下划线或连字符号组成的有效“字段”。",
        "第10行：这一行不完整，后面的列缺了。",
    ]
    assert report.read_text(encoding="utf-8-sig").splitlines()[:2] == [
        "行,列,数值,哪里不对,怎么改",
        "3,kind,castle,没有“castle”这种设施。,请照--print-template列出的编号或名称填写。",
    ]


def test_bad_rows_are_skipped_where_asked(facilities, capsys):
    path = facilities(row(), row("c2", "二诊所", kind="castle"), row("c3", "一诊所", where=(200, 0)))
    run(path, skip_bad=True)
    assert list(Facility.objects.values_list("code", "name_zh")) == [("c1", "一诊所"), ("c3", "一诊所")]
    assert "新增2，更改0，未变0。\n有1行没有导入。" in capsys.readouterr().out


def test_off_street_excuses_only_the_rows_it_names(facilities, capsys):
    adopted()
    path = facilities(row(where=(0, 3000)), row("c2", "二诊所", where=(0, 4000)))
    assert [line[:4] for line in refused(capsys, path, off_street=["c1"])] == ["第3行，"]
    run(path, off_street=["c1", "c2"])
    assert Facility.objects.count() == 2


def test_the_wrong_datum_is_named_for_single_rows(facilities, capsys):
    adopted()
    path = facilities(row(where=(0, 0), datum="gcj02"))
    [line] = refused(capsys, path)
    assert "这个点离街道很远；按GCJ-02（高德、腾讯）读，它就在街道旁。" in line


def test_the_wrong_datum_of_a_whole_file_is_named(facilities):
    """Though every point lies within 300 m of some street."""
    adopted(grid(columns=12, rows=12))
    beside = [row(f"c{n}", f"{n}诊所", where=(400 + 30 * n, 403), datum="gcj02") for n in range(9)]
    path = facilities(*beside)
    with pytest.raises(CommandError, match=r"GCJ-02（高德、腾讯）.*3 m"):
        run(path)
    run(path, datum="gcj02")
    assert Facility.objects.count() == 9
    run(path, trust_datum=True)


def test_a_chinese_spreadsheet_with_hours_is_read(tmp_path, kind, capsys):
    make.kind(code="bus_stop", name_zh="公交车站")
    longitude, latitude = at(0, 0)
    rows = [
        ["编号", "名称", "类别", "经度", "纬度", "位置", "开放时间", "备注"],
        ["s1", "二里庄", "公交车站", longitude, latitude, "北侧", "Mo-Su 05:30-23:00", "新"],
        ["s2", "二里庄", "公交车站", longitude, latitude, "南侧", "Mo-Fr 25:00", ""],
        ["# 说明", "", "", "", "", "", "", ""],
    ]
    path = tmp_path / "stops.xlsx"
    path.write_bytes(write_xlsx(rows))
    [line] = refused(capsys, path)
    assert line.startswith("第3行，开放时间“Mo-Fr 25:00”：“25:00”不是能看懂的日子或钟点。")
    rows[2][6] = "Mo-Fr 09:00-12:00,13:30-17:30; PH off"
    path.write_bytes(write_xlsx(rows))
    run(path)
    assert "这些列不认识，没有读：备注。" in capsys.readouterr().out
    south = Facility.objects.get(code="s2")
    assert (south.landmark, south.address, south.follows_workdays) == ("南侧", "", True)
    assert south.opening_hours.count() == 10
    run(path)
    assert "新增0，更改0，未变2。" in capsys.readouterr().out


def test_the_template_lists_every_column_and_kind_and_can_be_imported(tmp_path, kind, capsys):
    make.kind(code="bus_stop", name_zh="公交车站")
    call_command("import_facilities", print_template=True)
    text = capsys.readouterr().out
    assert "# 类别,kind,可不填," in text
    assert "# 公交车站,bus_stop," in text
    path = tmp_path / "template.csv"
    path.write_text(text, encoding="utf-8")
    [line] = refused(capsys, path)  # the example lies in Beijing
    assert "这个点离社区大门" in line


@pytest.mark.usefixtures("in_the_morning")
def test_new_opening_hours_never_strand_a_booking(facilities, capsys):
    booking = make.booking()
    place = booking.slot.counter.facility
    path = facilities(
        f"{place.code},大厅,clinic,{place.longitude},{place.latitude},,Mo 03:00-03:10",
        header=f"{HEADER},opening_hours",
    )
    [line] = refused(capsys, path)
    assert "1个预约会因为新的开放时间失去原来的时间。" in line
    assert place.opening_hours.count() > 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "这个文件里一行都没有。"),
        ("a.csv", HEADER.encode(), "这个文件里一行都没有。"),
        ("a.csv", b"code,name\n1,2\n", "缺少这些列：名称, 经度, 纬度。"),
        ("a.csv", b"\xff\xfe\x00\x81", "这个文件不是CSV表格、Excel工作簿或GeoJSON，或者不完整。"),
        ("a.geojson", b"[1]", "这个文件不是CSV表格、Excel工作簿或GeoJSON，或者不完整。"),
        ("a.geojson", b'{"features": [{}]}', "这个文件不是CSV表格、Excel工作簿或GeoJSON，或者不完整。"),
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


def test_buildings_come_with_their_people_estates_and_new_grids(tmp_path, capsys):
    make.grid(code="g1", name_zh="第一网格")
    place = make.facility()
    adopted()
    (longitude, latitude), (gate_longitude, gate_latitude) = at(100, 0), at(110, 0)
    head = "编号;名称;小区;网格;经度;纬度;人数;60岁以上人数;80岁以上人数;小区内部路"
    point = f"{longitude};{latitude}"
    path = tmp_path / "homes.csv"
    path.write_text(
        f"{head}\nb1;1号楼;甲小区;第一网格;{point};120;30;6;{gate_longitude} {gate_latitude}\n"
        f"b2;1号楼;乙小区;第二网格;{point};90;20;4;\n",
        encoding="utf-8",
    )
    [line] = refused(capsys, path, command="import_buildings")
    assert line.startswith("第3行，网格“第二网格”：本社区没有网格“第二网格”。")
    run(path, "import_buildings", make_grids=True)
    one, other = Building.objects.order_by("code")
    assert (one.name, other.name) == ("甲小区 1号楼", "乙小区 1号楼")
    assert (one.residents, one.elders_60, one.elders_80) == (120, 30, 6)
    assert one.own_path == [[round(gate_longitude, 6), round(gate_latitude, 6)]]
    assert (one.grid.code, other.grid.name_zh) == ("g1", "第二网格")
    assert [queued.kind for queued in WalkRun.objects.filter(state="queued")] == [place.kind]


def test_buildings_with_more_elders_than_people_are_refused(tmp_path, capsys):
    make.grid(code="g1")
    longitude, latitude = at(0, 0)
    path = tmp_path / "homes.csv"
    path.write_text(
        "code,name_zh,grid,longitude,latitude,residents,elders_60\n"
        f"b1,1栋,g1,{longitude},{latitude},10,30\n"
        f"b3,3栋,g1,{longitude},{latitude},ten,3\n",
        encoding="utf-8",
    )
    assert refused(capsys, path, command="import_buildings") == [
        "第2行：老人不能比居民多，80岁以上的也不能比60岁以上的多。",
        "第3行，residents“ten”：“ten”不是整数。 只填数字，或者不填。",
    ]

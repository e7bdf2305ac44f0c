"""The register of people from a spreadsheet."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from circle.models import Household, Record, Residence, Resident
from circle.web.spreadsheets import write_xlsx
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
HEAD = ["楼栋", "门牌", "姓名", "出生日期", "手机", "入住日期"]
ANN = ["b1", "2-501", "居民甲（测试）", dt.date(1950, 3, 8), "138 0013 8000", dt.date(2019, 9, 1)]
BEN = ["甲小区 1号楼", "2-501", "居民乙（测试）", "1952-01-01", "", ""]


@pytest.fixture
def register(tmp_path):
    make.building(code="b1", estate_zh="甲小区", name_zh="1号楼")
    make.building(code="b2", estate_zh="乙小区", name_zh="1号楼")

    def write(*rows):
        path = tmp_path / "people.xlsx"
        path.write_bytes(write_xlsx([HEAD, *rows]))
        return path

    return write


def test_people_come_in_once_with_home_and_sealed_phone(register, capsys):
    path = register(ANN, BEN)
    call_command("import_residents", path, dry_run=True)
    assert not Resident.objects.exists()
    call_command("import_residents", path)
    ann, ben = Resident.objects.order_by("pk")
    assert (ann.name, ann.born_on, ann.phone) == (ANN[2], ANN[3], "13800138000")
    assert "138" not in ann.phone_sealed
    assert ann.household == ben.household == Household.objects.get()
    assert (ann.building.code, ben.building.code) == ("b1", "b1")
    assert [home.moved_in_on for home in Residence.objects.all()] == [ANN[5]]
    [said] = Record.objects.filter(verb="residents_imported")
    assert said.details == {"new": 2, "changed": 0}
    capsys.readouterr()
    call_command("import_residents", path)
    assert "新增0，更改0，未变2。" in capsys.readouterr().out
    assert Record.objects.filter(verb="residents_imported").count() == 1


def test_only_what_is_empty_is_filled(register):
    call_command("import_residents", register([*ANN[:3], "", "", ""], BEN))
    Resident.objects.filter(name=BEN[2]).update(born_on=None)
    call_command("import_residents", register([*ANN[:5], ""], [*BEN[:3], "1952-02-02", "0851-0000 0101", ""]))
    call_command("import_residents", register([*ANN[:4], "139 0013 8000", ""]))
    ann, ben = Resident.objects.order_by("pk")
    assert (ann.phone, ann.born_on) == ("13800138000", ANN[3])
    assert (ben.phone, ben.born_on) == ("085100000101", dt.date(1952, 2, 2))


def test_look_alikes_are_left_to_a_person(register, capsys):
    call_command("import_residents", register(ANN))
    elsewhere = register(BEN, ["b2", "1-101", *ANN[2:4], "", ""])
    with pytest.raises(CommandError):
        call_command("import_residents", elsewhere)
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("第3行，姓名：")
    assert "居民甲" not in line
    assert Resident.objects.count() == 1
    call_command("import_residents", elsewhere, skip_bad=True)
    assert Resident.objects.count() == 2
    call_command("import_residents", elsewhere, new=[3])
    assert Resident.objects.filter(name=ANN[2]).count() == 2


def test_faults_name_the_column_and_repeat_nothing(register, capsys, tmp_path):
    path = register(
        ["1号楼", "1-1", "居民丙（测试）", "", "", ""],
        ["b1", "", "居民丙（测试）", "", "", ""],
        ["b1", "1-1", "居民丙（测试）", "2090-01-01", "", ""],
        ["b1", "1-1", "居民丙（测试）", "", "13800", ""],
        ["b1", "1-1", "居民丙（测试）", "", "", "2090-01-01"],
        ["b1", "1-" + "1" * 30, "居民丙（测试）", "", "", ""],
    )
    with pytest.raises(CommandError, match=r"^共6处错误，什么都没有改。$"):
        call_command("import_residents", path, report=tmp_path / "faults.csv")
    lines = capsys.readouterr().err.splitlines()
    heads = [
        "第2行，楼栋：",
        "第3行，门牌：",
        "第4行，出生日期：",
        "第5行，手机：",
        "第6行，入住日期：",
        "第7行：",
    ]
    assert [head for head, line in zip(heads, lines, strict=True) if not line.startswith(head)] == []
    said = "".join(lines) + (tmp_path / "faults.csv").read_text(encoding="utf-8")
    assert [value for value in ("居民丙", "13800", "2090") if value in said] == []
    assert not Resident.objects.exists()

"""The demo's errands: each stage with a matter that an elder has."""

from io import StringIO

import pytest
from django.core.management import call_command

from services.demo.cases import NOTICED, STAGES, load_cases
from services.models import AgencyCase, CaseStop
from tests import make

pytestmark = pytest.mark.django_db


def test_each_stage_has_its_own_matter_and_none_of_a_child_or_out_of_service(ours):
    call_command("seed_rules", stdout=StringIO())
    home = make.building(community=ours)
    for number in range(3):
        make.resident(community=ours, building=home, born_on=f"194{number}-03-02")
    codes = [code for _stage, _days, code in STAGES]
    for code in ["FM01", *codes]:
        make.item(community=ours, code=code, flow="agency", status="paused" if code == "HL02" else "active")
    load_cases(ours)
    found = dict(AgencyCase.objects.values_list("item__code", "status"))
    assert found == {code: stage for stage, _days, code in STAGES if code != "HL02"}
    notices = CaseStop.objects.filter(kind="notice")
    assert set(notices.values_list("case__item__code", flat=True)) == {*NOTICED}
    load_cases(ours)
    assert AgencyCase.objects.count() == len(found)

"""Outsiders verify published minutes: `sha256sum -c` on what they download, and our own command."""

import datetime as dt
import io
import json
import shutil
import subprocess

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from circle.audit import append_only
from council import actions
from council.models import MinutesVersion, Sheet, text_digest
from tests import make
from tests import make_council as council

pytestmark = pytest.mark.django_db
CHAIN = "/council/minutes/chain.txt"


def lines(client) -> list[tuple[str, str]]:
    """Hash and name."""
    return [tuple(line.split("  ")) for line in client.get(CHAIN).text.splitlines()]


def two_bodies() -> list[MinutesVersion]:
    """Of the committee, of the council, and a correction of the first."""
    first = council.published(body=council.committee())
    second = council.published(body=council.body())
    return [first, second, council.corrected(first)]


def test_chain_lists_every_published_version_in_its_order(client):
    published = two_bodies()
    names = ["committee-2026-11-v1.json", "2026-11-v1.json", "committee-2026-11-v2.json"]
    assert lines(client) == [(row.sha256, name) for row, name in zip(published, names, strict=True)]
    response = client.get(CHAIN)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    council.draft(body=council.committee(code="third", sign="三"))
    assert len(lines(client)) == 3


def test_every_name_of_the_chain_is_served_with_its_bytes(client):
    two_bodies()
    for digest, name in lines(client):
        response = client.get(f"/council/minutes/{name}")
        assert (response.status_code, text_digest(response.content.decode())) == (200, digest)
        assert f'filename="{name}"' in response["Content-Disposition"]
    for name in (
        "2026-11-v9.json",
        "committee-2026-12-v1.json",
        "nobody-2026-11-v1.json",
        "2026-11-v01.json",
    ):
        assert client.get(f"/council/minutes/{name}").status_code == 404


def test_new_file_names_the_hash_of_the_one_before_it(client):
    first, second, third = two_bodies()
    assert [row.sheet.previous for row in (first, second, third)] == ["", first.sha256, second.sha256]
    assert json.loads(third.body)["previous"] == second.sha256
    assert third.sheet.replaces == first.sha256


def test_draft_names_none_and_another_community_has_a_chain_of_its_own(client):
    two_bodies()
    draft = council.draft(body=council.committee(code="third", sign="三"))
    assert draft.sheet.previous is None
    elsewhere = council.published(body=council.body(community=make.community()))
    assert elsewhere.sheet.previous == ""
    assert len(lines(client)) == 3


@pytest.mark.parametrize("visibility", ["decisions", "closed"])
def test_minutes_that_are_not_public_are_in_no_chain(client, visibility):
    joint = council.committee(code="joint", kind="party_joint", sign="联", visibility=visibility)
    assert council.published(body=joint).sheet.previous is None
    assert client.get(CHAIN).text == ""
    assert client.get("/council/minutes/joint-2026-11-v1.json").status_code == 404


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_sha256sum_verifies_what_was_downloaded(client, tmp_path):
    two_bodies()
    (tmp_path / "chain.txt").write_bytes(client.get(CHAIN).content)
    for _digest, name in lines(client):
        (tmp_path / name).write_bytes(client.get(f"/council/minutes/{name}").content)
    command = [shutil.which("sha256sum"), "--strict", "-c", "chain.txt"]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    file = tmp_path / "2026-11-v1.json"
    file.write_bytes(file.read_bytes().replace("大家".encode(), "大伙".encode()))
    wrong = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert (wrong.returncode, b"2026-11-v1.json" in wrong.stdout) == (1, True)


def test_command_says_that_all_is_well():
    two_bodies()
    said = io.StringIO()
    call_command("verify_minutes", stdout=said)
    assert "3" in said.getvalue()


@pytest.mark.planted
def test_scenario_11_command_exits_and_names_the_version_of_one_changed_byte(capsys):
    """Scenario 11."""
    second = two_bodies()[1]
    append_only.drop_triggers(connection, [MinutesVersion])
    MinutesVersion.objects.filter(pk=second.pk).update(body=second.body.replace("大家", "大伙"))
    append_only.install_triggers(connection, [MinutesVersion])
    with pytest.raises(CommandError):
        call_command("verify_minutes")
    assert "minutes 2026-11 v1: the text differs from its hash" in capsys.readouterr().err


@pytest.mark.planted
def test_command_names_a_version_whose_predecessor_is_unknown(capsys):
    first = council.published()
    sheet = json.loads(first.body) | {"previous": "0" * 64}
    body = json.dumps(sheet, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    append_only.drop_triggers(connection, [MinutesVersion])
    MinutesVersion.objects.filter(pk=first.pk).update(body=body, sha256=text_digest(body))
    append_only.install_triggers(connection, [MinutesVersion])
    with pytest.raises(CommandError):
        call_command("verify_minutes")
    assert "it names as the one before it a text that was not published before" in capsys.readouterr().err


def test_text_written_before_there_was_a_chain_stays_as_it_was():
    minutes = council.draft()
    old = json.loads(minutes.body)
    del old["previous"]
    sheet = Sheet.read(json.dumps(old))
    assert sheet.previous is None


def test_approved_text_is_the_published_one_though_others_were_published_meanwhile(client):
    approved = council.approved(body=council.committee())
    other = council.published(body=council.body())
    later = council.AFTER + dt.timedelta(hours=1)
    published = actions.publish_minutes(minutes=approved, at=later, by=council.secretary())
    assert (published.body, published.sheet.previous) == (approved.body, "")
    assert [digest for digest, _name in lines(client)] == [other.sha256, published.sha256]
    call_command("verify_minutes")


def test_page_of_a_meeting_leads_to_the_chain(client):
    meeting = council.published().meeting
    assert CHAIN in client.get(meeting.get_absolute_url()).text

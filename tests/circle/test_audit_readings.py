"""Looks at sensitive data: each kept once, shown to the person, found by the director."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import Error, transaction
from django.db.models.functions import Now

from childcare.models import Application
from circle.app_hooks.schedule import tick
from circle.audit import append_only
from circle.audit.anchors import anchor_chain
from circle.audit.broken_seals import broken_seals
from circle.audit.log import record, record_reading
from circle.audit.purge import purge_records
from circle.audit.seals import seal_records
from circle.models import Anchor, Community, PurgePermit, Record, Seal
from tests import make, make_childcare, make_eldercare
from tests.make import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def grandma():
    return make.own_resident(name="王桂兰")


@pytest.fixture
def boss(client):
    user = make.post("director").user
    client.force_login(user)
    return user


def sensitive_pages(person) -> dict[str, str]:
    """Every page of the back office that shows sensitive facts of one person."""
    care = make_eldercare.request(resident=person)
    application = make_childcare.submitted(guardian=person)
    returned = make_childcare.returned(guardian=person)
    nursery = "/admin/childcare/application"
    return {
        f"/admin/circle/resident/{person.pk}/change/": "resident",
        f"/admin/circle/resident/card/{person.code}/": "resident_card",
        f"/admin/circle/erasure/{make.erasure(resident=person).pk}/change/": "erasure",
        f"/admin/eldercare/carebooking/{care.pk}/change/": "care_booking",
        f"/admin/eldercare/carebooking/ask/{care.code}/cancel/": "care_booking",
        f"/admin/eldercare/carebooking/booked/{care.code}/": "care_booking",
        f"{nursery}/{application.pk}/change/": "nursery_application",
        f"{nursery}/ask/{application.code}/withdraw/": "nursery_application",
        f"{nursery}/fill/{returned.code}/": "nursery_application",
        f"{nursery}/typed/{application.code}/": "nursery_application",
    }


def test_each_visit_to_a_sensitive_page_is_kept_exactly_once(client, grandma):
    client.force_login(make.director())
    for address, page in sensitive_pages(grandma).items():
        before = Record.objects.filter(verb="data_read").count()
        assert client.get(address).status_code == 200, address
        kept = Record.objects.filter(verb="data_read")
        assert kept.count() == before + 1, address
        latest = kept.first()
        subject = grandma
        if page == "nursery_application":
            subject = Application.objects.get(pk=latest.details["row"]).child
        assert (latest.subject_id, latest.details["page"]) == (subject.pk, page)


def test_page_that_was_refused_is_no_look(client, grandma):
    pages = sensitive_pages(grandma)
    client.force_login(make.post("council_chair").user)
    for address in pages:
        assert client.get(address).status_code != 200
    assert not Record.objects.filter(verb="data_read").exists()


def test_own_matters_are_no_look(grandma):
    record_reading(by=grandma.login, resident=grandma, page="resident", at=MORNING)
    assert not Record.objects.exists()


# Shown to the person ----------------------------------------------------------------------------------------


def looked(client, person, prefix=""):
    client.force_login(person.login)
    return client.get(f"{prefix}/me/looked/")


@pytest.mark.parametrize(("prefix", "post"), [("", "主任"), ("/en", "director")])
def test_resident_sees_post_time_and_page_but_no_name(client, grandma, boss, prefix, post):
    client.get(f"/admin/circle/resident/{grandma.pk}/change/")
    page = looked(client, grandma, prefix)
    [(row, person, shown, where)] = page.context["lines"]
    assert (person, shown, row.actor) == (grandma, post, boss)
    assert where
    assert boss.name not in page.text


def test_resident_sees_nobody_elses_looks(client, grandma, boss):
    record_reading(by=boss, resident=make.own_resident(), page="resident", at=MORNING)
    assert looked(client, grandma).context["lines"] == []


def test_looks_are_flat_and_paged(client, queries_of, grandma, boss):
    client.force_login(grandma.login)
    record_reading(by=boss, resident=grandma, page="resident", at=MORNING)
    few = queries_of("/me/looked/")
    for _ in range(30):
        record_reading(by=make.clerk(), resident=grandma, page="resident", at=MORNING)
    assert queries_of("/me/looked/") == few
    assert len(client.get("/me/looked/?page=2").context["lines"]) == 6


# Found by the director --------------------------------------------------------------------------------------


def found(client, **values) -> list[Record]:
    return list(client.get("/admin/circle/record/", values).context["cl"].result_list)


def test_records_are_found_by_person_actor_and_day(client, grandma, boss):
    clerk = make.clerk()
    booking = make.booking(resident=grandma)
    record_reading(by=clerk, resident=grandma, page="resident", at=MORNING - dt.timedelta(days=1))
    make.booking()
    about = found(client, person=str(grandma.code))
    assert {row.verb for row in about} == {"booking_made", "data_read"}
    assert {row.subject_id for row in about} == {grandma.pk, booking.pk}
    assert [row.verb for row in found(client, actor=clerk.pk)] == ["data_read"]
    assert [row.verb for row in found(client, day="2026-11-23")] == ["data_read"]
    assert found(client, day="2026-02-30") != []
    assert found(client, day="9999-12-31") != []
    assert found(client, person="00000000-0000-0000-0000-000000000000") == []


def test_audit_of_a_person_is_flat(client, queries_of, grandma, boss):
    url = f"/admin/circle/record/?person={grandma.code}"
    make.booking(resident=grandma)
    few = queries_of(url)
    for day in range(2, 7):
        make.booking(resident=grandma, slot=make.slot(starts_at=make.moment(day, 9)))
    assert queries_of(url) == few


def test_supervisor_of_another_community_finds_nothing(client, grandma):
    make.booking(resident=grandma)
    client.force_login(make.post("supervisor", community=make.community()).user)
    assert found(client, person=str(grandma.code)) == []


def test_supervisor_sees_the_deeds_and_no_whole_name(client, grandma):
    make.booking(resident=grandma)
    client.force_login(make.post("supervisor").user)
    assert found(client, person=str(grandma.code)) != []
    page = client.get(f"/admin/circle/record/?person={grandma.code}")
    assert "王*兰" in page.text
    assert "王桂兰" not in page.text


# What nobody can take away ----------------------------------------------------------------------------------


def kept(at: dt.datetime) -> Record:
    community = make.here()
    record(verb="booking_made", subject=community, community=community, at=at)
    return Record.objects.latest("pk")


def database_clock() -> dt.datetime:
    """What the triggers ask: time-machine does not move it."""
    return Community.objects.values_list(Now(), flat=True).get(pk=make.here().pk)


def test_no_rule_and_no_permit_lets_half_a_year_go():
    now = database_clock()
    make.rule("record_retention", params={"days": 10})
    sealed = kept(now - dt.timedelta(days=182))
    seal_records(make.here())
    with pytest.raises(ValidationError) as refusal:
        purge_records(community=make.here(), older_than=now - dt.timedelta(days=100), at=now)
    assert refusal.value.code == "too_young"
    PurgePermit.objects.create(community=make.here(), older_than=now)
    for row in (sealed, kept(now - dt.timedelta(days=182))):
        with pytest.raises(Error), transaction.atomic():
            Record.objects.filter(pk=row.pk).delete()
    old = kept(now - dt.timedelta(days=184))
    assert Record.objects.filter(pk=old.pk).delete()[0] == 1
    PurgePermit.objects.all().delete()


def cut_the_end() -> None:
    """The last record and its seal are gone, as if they had never been."""
    for model in (Seal, Record):
        append_only.drop_triggers(transaction.get_connection(), [model])
    last = Seal.objects.order_by("-position").first()
    pk = last.record_id
    last.delete()
    Record.objects.filter(pk=pk).delete()
    append_only.install_triggers(transaction.get_connection(), [Seal, Record])


def test_end_of_the_chain_cannot_be_cut_off_unseen(capsys):
    community = make.here()
    for _ in range(3):
        kept(MORNING)
    seal_records(community)
    anchor = anchor_chain(community, at=MORNING)
    assert anchor_chain(community, at=MORNING) == anchor
    assert list(broken_seals(community)) == []
    cut_the_end()
    assert list(broken_seals(community)) == [
        "the chain ends before place 3, which it had reached on 2026-11-24"
    ]


def test_line_kept_elsewhere_finds_what_was_cut_with_its_anchor(capsys):
    community = make.here()
    for _ in range(3):
        kept(MORNING)
    seal_records(community)
    line = [community.slug, *str(anchor_chain(community, at=MORNING)).split()]
    cut_the_end()
    append_only.drop_triggers(transaction.get_connection(), [Anchor])
    Anchor.objects.all().delete()
    append_only.install_triggers(transaction.get_connection(), [Anchor])
    call_command("verify_records")
    with pytest.raises(CommandError):
        call_command("verify_records", "--kept", *line)


@pytest.fixture
def anchor_file(settings, tmp_path):
    settings.ANCHOR_FILE = str(tmp_path / "anchors.txt")
    return tmp_path / "anchors.txt"


def test_cut_of_the_last_hour_is_found_by_the_file_outside(anchor_file):
    """The day's anchor lies before it: without the file nothing in the database tells of those rows."""
    later = MORNING + dt.timedelta(hours=1)
    for at in (MORNING, later):
        kept(at)
        assert any(line.startswith("the chain: ") for line in tick(at))
    assert [line.split()[1:3] for line in anchor_file.read_text().splitlines()] == [
        ["2026-11-24T08:00", "1"],
        ["2026-11-24T09:00", "2"],
    ]
    call_command("verify_records")
    cut_the_end()
    found = ["the chain ends before place 2, which it had reached on 2026-11-24T09:00"]
    assert list(broken_seals(make.here())) == found
    kept(later)  # a forged end in the place of the true one
    list(tick(later))
    assert list(broken_seals(make.here())) == ["the seal at place 2 is not the one of 2026-11-24T09:00"]


def test_quiet_minute_writes_nothing_down(anchor_file):
    kept(MORNING)
    lines = [list(tick(MORNING + dt.timedelta(minutes=minute))) for minute in range(3)]
    assert [sum("the chain" in line for line in said) for said in lines] == [1, 0, 0]
    assert len(anchor_file.read_text().splitlines()) == 1


def test_file_that_is_gone_or_spoilt_is_found(anchor_file):
    kept(MORNING)
    list(tick(MORNING))
    community = make.here()
    anchor_file.write_text(f"{community.slug} 2026-11-24T08:00 x\nelsewhere 2026-11-24T08:00 9 f\n")
    assert list(broken_seals(community)) == [
        "the chain ends before place 0, which it had reached on 2026-11-24T08:00"
    ]
    anchor_file.unlink()
    assert list(broken_seals(community)) == ["the file that ANCHOR_FILE names is not there"]


def test_tick_begins_a_file_that_knows_nothing_of_the_chain(anchor_file, settings):
    """The demo, a restored dump, a database from before the file: verified at once, not after some record."""
    settings.ANCHOR_FILE = ""
    kept(MORNING)
    list(tick(MORNING))
    settings.ANCHOR_FILE = str(anchor_file)
    with pytest.raises(CommandError):
        call_command("verify_records")
    list(tick(MORNING))
    call_command("verify_records")
    assert len(anchor_file.read_text().splitlines()) == 1
    assert Record.objects.filter(verb="anchor_file_begun").count() == 1


def test_file_that_somebody_took_away_begins_anew_and_that_is_recorded(anchor_file):
    kept(MORNING)
    list(tick(MORNING))
    anchor_file.unlink()
    kept(MORNING)
    list(tick(MORNING))
    assert Record.objects.filter(verb="anchor_file_begun").count() == 1


def test_restored_chain_gets_a_new_file_and_the_old_one_is_closed(anchor_file):
    kept(MORNING)
    list(tick(MORNING))
    anchor_file.write_text(anchor_file.read_text() + f"{make.here().slug} 2026-11-24T09:00 2 {'f' * 64}\n")
    with pytest.raises(CommandError):
        call_command("verify_records")
    call_command("begin_anchor_file")
    call_command("verify_records")
    [closed] = [path for path in anchor_file.parent.iterdir() if path != anchor_file]
    assert closed.name.startswith("anchors.txt.until-")
    assert len(closed.read_text().splitlines()) == 2
    assert Record.objects.get(verb="anchor_file_begun").subject_id == make.here().pk


def test_new_file_needs_a_name(settings):
    settings.ANCHOR_FILE = ""
    with pytest.raises(CommandError, match="ANCHOR_FILE"):
        call_command("begin_anchor_file")


def test_anchor_is_never_changed():
    kept(MORNING)
    seal_records(make.here())
    anchor = anchor_chain(make.here(), at=MORNING)
    with pytest.raises(Error), transaction.atomic():
        Anchor.objects.filter(pk=anchor.pk).update(position=1, digest="0")
    with pytest.raises(Error), transaction.atomic():
        anchor.delete()

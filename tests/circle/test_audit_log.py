import datetime as dt
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from circle.audit import append_only, seals
from circle.audit.broken_seals import broken_seals
from circle.audit.log import record, record_refusal
from circle.audit.purge import purge_records
from circle.audit.seals import GENESIS, seal_records
from circle.models import Community, Purge, PurgePermit, Record, Seal
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
LONG_AGO = NOW - dt.timedelta(days=400)


def keep(verb: str = "booking_made", *, at: dt.datetime = NOW, community: Community | None = None, **more):
    community = community or make.here()
    record(verb=verb, subject=community, community=community, at=at, **more)
    return Record.objects.order_by("id").last()


@transaction.atomic
def deed_that_is_refused() -> None:
    keep()
    raise ValidationError("", code="full")


def unguarded(model, act) -> None:
    """What somebody does who may change the database itself."""
    append_only.drop_triggers(connection, [model])
    act()
    append_only.install_triggers(connection, [model])


def verify() -> str:
    """What `verify_records` complains of; nothing where it exits with 0."""
    complaints = StringIO()
    try:
        call_command("verify_records", stdout=StringIO(), stderr=complaints)
    except CommandError:
        return complaints.getvalue()
    return ""


# Written and never changed ----------------------------------------------------------------------------------


def test_record_keeps_who_what_which_and_from_where_to_where():
    community, clerk, slot = make.community(), make.user(), make.slot()
    record(
        verb="slot_closed",
        subject=slot,
        community=community.pk,
        at=NOW,
        actor=clerk,
        before="open",
        after="closed",
        places=2,
    )
    kept = Record.objects.about(slot).get()
    assert (kept.community, kept.at, kept.actor, kept.verb) == (community, NOW, clerk, "slot_closed")
    assert (kept.subject_type, kept.subject_id) == ("services.slot", slot.pk)
    assert (kept.from_state, kept.to_state, kept.details) == ("open", "closed", {"places": 2})
    assert not Record.objects.about(make.slot()).exists()


def test_record_goes_with_the_transaction_it_tells_of():
    with pytest.raises(ValidationError):
        deed_that_is_refused()
    assert not Record.objects.exists()


def test_record_reads_as_on_the_clock_in_the_hall():
    keep(at=make.moment(0, 7))
    assert str(Record.objects.get()) == "2026-11-24 07:00 booking_made"


def test_refusal_is_kept_after_the_refused_transaction():
    community, clerk = make.here(), make.user()
    with pytest.raises(ValidationError):
        deed_that_is_refused()
    record_refusal(verb="book", code="full", subject=community, community=community, at=NOW, actor=clerk)
    kept = Record.objects.get()
    assert (kept.verb, kept.details, kept.actor) == ("book_refused", {"code": "full"}, clerk)


# The chain --------------------------------------------------------------------------------------------------


def test_seals_follow_the_order_of_the_records():
    here, there = make.community(), make.community()
    ours = [keep(community=here).pk, keep(community=there).pk and keep(community=here).pk]
    assert (seal_records(here), seal_records(here)) == (2, 0)
    ours.append(keep(community=here, at=LONG_AGO).pk)  # an earlier time, yet written later
    assert seal_records(here) == 1
    seals = Seal.objects.filter(community=here).order_by("position")
    assert [(seal.position, seal.record_id) for seal in seals] == list(enumerate(ours, start=1))
    assert list(Record.objects.unsealed().values_list("community", flat=True)) == [there.pk]


def test_each_community_has_a_chain_of_its_own():
    for community in (make.community(), make.community()):
        keep(community=community)
        keep(community=community)
        assert seal_records(community) == 2
        assert list(broken_seals(community)) == []
    assert list(Seal.objects.values_list("position", flat=True)) == [1, 2, 1, 2]
    assert verify() == ""


def test_a_seal_holds_the_one_before():
    first, second = keep(), keep()
    seal_records(make.here())
    digests = [seals.digest_of(first, GENESIS)]
    digests.append(seals.digest_of(second, digests[0]))
    assert list(Seal.objects.order_by("position").values_list("digest", flat=True)) == digests
    assert len(set(digests)) == 2
    assert {len(digest) for digest in digests} == {64}


@pytest.mark.django_db(transaction=True)
def test_many_sealers_at_once_do_not_fork_the_chain(at_once):
    community = make.here()
    kept = [keep().pk for _ in range(30)]
    assert sorted(at_once(*[lambda: seal_records(community)] * 6)) == [0] * 5 + [30]
    seals = Seal.objects.order_by("position").values_list("position", "record")
    assert list(seals) == list(enumerate(kept, start=1))
    assert verify() == ""


@pytest.mark.django_db(transaction=True)
def test_records_written_while_others_seal_are_sealed_once(at_once):
    community = make.here()
    keep()
    acts = [lambda: keep(community=community)] * 6 + [lambda: seal_records(community)] * 3
    at_once(*acts)
    seal_records(community)
    assert not Record.objects.unsealed().exists()
    assert list(Seal.objects.values_list("position", flat=True)) == list(range(1, 8))
    assert verify() == ""


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "booking_undone"},
        {"at": NOW + dt.timedelta(microseconds=1)},
        {"actor": None},
        {"subject_type": "services.slot"},
        {"subject_id": 0},
        {"from_state": "x"},
        {"to_state": ""},
        {"details": {"places": 3}},
        {"details": {}},
    ],
)
def test_changed_record_is_found(change):
    keep()
    changed = keep(actor=make.user(), after="booked", places=2)
    keep()
    seal_records(make.here())
    assert verify() == ""
    unguarded(Record, lambda: Record.objects.filter(pk=changed.pk).update(**change))
    assert f"record {changed.pk} differs" in verify()


def test_broken_chain_makes_the_command_fail():
    changed = keep()
    seal_records(make.here())
    call_command("verify_records", stdout=StringIO())
    unguarded(Record, lambda: Record.objects.filter(pk=changed.pk).update(verb="changed"))
    with pytest.raises(CommandError) as failure:
        call_command("verify_records", stderr=StringIO())
    assert failure.value.returncode == 1


def test_record_moved_to_another_community_is_found():
    moved = keep()
    seal_records(make.here())
    unguarded(Record, lambda: Record.objects.filter(pk=moved.pk).update(community=make.community()))
    assert f"record {moved.pk} differs" in verify()


@pytest.mark.parametrize("which", [0, 1, 2])
def test_deleted_record_is_found(which):
    gone = [keep(), keep(), keep()][which]
    seal_records(make.here())
    unguarded(Record, lambda: Record.objects.filter(pk=gone.pk).delete())
    assert f"record {gone.pk} is gone from place {which + 1}" in verify()


def test_deleted_seal_is_found():
    for _ in range(3):
        keep()
    seal_records(make.here())
    unguarded(Seal, lambda: Seal.objects.filter(position=2).delete())
    assert "place 2 of the chain is missing" in verify()


def test_records_swapped_in_the_chain_are_found():
    first, second = keep(verb="a"), keep(verb="b")
    seal_records(make.here())

    def swap() -> None:
        Seal.objects.filter(position=1).update(record=second.pk + 1_000_000)
        Seal.objects.filter(position=2).update(record=first)
        Seal.objects.filter(position=1).update(record=second)

    unguarded(Seal, swap)
    assert f"record {second.pk} differs from its seal at place 1" in verify()


# Purging ----------------------------------------------------------------------------------------------------


def kept_and_sealed(*ages: int) -> Community:
    """Sealed records so many days old, and the rule that keeps each of them for 183 days."""
    make.rule("record_retention", params={"days": 183})
    community = make.here()
    for age in ages:
        keep(at=NOW - dt.timedelta(days=age))
    seal_records(community)
    return community


def purge(community: Community, days: int = 183, **more) -> int:
    return purge_records(community=community, older_than=NOW - dt.timedelta(days=days), at=NOW, **more)


def test_purge_deletes_old_records_and_leaves_their_seals():
    community, clerk = kept_and_sealed(400, 300, 184, 183, 10), make.user()
    assert purge(community, by=clerk) == 3
    assert [(NOW - at).days for at in Record.objects.order_by("id").values_list("at", flat=True)] == [183, 10]
    assert Seal.objects.count() == 5
    told = Purge.objects.get()
    assert (told.at, told.by, told.count, told.last_position) == (NOW, clerk, 3, 3)
    assert told.older_than == NOW - dt.timedelta(days=183)


def test_chain_holds_after_a_purge_and_goes_on():
    community = kept_and_sealed(400, 300, 10)
    purge(community)
    assert verify() == ""
    keep()
    seal_records(community)
    assert verify() == ""
    changed = Record.objects.order_by("id").first()
    unguarded(Record, lambda: Record.objects.filter(pk=changed.pk).update(verb="changed"))
    assert f"record {changed.pk} differs" in verify()


def test_chain_holds_after_everything_was_purged():
    community = kept_and_sealed(400, 300)
    assert purge(community) == 2
    assert verify() == ""
    keep()
    assert seal_records(community) == 1
    assert Seal.objects.order_by("position").last().position == 3
    assert verify() == ""


def test_record_deleted_behind_the_last_purge_is_found():
    community = kept_and_sealed(400, 300, 10)
    purge(community)
    gone = Record.objects.get()
    unguarded(Record, gone.delete)
    assert "is gone from place 3" in verify()


def test_purge_leaves_no_permit_and_nothing_else_may_go():
    community = kept_and_sealed(400, 10)
    purge(community)
    assert not PurgePermit.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.all().delete()
    assert Record.objects.count() == 1


def test_permit_lets_only_older_records_of_its_community_go():
    here, there = make.community(), make.community()
    old, young = keep(community=here, at=LONG_AGO), keep(community=here)
    theirs = keep(community=there, at=LONG_AGO)
    PurgePermit.objects.create(community=here, older_than=NOW)
    for kept in (young, theirs):
        with pytest.raises(IntegrityError), transaction.atomic():
            Record.objects.filter(pk=kept.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=old.pk).update(verb="changed")
    Record.objects.filter(pk=old.pk).delete()
    assert set(Record.objects.all()) == {young, theirs}


def test_purge_refuses_what_the_rule_still_keeps():
    community = kept_and_sealed(400)
    with pytest.raises(ValidationError) as refusal:
        purge(community, days=182)
    assert refusal.value.code == "too_young"
    assert (Record.objects.count(), Purge.objects.count()) == (1, 0)


def test_purge_refuses_without_a_rule():
    keep(at=LONG_AGO)
    seal_records(make.here())
    with pytest.raises(ValidationError) as refusal:
        purge(make.here())
    assert (refusal.value.code, Record.objects.count()) == ("rule_missing", 1)


def test_purge_asks_for_the_rule_of_the_day_in_shanghai():
    """After midnight in Shanghai it is still yesterday in UTC, in which the clock of the server runs."""
    make.rule("record_retention", valid_from=NOW.date(), params={"days": 183})
    keep(at=LONG_AGO)
    seal_records(make.here())
    at = make.moment(0, 1).astimezone(dt.UTC)
    assert purge_records(community=make.here(), older_than=LONG_AGO + dt.timedelta(days=1), at=at) == 1


def test_purge_of_nothing_leaves_nothing_behind():
    community = kept_and_sealed(10)
    assert (purge(community), Purge.objects.count()) == (0, 0)


def test_purge_leaves_unsealed_records_and_other_communities():
    community = kept_and_sealed(400)
    unsealed, other = keep(at=LONG_AGO), keep(at=LONG_AGO, community=make.community())
    seal_records(other.community)
    assert purge(community) == 1
    assert set(Record.objects.all()) == {unsealed, other}


def test_purge_cuts_the_chain_at_one_place():
    """An old record that was written after a younger one waits for it."""
    community = kept_and_sealed(400, 10, 400)
    assert purge(community) == 1
    assert Record.objects.count() == 2
    assert verify() == ""

"""Seals the records of a community into a hash chain, and checks it.

Sealing inside the action's own transaction would make all writers of a community wait for each other, so
`tick` seals afterwards. Until then, about a minute, a record is protected by its triggers alone.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from itertools import islice

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from circle.audit.anchors import CHECKED_AT_ONCE, anchor_faults, anchor_file_faults
from circle.models import Anchor, Community, Purge, Record, Seal

SEALED_AT_ONCE = 5000
GENESIS = "0" * 64


@transaction.atomic
def seal_records(community: Community) -> int:
    """Append unsealed records to the community's chain in the order of their ids; returns the number sealed.

    The lock makes two ticks take turns; the unique position refuses a fork even without it.
    """
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    last = Seal.objects.filter(community=community).order_by("-position").first()
    position, digest = (last.position, last.digest) if last else (0, GENESIS)
    seals = []
    for row in Record.objects.filter(community=community).unsealed().order_by("id")[:SEALED_AT_ONCE]:
        position, digest = position + 1, digest_of(row, digest)
        seals.append(Seal(community=community, position=position, record=row, digest=digest))
    Seal.objects.bulk_create(seals)
    return len(seals)


def digest_of(row: Record, previous: str) -> str:
    """SHA-256 over the previous digest and every column of the record, as canonical JSON."""
    content = [
        row.pk,
        row.community_id,
        row.at.astimezone(dt.UTC).isoformat(),
        row.actor_id,
        row.verb,
        row.subject_type,
        row.subject_id,
        row.from_state,
        row.to_state,
        row.details,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def broken_seals(community: Community) -> Iterator[str]:
    """One sentence for each fault of the chain, its anchors and ANCHOR_FILE; none where all agree."""
    purges = Purge.objects.filter(community=community)
    purged_to = purges.aggregate(last=models.Max("last_position"))["last"] or 0
    digest = GENESIS
    for expected, (seal, row) in enumerate(sealed_rows(community), start=1):
        if seal.position != expected:
            yield f"place {expected} of the chain is missing"
            return
        if row is not None and digest_of(row, digest) != seal.digest:
            yield f"record {row.pk} differs from its seal at place {seal.position}"
        if row is None and seal.position > purged_to:
            yield f"record {seal.record_id} is gone from place {seal.position}, and no purge accounts for it"
        digest = seal.digest
    yield from anchor_faults(Anchor.objects.filter(community=community))
    yield from anchor_file_faults(community)


def sealed_rows(community: Community) -> Iterator[tuple[Seal, Record | None]]:
    """Every seal in order with its record, or None where the record is gone: a join would skip those."""
    seals = Seal.objects.filter(community=community).order_by("position").iterator(chunk_size=CHECKED_AT_ONCE)
    while chunk := list(islice(seals, CHECKED_AT_ONCE)):
        rows = Record.objects.in_bulk([seal.record_id for seal in chunk])
        yield from ((seal, rows.get(seal.record_id)) for seal in chunk)

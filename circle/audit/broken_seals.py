"""Seals that do not agree with the rows that they seal."""

from collections.abc import Iterator
from itertools import islice

from django.db import models

from circle.audit.anchor_faults import CHECKED_AT_ONCE, anchor_faults, anchor_file_faults
from circle.audit.seals import GENESIS, digest_of
from circle.models import Anchor, Community, Purge, Record, Seal


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

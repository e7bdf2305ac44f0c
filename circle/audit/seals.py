"""Seals the records of a community into a hash chain, and checks it.

Sealing inside the action's own transaction would make all writers of a community wait for each other, so
`tick` seals afterwards. Until then, about a minute, a record is protected by its triggers alone.
"""

import datetime as dt
import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from circle.models import Community, Record, Seal

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

"""The audit log: who did what to which row, written with the action, sealed into a hash chain, never changed.

Sealing inside the action's own transaction would make all writers of a community wait for each other, so
`tick` seals afterwards. Until then, about a minute, a record is protected by its triggers alone.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.calendar import legal_parameters
from circle.identifiers.public_codes import parse_row_id
from circle.models import Anchor, Community, Purge, PurgePermit, Record, Resident, Seal, User

SEALED_AT_ONCE = 5000
CHECKED_AT_ONCE = 900  # below SQLite's limit of 999 values in a query
RETENTION = "record_retention"
MIN_RETENTION_DAYS = 183
GENESIS = "0" * 64
DATA_READ = "data_read"
# The pages that show sensitive facts of one person, by the key that their views record.
READING_PAGES = {
    "resident": _("the page of the register"),
    "resident_card": _("the resident's card"),
    "care_booking": _("a care booking with its health answers"),
    "nursery_application": _("a nursery application"),
    "child_day": _("a child's day in the nursery"),
    "child_health": _("a child's health answers"),
    "erasure": _("a request to be forgotten"),
}


def record(
    *,
    verb: str,
    subject: models.Model,
    community: Community | int,
    at: dt.datetime,
    actor: User | None = None,
    before: str = "",
    after: str = "",
    **details: Any,
) -> None:
    """Record one action, in that action's transaction. `details`: ids, codes and verbs, never names."""
    Record.objects.create(
        community_id=community if isinstance(community, int) else community.pk,
        at=at,
        actor=actor,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        from_state=before,
        to_state=after,
        details=details,
    )


def record_reading(*, by: User, resident: Resident, page: str, at: dt.datetime, row: int = 0) -> None:
    """Record that somebody opened a page with a person's sensitive facts; `page` is a key of READING_PAGES.

    Call it once per request, before the row is shown. A person's own data are not recorded as a reading.
    """
    if resident.login_id != by.pk:
        more: dict[str, Any] = {"row": row} if row else {}
        record(
            verb=DATA_READ,
            subject=resident,
            community=resident.community_id,
            at=at,
            actor=by,
            page=page,
            **more,
        )


@transaction.atomic
def record_refusal(
    *, verb: str, code: str, subject: models.Model, community: Community, at: dt.datetime, actor: User | None
) -> None:
    """Record a refused attempt that matters. Call it after the refused transaction has rolled back."""
    record(
        verb=f"{verb}_refused",
        subject=subject,
        community=community,
        at=at,
        actor=actor,
        code=code,
    )


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


def anchor_chain(community: Community, *, at: dt.datetime) -> Anchor | None:
    """Store the chain's last position and digest once a day; the day's row where it exists already."""
    day = localtime(at).date()
    known = Anchor.objects.filter(community=community, day=day).first()
    last = Seal.objects.filter(community=community).order_by("-position").first()
    if known or last is None:
        return known
    values = {"position": last.position, "digest": last.digest}
    return Anchor.objects.get_or_create(community=community, day=day, defaults=values)[0]


def write_anchor_line(community: Community, *, at: dt.datetime) -> str:
    """The chain's last position and digest as a line, also appended to ANCHOR_FILE, outside the database."""
    last = Seal.objects.filter(community=community).order_by("-position").first()
    if last is None:
        return ""
    line = f"{community.slug} {localtime(at):%Y-%m-%dT%H:%M} {last.position} {last.digest}"
    if settings.ANCHOR_FILE:
        with Path(settings.ANCHOR_FILE).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    return line


def extend_anchor_file(community: Community, *, at: dt.datetime, sealed: int) -> str:
    """The line for what this tick has sealed, or the first of a file that knows nothing of the community.

    That a file begins with an older chain is recorded: somebody may have taken the one before away.
    """
    is_new = bool(settings.ANCHOR_FILE) and not has_anchor_line(community)
    line = write_anchor_line(community, at=at) if sealed or is_new else ""
    if line and is_new and Seal.objects.filter(community=community).count() > sealed:
        record_anchor_file(community, at)
    return line


def record_anchor_file(community: Community, at: dt.datetime) -> None:
    record(verb="anchor_file_begun", subject=community, community=community, at=at)


def has_anchor_line(community: Community) -> bool:
    file = Path(settings.ANCHOR_FILE)
    if not file.exists():
        return False
    with file.open(encoding="utf-8") as lines:
        return any(line.split()[:1] == [community.slug] for line in lines)


def anchor_file_faults(community: Community) -> Iterator[str]:
    """One sentence for each line of ANCHOR_FILE about this community that the chain contradicts."""
    file = Path(settings.ANCHOR_FILE)
    if not settings.ANCHOR_FILE or not Seal.objects.filter(community=community).exists():
        return
    if not file.exists():
        yield "the file that ANCHOR_FILE names is not there"
        return
    with file.open(encoding="utf-8") as lines:
        split_lines = (line.split() for line in lines)
        yield from anchor_faults(
            parse_anchor_line(community, parts) for parts in split_lines if parts[:1] == [community.slug]
        )


def parse_anchor_line(community: Community, parts: Sequence[str]) -> Anchor:
    """From COMMUNITY MOMENT POSITION DIGEST; a malformed line gives an anchor that matches no chain."""
    _slug, moment, position, digest = [*parts, "", "", "", ""][:4]
    place = parse_row_id(position)
    return Anchor(community=community, day=moment, position=place, digest=digest)


def anchor_faults(anchors: Iterable[Anchor]) -> Iterator[str]:
    """One sentence for each anchor whose position its chain lacks, or has with another digest."""
    waiting = iter(anchors)
    while some := list(islice(waiting, CHECKED_AT_ONCE)):
        seals = Seal.objects.filter(
            community__in={anchor.community_id for anchor in some},
            position__in=[anchor.position for anchor in some],
        )
        known = {(seal.community_id, seal.position): seal.digest for seal in seals}
        for anchor in some:
            digest = known.get((anchor.community_id, anchor.position))
            if digest is None:
                yield f"the chain ends before place {anchor.position}, which it had reached on {anchor.day}"
            elif digest != anchor.digest:
                yield f"the seal at place {anchor.position} is not the one of {anchor.day}"


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


@transaction.atomic
def purge_records(
    *, community: Community, older_than: dt.datetime, at: dt.datetime, by: User | None = None
) -> int:
    """Delete sealed records older than a moment, leave their seals and a Purge row; returns how many.

    Refuses: rule_missing, too_young (younger than the rule `record_retention` allows; under 183 days the
    database refuses as well).
    """
    days = max(legal_parameters.rule_value(RETENTION, "days", on=localtime(at).date()), MIN_RETENTION_DAYS)
    if older_than > at - dt.timedelta(days=days):
        raise ValidationError(
            _("Records are kept for %(days)s days."), code="too_young", params={"days": days}
        )
    seals = Seal.objects.filter(community=community, record__at__lt=older_than)
    last = seals.aggregate(last=models.Max("position"))["last"]
    if last is None:
        return 0
    # Only records before every younger one are deleted: the chain loses its beginning and gets no gaps.
    first_retained = Seal.objects.filter(community=community, record__at__gte=older_than).aggregate(
        first=models.Min("position")
    )["first"]
    last = last if first_retained is None else min(last, first_retained - 1)
    permit = PurgePermit.objects.create(community=community, older_than=older_than)
    count, _rows = Record.objects.filter(community=community, seal__position__lte=last).delete()
    Purge.objects.create(
        community=community, at=at, by=by, older_than=older_than, last_position=last, count=count
    )
    permit.delete()
    return count

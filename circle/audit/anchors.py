"""Anchors of the hash chain: its last position and digest on a day, also stored outside the database."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime

from circle.audit.log import record
from circle.identifiers.public_codes import parse_row_id
from circle.models import Anchor, Community, Seal

CHECKED_AT_ONCE = 900  # below SQLite's limit of 999 values in a query


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

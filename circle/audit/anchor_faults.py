"""Anchors that do not agree with the chain: of the table, and of the file on another machine."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.conf import settings

from circle.identifiers.public_codes import parse_row_id
from circle.models import Anchor, Community, Seal

CHECKED_AT_ONCE = 900  # below SQLite's limit of 999 values in a query


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

"""Anchors of the hash chain: its last position and digest on a day, also stored outside the database."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime

from circle.audit.log import record
from circle.models import Anchor, Community, Seal


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

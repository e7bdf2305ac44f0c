"""Answers on their way from one page to the next: in the session, never in an address."""

from typing import Any

from circle.models import Resident
from circle.web.middleware import Visit
from eldercare.models import CareKind

DRAFTS = "care"
KEPT = 5  # for so many kinds and people at once


def keep(request: Visit, kind: CareKind, elder: Resident, said: dict[str, Any]) -> None:
    """`said`: what the form of needs was sent, by field."""
    drafts = request.session.get(DRAFTS, {})
    drafts.pop(name_of(kind, elder), None)
    kept = [*drafts.items(), (name_of(kind, elder), said)][-KEPT:]
    request.session[DRAFTS] = dict(kept)


def kept(request: Visit, kind: CareKind, elder: Resident) -> dict[str, Any] | None:
    found: dict[str, Any] | None = request.session.get(DRAFTS, {}).get(name_of(kind, elder))
    return found


def forget(request: Visit, kind: CareKind, elder: Resident) -> None:
    drafts = request.session.get(DRAFTS, {})
    if drafts.pop(name_of(kind, elder), None) is not None:
        request.session[DRAFTS] = drafts


def name_of(kind: CareKind, elder: Resident) -> str:
    return f"{kind.code} {elder.code}"

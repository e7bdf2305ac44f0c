"""Answers between two pages of a booking: in the session, never in a URL."""

from typing import Any

from circle.models import Resident
from circle.web.middleware import PortalRequest
from eldercare.models import CareKind

DRAFTS = "care"
MAX_DRAFTS = 5  # for so many kinds and people at once


def store_draft(request: PortalRequest, kind: CareKind, resident: Resident, said: dict[str, Any]) -> None:
    """`said`: what the form of needs was sent, by field."""
    drafts = request.session.get(DRAFTS, {})
    drafts.pop(draft_key(kind, resident), None)
    stored = [*drafts.items(), (draft_key(kind, resident), said)][-MAX_DRAFTS:]
    request.session[DRAFTS] = dict(stored)


def stored_draft(request: PortalRequest, kind: CareKind, resident: Resident) -> dict[str, Any] | None:
    found: dict[str, Any] | None = request.session.get(DRAFTS, {}).get(draft_key(kind, resident))
    return found


def delete_draft(request: PortalRequest, kind: CareKind, resident: Resident) -> None:
    drafts = request.session.get(DRAFTS, {})
    if drafts.pop(draft_key(kind, resident), None) is not None:
        request.session[DRAFTS] = drafts


def draft_key(kind: CareKind, resident: Resident) -> str:
    return f"{kind.code} {resident.code}"

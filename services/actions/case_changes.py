"""What every action on an agency case does: locks it, changes it, writes its step, tells its person."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.booking.transitions import change_status, checked_reason
from circle.models import User
from circle.notifications import Value, notify
from circle.permissions.on_behalf import login_to_notify
from services.models import AgencyCase, CaseStep, IdentitySeen
from services.models.cases import WORDS_LENGTH


def lock_case(case: AgencyCase, read: int | None = None) -> AgencyCase:
    """Read anew under a lock until the transaction ends; `read` is the revision that the page showed.

    Refuses: changed_meanwhile.
    """
    found = AgencyCase.objects.select_for_update(no_key=True).get(pk=case.pk)
    if read is not None and found.revision != read:
        raise ValidationError(
            _("Somebody has changed it a moment ago. Please look again."), code="changed_meanwhile"
        )
    return found


def move_case(
    case: AgencyCase,
    *,
    kind: str,
    allowed: Sequence[str],
    to: str,
    at: dt.datetime,
    by: User | None,
    public: str = "",
    inner: str = "",
    is_visit: bool = False,
    verb: str = "",
    **fields: Any,
) -> AgencyCase:
    """Change the locked case from one of the allowed states, and write the step."""
    change_status(
        case,
        verb=verb or f"case_{kind}",
        allowed=allowed,
        to=to,
        at=at,
        by=by,
        revision=case.revision + 1,
        **fields,
    )
    add_step(case, kind=kind, at=at, by=by, public=public, inner=inner, is_visit=is_visit)
    return case


def touch_case(case: AgencyCase, **fields: Any) -> None:
    """A change without another state; the case is locked."""
    for name, value in {"revision": case.revision + 1, **fields}.items():
        setattr(case, name, value)
    case.save(update_fields=["revision", *fields])


def add_step(
    case: AgencyCase,
    *,
    kind: str,
    at: dt.datetime,
    by: User | None,
    public: str = "",
    inner: str = "",
    is_visit: bool = False,
) -> CaseStep:
    return CaseStep.objects.create(
        case=case,
        kind=kind,
        at=at,
        by=by,
        public_words=optional_words(public),
        inner_words=optional_words(inner),
        is_visit=is_visit,
    )


def optional_words(words: str) -> str:
    """Refuses: reason_too_long."""
    return checked_reason(words, WORDS_LENGTH) if words.strip("\x00 \r\n\t") else ""


def refuse_unseen(case: AgencyCase) -> None:
    """Refuses: identity_not_seen."""
    if not IdentitySeen.objects.filter(resident=case.resident_id).exists():
        raise ValidationError(
            _("Nobody has seen this person's identity card yet: once, at the window or at the door."),
            code="identity_not_seen",
        )


def notify_case(case: AgencyCase, event: str, at: dt.datetime, **more: Value) -> None:
    """To the person, or to who asked in their name where the person has no phone."""
    values: dict[str, Value] = {"code": case.code, "item": case.item.name_pair}
    notify(
        event=event,
        community=case.community_id,
        resident=case.resident,
        user=login_to_notify(case.resident, case.mandate, at),
        at=at,
        dedupe=f"{event}:{case.pk}:{case.revision}",
        values=values | more,
    )

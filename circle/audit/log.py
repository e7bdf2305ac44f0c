"""The audit log: who did what to which row, written in the action's own transaction and never changed."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from circle.models import Community, Record, Resident, User

DATA_READ = "data_read"
# The pages that show sensitive facts of one person, by the key that their views record.
READING_PAGES = {
    "resident": _("the page of the register"),
    "resident_card": _("the resident's card"),
    "alarm": _("an alarm"),
    "rating": _("a rating"),
    "phone": _("the number, to phone"),
    "care_booking": _("a care booking with its health answers"),
    "care_signature": _("a signature drawn after elder care"),
    "who_rings": _("who is expected at a door"),
    "meals": _("what somebody eats, and where it is brought"),
    "care_profile": _("the profile of an elder"),
    "nursery_application": _("a nursery application"),
    "child_day": _("a child's day in the nursery"),
    "child_health": _("a child's health answers"),
    "erasure": _("a request to be forgotten"),
    "certificate": _("a certificate"),
    "register_entry": _("an entry in a special register"),
    "agency_case": _("an agency case"),
    "case_photo": _("a photographed paper"),
    "repair": _("a repair with its photos"),
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

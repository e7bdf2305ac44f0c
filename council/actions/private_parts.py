"""Before a text becomes public for good: what tells of a person is taken out, or confirmed with a reason."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.booking.transitions import checked_reason
from circle.calendar.working_days import SHANGHAI
from circle.identifiers.number_scan import personal_data_error, refuse_id_numbers
from circle.models import StaffPost, User
from council.actions.text_scan import PrivatePart, private_parts
from council.models import ConfirmedPart, Meeting, Membership, MinutesVersion, Topic
from council.models.confirmations import REASON_LENGTH

Seat = Membership.Seat
Reasons = Mapping[str, str]  # what was found → why everybody may read it


def refuse_private_parts(community: int, *texts: str) -> None:
    """Of a text that needs none of it, such as a reason. Refuses: id_number_shown, personal_data_shown."""
    refuse_id_numbers(*texts)
    found = private_parts(community, texts)
    if found:
        raise personal_data_error([part.text for part in found])


def scope_of(about: Meeting | Topic) -> dict[str, Any]:
    """What was confirmed for a meeting holds for all its papers, else for the one topic."""
    return {"meeting": about} if isinstance(about, Meeting) else {"topic": about}


def unconfirmed_parts(about: Meeting | Topic, texts: Iterable[str]) -> list[PrivatePart]:
    """Found, and not confirmed yet for this meeting or this topic without a meeting."""
    known = set(ConfirmedPart.objects.filter(**scope_of(about)).values_list("index", flat=True))
    return [part for part in private_parts(about.community_id, texts) if part.index not in known]


def known_names(about: Meeting | Topic, parts: Iterable[PrivatePart]) -> set[str]:
    """Of these, who holds an office or is named in published minutes: one reason is enough for all."""
    names = {part.text for part in parts if part.kind == ConfirmedPart.Kind.NAME}
    if not names:
        return set()
    day = localtime(about.starts_at if isinstance(about, Meeting) else about.came_at, SHANGHAI).date()
    seats = Membership.objects.on(day).exclude(seat__in=[Seat.RESIDENT, Seat.OBSERVER])
    seats = seats.filter(body__community=about.community_id, resident__name__in=names)
    posts = StaffPost.objects.active(day).filter(community=about.community_id, user__name__in=names)
    officers = {*seats.values_list("resident__name", flat=True), *posts.values_list("user__name", flat=True)}
    published = MinutesVersion.objects.chain(about.community_id)
    return officers | {name for name in names - officers if published.filter(body__contains=name).exists()}


def check_public_texts(
    *texts: str, about: Meeting | Topic, reasons: Reasons, at: dt.datetime, by: User
) -> dict[str, int]:
    """For the record: how many phones, flats and names are confirmed with this, each with its reason.

    Call it with the meeting or its text locked.
    Refuses: id_number_shown, personal_data_shown (with what was found and has no reason), reason_too_long.
    """
    refuse_id_numbers(*texts, *reasons.values())
    found = unconfirmed_parts(about, texts)
    without = [part.text for part in found if not reasons.get(part.text, "").strip()]
    if without:
        raise ValidationError(
            _("This becomes public: %(found)s. Take it out, or say why everybody may read it."),
            code="personal_data_shown",
            params={"found": ", ".join(without)},
        )
    for part in found:
        ConfirmedPart.objects.create(
            community_id=about.community_id,
            **scope_of(about),
            kind=part.kind,
            index=part.index,
            reason=checked_reason(reasons[part.text], REASON_LENGTH),
            confirmed_at=at,
            confirmed_by=by,
        )
    return {"confirmed": len(found)} if found else {}

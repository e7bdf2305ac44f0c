"""What people say about a right of which they were told: yes opens it with what we hold, no is remembered."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from circle.booking.transitions import change_status, transition_refusal
from circle.models import Mandate, Resident, User
from circle.permissions.on_behalf import lock_mandate, mandate_details, mandate_for
from eldercare.models import RightNotice
from eldercare.models.right_notices import NOTICE_CHANGE
from services.actions import request_case
from services.models import AgencyCase, ServiceItem
from services.models.cases import WORDS_LENGTH

Status = RightNotice.Status


@transaction.atomic
def accept_right(
    *, notice: RightNotice, via: str, at: dt.datetime, by: User, is_on_paper: bool = False
) -> RightNotice:
    """Yes, also after a no: an errand is opened with what we hold. A second yes changes nothing.

    Refuses: resident_gone, not_allowed, number_in_doubt, no_agency (the item is not offered now).
    """
    said = said_by(notice, via, at, by)
    notice = lock_notice(notice)
    if notice.status == Status.ACCEPTED:
        return notice
    case = open_case(notice, via, at, by)
    change_status(
        notice,
        verb="right_accepted",
        allowed=[Status.TOLD, Status.DECLINED],
        to=Status.ACCEPTED,
        at=at,
        by=by,
        details=said,
        via=via,
        is_on_paper=is_on_paper,
        answered_by=by,
        case=case,
    )
    return notice


@transaction.atomic
def decline_right(
    *, notice: RightNotice, via: str, at: dt.datetime, by: User, is_on_paper: bool = False
) -> RightNotice:
    """No: nobody is told of the beginning of this right again. A second no changes nothing.

    Refuses: resident_gone, not_allowed, number_in_doubt, not_possible (it was wanted; withdraw the case).
    """
    said = said_by(notice, via, at, by)
    notice = lock_notice(notice)
    if notice.status == Status.DECLINED:
        return notice
    if notice.status == Status.ACCEPTED:
        raise transition_refusal(notice, Status.DECLINED)
    change_status(
        notice,
        verb="right_declined",
        allowed=[Status.TOLD],
        to=Status.DECLINED,
        at=at,
        by=by,
        details=said,
        via=via,
        is_on_paper=is_on_paper,
        answered_by=by,
    )
    return notice


def lock_notice(notice: RightNotice) -> RightNotice:
    """Its current row, locked: the second of two answers at once waits for the first and reads it."""
    return RightNotice.objects.select_for_update(no_key=True, of=("self",)).shown().get(pk=notice.pk)


def said_by(notice: RightNotice, via: str, at: dt.datetime, by: User) -> dict[str, Any]:
    """Who may answer; the mandate stays in force until the answer is written."""
    mandate = mandate_for(
        by=by,
        resident=notice.resident,
        scope=Mandate.Scope.BOOKINGS,
        via=via,
        staff_permission=NOTICE_CHANGE,
    )
    lock_mandate(mandate, at)
    return mandate_details(mandate) | {"via": via}


def open_case(notice: RightNotice, via: str, at: dt.datetime, by: User) -> AgencyCase:
    """The errand that is being done already, or a new one that says what we hold."""
    item, resident = notice.right.item, notice.resident
    if item is None:
        raise ValidationError(_("We do no errands for this item at the moment."), code="no_agency")
    live = AgencyCase.objects.live().filter(resident=resident, item=item).first()
    if live:
        return live
    words = words_of(notice)
    return request_case(item=item, resident=resident, via=via, at=at, by=by, words=words)


def words_of(notice: RightNotice) -> str:
    """In Chinese, which staff read: which right, from when, what need not be brought."""
    with override("zh-hans"):
        held = "、".join(papers_held(notice.resident, localdate(notice.told_at)))
        values = {"right": notice.right.name_zh, "day": date_format(notice.day), "held": held}
        if notice.cause == RightNotice.Cause.BEGINS:
            words = _("Before they asked: %(right)s, from %(day)s. We hold: %(held)s.") % values
        else:
            words = _("Before they asked: %(right)s, valid until %(day)s. We hold: %(held)s.") % values
    return words[:WORDS_LENGTH]


def papers_held(resident: Resident, day: dt.date) -> list[str]:
    """What the register knows of them, by name and never by value; profile and cards may be loaded."""
    held = [_("date of birth")] * (resident.born_on is not None)
    held += [_("address")] * (resident.building_id is not None)
    held += [_("phone number")] * bool(resident.phone)
    held += [_("ID number")] * bool(resident.id_number_index)
    profile = getattr(resident, "care_profile", None)
    if profile and profile.graded_on and profile.graded_on <= day:
        held.append(_("assessment of %(day)s") % {"day": date_format(profile.graded_on)})
    for card in resident.held_cards.all():
        values = {"card": card.right.name, "day": date_format(card.ends_on)}
        held.append(_("%(card)s, valid until %(day)s") % values)
    return held


def papers_wanted(item: ServiceItem | None) -> list[str]:
    """What still has to be shown; the station looks up the rest itself."""
    return [paper.name for paper in item.materials_to_bring] if item else []

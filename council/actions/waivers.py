"""Notice that came too late: decisions wait until two thirds of the members present waive it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.models import User
from council.actions.counting import check_quorum
from council.actions.meetings import REASON_LENGTH, cut_to_minute, lock_meeting, not_possible_error
from council.actions.roll import lock_recordable_meeting
from council.actions.text_checks import checked_title
from council.models import AgendaItem, BodyRule, Meeting, Waiver, required_count
from council.models.waivers import SHARE_DEN, SHARE_NUM

Status = Meeting.Status


def is_notice_late(meeting: Meeting, rule: BodyRule | None, at: dt.datetime) -> bool:
    """Whether the agenda would be published inside the days of notice: to the minute, not by the date."""
    days = rule.notice_days if rule else 0
    return cut_to_minute(at) > meeting.starts_at - dt.timedelta(days=days)


def checked_late_reason(meeting: Meeting, rule: BodyRule, reason: str, at: dt.datetime) -> str:
    """Empty where the notice is in time. Refuses: notice_late (without a reason), reason_too_long."""
    if not is_notice_late(meeting, rule, at):
        return ""
    if not reason.strip():
        raise ValidationError(
            _("The rule asks for %(days)s days of notice. Say why it is late."),
            code="notice_late",
            params={"days": rule.notice_days},
        )
    return checked_reason(reason, REASON_LENGTH)


@transaction.atomic
def add_late_item(
    *, meeting: Meeting, title_zh: str, kind: str, at: dt.datetime, by: User, title_en: str = ""
) -> AgendaItem:
    """Put an item on an agenda that is published. What is for decision waits for a waiver.

    Refuses: title_missing, id_number_shown, personal_data_shown, not_possible.
    """
    title, english = checked_title(meeting.community_id, title_zh, title_en)
    meeting = lock_meeting(meeting)
    if meeting.status not in (Status.NOTICED, Status.IN_SESSION):
        raise not_possible_error(meeting)
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=last + 1,
        kind=kind,
        title_zh=title,
        title_en=english,
        status=AgendaItem.Status.PUBLISHED,
        is_late=True,
    )
    record(verb="late_item_added", subject=item, community=meeting.community_id, at=at, actor=by)
    return item


@transaction.atomic
def record_waiver(
    *,
    meeting: Meeting,
    in_favour: int,
    at: dt.datetime,
    by: User,
    item: AgendaItem | None = None,
    given_at: dt.datetime | None = None,
) -> Waiver:
    """Put down that those present waive the notice, of the whole meeting or of one late item.

    Twice gives the one that is there.
    Refuses: not_late, no_quorum, too_many_hands, waiver_too_few (with the figures), not_possible,
    minutes_fixed.
    """
    meeting = lock_recordable_meeting(meeting)
    known = Waiver.objects.filter(meeting=meeting, item=item).first()
    if known:
        return known
    if not (item.is_late if item else meeting.late_notice_reason):
        raise ValidationError(_("The notice was in time."), code="not_late")
    moment = cut_to_minute(given_at or meeting.ended_at or at)
    roll = check_quorum(meeting, moment)
    check_hands(in_favour, roll.present)
    waiver = Waiver.objects.create(
        community_id=meeting.community_id,
        meeting=meeting,
        item=item,
        given_at=moment,
        present=roll.present,
        in_favour=in_favour,
        entered_by=by,
    )
    record(
        verb="notice_waived",
        subject=meeting,
        community=meeting.community_id,
        at=at,
        actor=by,
        hands=[in_favour, roll.present],
        item=item.pk if item else None,
    )
    return waiver


def check_hands(in_favour: int, present: int) -> None:
    needed = required_count(present, SHARE_NUM, SHARE_DEN, is_strict=False)
    if in_favour > present:
        raise ValidationError(
            _("%(hands)s hands, but only %(present)s voting members were present."),
            code="too_many_hands",
            params={"hands": in_favour, "present": present},
        )
    if in_favour < needed:
        raise ValidationError(
            _("%(hands)s of %(present)s present waive it; %(needed)s are needed."),
            code="waiver_too_few",
            params={"hands": in_favour, "present": present, "needed": needed},
        )


def refuse_without_waiver(item: AgendaItem, meeting: Meeting) -> None:
    """Of a decision. Refuses: waiver_missing."""
    if not (meeting.late_notice_reason or item.is_late):
        return
    given = set(Waiver.objects.filter(meeting=meeting).values_list("item", flat=True))
    is_open = bool(meeting.late_notice_reason) and None not in given
    if is_open or (item.is_late and item.pk not in given):
        raise ValidationError(
            _("The notice was late: nothing is decided until two thirds of those present waive it."),
            code="waiver_missing",
        )

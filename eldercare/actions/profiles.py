"""Changes of what is known about an elder; the duties follow at once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.calendar.legal_parameters import rule_in_force
from circle.models import Resident, User
from eldercare.actions.duties import DUTY_RULE, lay_out_duties
from eldercare.models import CareProfile, DutyRest, RiskTag, VisitDuty


@transaction.atomic
def tag_resident(
    *, resident: Resident, kind: str, evidence: str, at: dt.datetime, by: User, since: dt.date | None = None
) -> RiskTag:
    """A reason to look in on somebody; a duty of this period is laid out. A second call changes nothing.

    Refuses: reason_missing, reason_too_long (the evidence), not_living.
    """
    evidence = checked_reason(evidence)
    refuse_dead(resident)
    tag, is_new = RiskTag.objects.get_or_create(
        resident=resident,
        kind=kind,
        until=None,
        defaults={
            "community": resident.community,
            "evidence": evidence,
            "since": since or localdate(at),
        },
    )
    if is_new:
        CareProfile.objects.get_or_create(resident=resident, defaults={"community": resident.community})
        record(verb="risk_tagged", subject=tag, community=tag.community_id, at=at, actor=by, kind=kind)
        lay_out_duties(community=resident.community, at=at)
    return tag


@transaction.atomic
def end_tag(*, tag: RiskTag, at: dt.datetime, by: User, until: dt.date | None = None) -> RiskTag:
    """It holds until yesterday, or until the day given: what was done and missed stays."""
    yesterday = localdate(at) - dt.timedelta(days=1)
    last = max(until or yesterday, tag.since)
    if RiskTag.objects.filter(pk=tag.pk, until=None).update(until=last):
        tag.until = last
        record(verb="risk_ended", subject=tag, community=tag.community_id, at=at, actor=by, kind=tag.kind)
        lay_out_duties(community=tag.community, at=at)
    return tag


@transaction.atomic
def rest_visits(
    *,
    resident: Resident,
    starts_on: dt.date,
    ends_on: dt.date,
    reason: str,
    said_by: str,
    at: dt.datetime,
    by: User,
) -> DutyRest:
    """Nobody has to look in until that day; afterwards the duties come back by themselves.

    Refuses: reason_missing, reason_too_long, ends_before_it_begins.
    """
    if ends_on < starts_on:
        raise ValidationError(_("A rest cannot end before it begins."), code="ends_before_it_begins")
    rest = DutyRest.objects.create(
        community=resident.community,
        resident=resident,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=checked_reason(reason),
        said_by=checked_reason(said_by, 60),
        noted_by=by,
    )
    record(verb="visits_rest", subject=rest, community=rest.community_id, at=at, actor=by)
    lay_out_duties(community=resident.community, at=at)
    return rest


@transaction.atomic
def note_event(*, resident: Resident, event: str, at: dt.datetime, by: User) -> VisitDuty:
    """Something happened to them: somebody looks in within the hours that the rule says.

    Refuses: reason_missing, reason_too_long, not_living, rule_missing, already_noted (in this minute).
    """
    event = checked_reason(event)
    refuse_dead(resident)
    rule = rule_in_force(DUTY_RULE, on=localdate(at))
    due_at = at + dt.timedelta(hours=rule.params["event_hours"])
    try:
        with transaction.atomic():
            duty = VisitDuty.objects.create(
                community=resident.community,
                resident=resident,
                every=VisitDuty.Every.EVENT,
                period=f"E{at:%Y-%m-%dT%H:%M}",
                starts_on=localdate(at),
                ends_on=localdate(due_at),
                due_at=due_at,
                rule=rule,
                event=event,
            )
    except IntegrityError as twice:
        raise ValidationError(_("This is noted already."), code="already_noted") from twice
    record(verb="event_noted", subject=duty, community=duty.community_id, at=at, actor=by)
    return duty


def refuse_dead(resident: Resident) -> None:
    if resident.died_on or resident.merged_into_id or resident.erased_at:
        raise ValidationError(_("This person is not looked after any more."), code="not_living")


@transaction.atomic
def write_profile(*, resident: Resident, facts: Mapping[str, Any], at: dt.datetime, by: User) -> CareProfile:
    """Grade and particulars of an elder. Refuses: day_missing (a grade without its day, or a day alone),
    day_ahead (of the assessment)."""
    grade, graded_on = facts.get("grade"), facts.get("graded_on")
    if (grade is None) != (graded_on is None):
        raise ValidationError(
            _("A grade has the day of its assessment, and the other way round."), code="day_missing"
        )
    if graded_on and graded_on > localdate(at):
        raise ValidationError(_("This day has not come yet."), code="day_ahead")
    profile, _is_new = CareProfile.objects.update_or_create(
        resident=resident, defaults={"community": resident.community, **facts}
    )
    record(verb="profile_changed", subject=profile, community=profile.community_id, at=at, actor=by)
    return profile

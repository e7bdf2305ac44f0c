"""An agency case and the office: accepted, missing papers, handed in, stops of the clock, the decision."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason, transition_refusal
from circle.models import User, Via
from services.actions.case_changes import add_step, lock_case, move_case, notify_case, touch_case
from services.models import AgencyCase, CaseStatus, CaseStep, CaseStop
from services.models.cases import RECEIPT_LENGTH, WORDS_LENGTH

Kind = CaseStep.Kind
LATEST_STOP = dt.timedelta(days=731)  # a stop beyond that is a mistyped year
# Missing papers are noticed while we look at them, and later by the office.
ASKABLE = [CaseStatus.REQUESTED, CaseStatus.AUTHORISED, CaseStatus.ACCEPTED, CaseStatus.SUBMITTED]


@transaction.atomic
def accept_case(
    *, case: AgencyCase, at: dt.datetime, by: User, public: str = "", read: int | None = None
) -> AgencyCase:
    """All papers are there.

    Refuses: authorisation_over, already_accepted, not_possible, changed_meanwhile.
    """
    case = lock_case(case, read)
    if case.status == CaseStatus.AUTHORISED:
        refuse_unauthorised(case, at)
    return move_case(
        case,
        kind=Kind.ACCEPTED,
        allowed=[CaseStatus.AUTHORISED],
        to=CaseStatus.ACCEPTED,
        at=at,
        by=by,
        public=public,
        accepted_at=at,
    )


def refuse_unauthorised(case: AgencyCase, at: dt.datetime) -> None:
    """Refuses: authorisation_over (it ran out, was ended, or names nobody who handles the case now)."""
    if not case.is_authorised(localdate(at)):
        raise ValidationError(
            _("The authorisation has run out or was ended. Ask for a new one."), code="authorisation_over"
        )


@transaction.atomic
def ask_supplement(
    *, case: AgencyCase, missing: str, at: dt.datetime, by: User, read: int | None = None
) -> AgencyCase:
    """One notice of all missing papers; the clock stands still until they are handed in.

    Refuses: reason_missing, reason_too_long, already_asked (in this state, and once is all), not_possible,
    already_supplement, changed_meanwhile.
    """
    case = lock_case(case, read)
    words, asked_in = checked_reason(missing, WORDS_LENGTH), case.status
    move_case(
        case,
        kind=Kind.SUPPLEMENT,
        allowed=ASKABLE,
        to=CaseStatus.SUPPLEMENT,
        at=at,
        by=by,
        public=words,
        resumes=asked_in,
        handler=case.handler or by,
    )
    try:
        with transaction.atomic():
            CaseStop.objects.create(
                case=case,
                kind=CaseStop.Kind.SUPPLEMENT,
                asked_in=asked_in,
                starts_on=localdate(at),
                reason=words,
                at=at,
                by=by,
            )
    except IntegrityError as clash:
        raise ValidationError(
            _("Missing papers were asked for already: one notice names all of them."), code="already_asked"
        ) from clash
    notify_case(case, "case_supplement", at)
    return case


@transaction.atomic
def supply_papers(
    *, case: AgencyCase, via: str, at: dt.datetime, by: User, public: str = "", read: int | None = None
) -> AgencyCase:
    """Staff have seen all that was missing; the clock goes on from the day after it came.

    Refuses: not_possible, changed_meanwhile, reason_too_long.
    """
    case = lock_case(case, read)
    came_on = localdate(case.supplied_at or at)
    if case.status != CaseStatus.SUPPLEMENT:
        raise transition_refusal(case, "")
    move_case(
        case,
        kind=Kind.SUPPLIED,
        allowed=[CaseStatus.SUPPLEMENT],
        to=case.resumes,
        at=at,
        by=by,
        public=public,
        is_visit=via == Via.WINDOW,
        resumes="",
        supplied_at=None,
    )
    stop = case.stops.in_force().filter(kind=CaseStop.Kind.SUPPLEMENT, ends_on=None).last()
    if stop:
        replace_stop(stop, ends_on=max(came_on, stop.starts_on), at=at, by=by)
    return case


def replace_stop(stop: CaseStop, *, at: dt.datetime, by: User, **values: object) -> CaseStop:
    """A row that takes the place of this one, with what the values say otherwise."""
    same = {name: getattr(stop, name) for name in ("kind", "asked_in", "starts_on", "ends_on", "reason")}
    return CaseStop.objects.create(case_id=stop.case_id, replaces=stop, at=at, by=by, **same | values)


@transaction.atomic
def submit_case(
    *,
    case: AgencyCase,
    receipt: str,
    at: dt.datetime,
    by: User,
    public: str = "",
    read: int | None = None,
) -> AgencyCase:
    """Handed in at the office, which gave this receipt number; from then on its limit runs.

    Refuses: reason_missing (no number), reason_too_long, authorisation_over, already_submitted, not_possible,
    changed_meanwhile.
    """
    case = lock_case(case, read)
    number = checked_reason(receipt, RECEIPT_LENGTH)
    if case.status == CaseStatus.ACCEPTED:
        refuse_unauthorised(case, at)
    move_case(
        case,
        kind=Kind.SUBMITTED,
        allowed=[CaseStatus.ACCEPTED],
        to=CaseStatus.SUBMITTED,
        at=at,
        by=by,
        public=public,
        receipt=number,
        submitted_at=at,
    )
    notify_case(case, "case_submitted", at)
    return case


@transaction.atomic
def stop_clock(
    *,
    case: AgencyCase,
    kind: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    reason: str,
    at: dt.datetime,
    by: User,
    read: int | None = None,
) -> CaseStop:
    """A public notice or an extension of the office: its limit does not run on these days.

    Refuses: not_possible (not at the office), stop_inverted, stop_too_long (over two years away),
    stop_too_early (before it was handed in), reason_missing, reason_too_long, changed_meanwhile.
    """
    case = lock_case(case, read)
    if case.status != CaseStatus.SUBMITTED or kind == CaseStop.Kind.SUPPLEMENT:
        raise ValidationError(
            _("The clock of the office can be stopped only while the matter lies there."), code="not_possible"
        )
    check_span(starts_on, ends_on, beginning=case.submitted_at or case.requested_at, at=at)
    stop = CaseStop.objects.create(
        case=case,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=checked_reason(reason, WORDS_LENGTH),
        at=at,
        by=by,
    )
    note_stop(case, stop, "case_stopped", Kind.STOPPED, at, by)
    return stop


def check_span(
    starts_on: dt.date, ends_on: dt.date | None, *, beginning: dt.datetime, at: dt.datetime
) -> None:
    if ends_on and ends_on < starts_on:
        raise ValidationError(_("A stop cannot end before it begins."), code="stop_inverted")
    if max(starts_on, ends_on or starts_on) > localdate(at) + LATEST_STOP:
        raise ValidationError(_("These days are more than two years away."), code="stop_too_long")
    if starts_on < localdate(beginning):
        raise ValidationError(
            _("A stop cannot begin before the matter was handed in."), code="stop_too_early"
        )


def note_stop(case: AgencyCase, stop: CaseStop, verb: str, kind: str, at: dt.datetime, by: User) -> None:
    touch_case(case)
    add_step(case, kind=kind, at=at, by=by, public=stop.reason)
    record(
        verb=verb, subject=case, community=case.community_id, at=at, actor=by, stop=stop.pk, kind=stop.kind
    )


@transaction.atomic
def correct_stop(
    *,
    stop: CaseStop,
    starts_on: dt.date,
    ends_on: dt.date | None,
    reason: str,
    at: dt.datetime,
    by: User,
    is_void: bool = False,
    read: int | None = None,
) -> CaseStop:
    """Other days for a stop, or none where it was entered by mistake; the first entry stays in the history.

    Refuses: changed_meanwhile (it was corrected already), not_possible (papers are missing still, or the
    case is over), stop_inverted, stop_too_long, stop_too_early, reason_missing, reason_too_long.
    """
    case = lock_case(stop.case, read)
    if CaseStop.objects.filter(replaces=stop).exists():
        raise ValidationError(
            _("Somebody has changed it a moment ago. Please look again."), code="changed_meanwhile"
        )
    is_asked = stop.kind == CaseStop.Kind.SUPPLEMENT
    if not case.is_live or (is_asked and (case.status == CaseStatus.SUPPLEMENT or ends_on is None)):
        raise ValidationError(
            _("That is not possible now: the stop ends when the papers are there."), code="not_possible"
        )
    beginning = case.requested_at if is_asked else case.submitted_at or case.requested_at
    check_span(starts_on, ends_on, beginning=beginning, at=at)
    found = replace_stop(
        stop,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=checked_reason(reason, WORDS_LENGTH),
        is_void=is_void,
        at=at,
        by=by,
    )
    note_stop(case, found, "case_stop_corrected", Kind.CORRECTED, at, by)
    return found


@transaction.atomic
def approve_case(
    *, case: AgencyCase, at: dt.datetime, by: User, public: str = "", read: int | None = None
) -> AgencyCase:
    """The office approved; the result is here. Refuses: already_approved, not_possible, changed_meanwhile."""
    case = lock_case(case, read)
    move_case(
        case,
        kind=Kind.APPROVED,
        allowed=[CaseStatus.SUBMITTED],
        to=CaseStatus.APPROVED,
        at=at,
        by=by,
        public=public,
    )
    notify_case(case, "case_approved", at, fetch=case.fetch_code)
    return case


@transaction.atomic
def refuse_case(
    *, case: AgencyCase, reason: str, remedy: str, at: dt.datetime, by: User, read: int | None = None
) -> AgencyCase:
    """The office refused: why, and what can be done against it until when.

    Refuses: reason_missing, reason_too_long, already_refused, not_possible, changed_meanwhile.
    """
    case = lock_case(case, read)
    words, remedy = checked_reason(reason, WORDS_LENGTH), checked_reason(remedy, WORDS_LENGTH)
    move_case(
        case,
        kind=Kind.REFUSED,
        verb="case_rejected",  # a verb that ends with "refused" is an attempt that we refused
        allowed=[CaseStatus.SUBMITTED],
        to=CaseStatus.REFUSED,
        at=at,
        by=by,
        public=words,
        reason=words,
        remedy=remedy,
    )
    notify_case(case, "case_refused", at)
    return case

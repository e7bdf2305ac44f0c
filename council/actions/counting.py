"""Who is there, how many hands, and what follows by the rule of the meeting: in whole numbers."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from council.actions.ballots import refuse_strangers, votes_of
from council.actions.meetings import not_possible_error
from council.models import Attendance, Meeting, Resolution, Roll, count_roll, roll_of

Outcome = Resolution.Outcome


COUNTED = ["entitled", "present", "quorum", "needed", "rule", "outcome"]


def check_quorum(meeting: Meeting, at: dt.datetime) -> Roll:
    """The roll at that moment. Refuses: no_quorum (with the figures)."""
    roll = roll_of(meeting, at)
    refuse_without_quorum(roll)
    return roll


def refuse_without_quorum(roll: Roll) -> None:
    if not roll.is_quorate:
        raise ValidationError(
            _("%(present)s of %(entitled)s voting members are present; %(quorum)s are needed."),
            code="no_quorum",
            params={"present": roll.present, "entitled": roll.entitled, "quorum": roll.quorum},
        )


def refuse_without_seats(roll: Roll) -> None:
    if roll.unrepresented:
        raise ValidationError(
            _("Nothing is decided while these are not represented: %(seats)s."),
            code="not_represented",
            params={"seats": roll.missing_seats},
        )


def count_votes(resolution: Resolution, meeting: Meeting, roll: Roll) -> None:
    """By the roll when the hands were counted: what the rule asks for, and what follows from it.

    Between options a tie chooses none.
    Refuses: no_quorum, not_represented, too_many_hands.
    """
    refuse_without_quorum(roll)
    refuse_without_seats(roll)
    rule = meeting.rule
    if rule is None:  # no meeting is in session without one
        raise not_possible_error(meeting)
    cast = resolution.yes + resolution.no
    counted = cast + resolution.abstain + resolution.invalid
    if counted > roll.present:
        raise ValidationError(
            _("%(hands)s hands, but only %(present)s voting members were present."),
            code="too_many_hands",
            params={"hands": counted, "present": roll.present},
        )
    resolution.entitled, resolution.present, resolution.quorum = roll.entitled, roll.present, roll.quorum
    resolution.needed = rule.votes_needed(members=roll.entitled, present=roll.present, cast=cast)
    if resolution.second is not None:
        resolution.needed = max(resolution.needed, resolution.second + 1)
    resolution.rule = rule.as_json()
    resolution.outcome = Outcome.ADOPTED if resolution.yes >= resolution.needed else Outcome.REJECTED


def recount_votes(meeting: Meeting, entries: Iterable[Attendance]) -> None:
    """After a change of the roll. Refuses as record_resolution does: the roll cannot contradict the hands.

    Where the same number was there nothing is counted: how it was decided then stands.
    """
    entries, changed = list(entries), []
    rows = list(Resolution.objects.filter(item__meeting=meeting).order_by("pk"))
    by_name = [row for row in rows if row.method == Resolution.Method.RECORDED]
    prefetch_related_objects(by_name, "votes")
    for resolution in rows:
        roll = count_roll(meeting.rule, entries, resolution.voted_at)
        refuse_without_seats(roll)
        if resolution in by_name:
            there = [entry for entry in entries if entry.is_there(resolution.voted_at)]
            refuse_strangers(votes_of(resolution), there)
        if (roll.entitled, roll.present) != (resolution.entitled, resolution.present):
            count_votes(resolution, meeting, roll)
            changed.append(resolution)
    Resolution.objects.bulk_update(changed, COUNTED)

"""The line after a draw: who got no place, as drawn; who came late, and whom the law puts first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.rounds import check_entry, create_entry, lock_round, record_entry
from childcare.models import Application, LateEntry, NurseryClass, Round, RoundEntry, drawing
from childcare.models.late import RULE_LENGTH
from circle.booking.transitions import checked_reason
from circle.identifiers.number_scan import personal_data_error, refuse_id_numbers, refuse_phones
from circle.models import User

TIER = RoundEntry.Tier


@dataclass(frozen=True)
class Place:
    """A household in the line after a draw. `late` is None of one that was drawn; `moved` says how many
    households it moved down by one."""

    number: int
    entry: RoundEntry
    late: LateEntry | None
    moved: int


def line_after_draw(nursery_round: Round) -> list[Place]:
    """First those of the first tier, behind them whom the law puts there, then the others as drawn, and late
    ones at the end. Nobody else's order changes when one is added. Two queries."""
    results = nursery_round.results.exclude(outcome=drawing.PLACED).select_related("entry")
    drawn = [row.entry for row in results.order_by("position")]
    rows = list(nursery_round.late.select_related("entry").order_by("id"))
    legal, late = [row for row in rows if row.reason], [row for row in rows if not row.reason]
    first = [entry for entry in drawn if entry.tier == TIER.PROTECTED]
    others = [entry for entry in drawn if entry.tier != TIER.PROTECTED]
    line: list[tuple[RoundEntry, LateEntry | None, int]] = [(entry, None, 0) for entry in first]
    for row in legal:
        before = sum(other.at <= row.at for other in late)
        line.append((row.entry, row, len(others) + before))
    line += [(entry, None, 0) for entry in others]
    line += [(row.entry, row, 0) for row in late]
    return [Place(number, *each) for number, each in enumerate(line, start=1)]


@transaction.atomic
def enter_late(
    *,
    nursery_round: Round,
    applications: Sequence[Application],
    choices: Sequence[Sequence[NurseryClass]],
    tier: int,
    mode: str,
    at: dt.datetime,
    by: User,
    reason: str = "",
    rule: str = "",
) -> LateEntry:
    """After the result is published: at the end, or with a reason of the list and the rule that says so
    behind those of the first tier. Both are published.

    Refuses: not_published, reason_missing (no rule, or a rule without a reason), reason_too_long,
    id_number_shown, personal_data_shown, and what `enter_round` refuses of household and choices.
    """
    if not lock_round(nursery_round).is_public:
        raise ValidationError(_("The result of this round is not published."), code="not_published")
    if reason or rule.strip():
        rule = checked_reason(rule, RULE_LENGTH)
        if reason not in LateEntry.Reason.values:
            raise ValidationError(_("Choose the reason."), code="reason_missing")
        check_published_rule(rule, applications)
    check_entry(nursery_round, applications, choices, tier, mode)
    entry = create_entry(nursery_round, applications, choices, TIER.PROTECTED if reason else tier, mode, at)
    late = LateEntry.objects.create(
        round=nursery_round, entry=entry, reason=reason, rule=rule if reason else "", at=at, by=by
    )
    record_entry(entry, applications, at, by, verb="application_entered_late", reason=reason)
    return late


def check_published_rule(rule: str, applications: Sequence[Application]) -> None:
    """Refuses: id_number_shown, personal_data_shown (a phone, or the name of a child or its guardian)."""
    refuse_id_numbers(rule)
    refuse_phones(rule)
    people = [person for each in applications for person in (each.child, each.guardian) if person]
    without_blanks = "".join(rule.split())
    found = sorted({person.name for person in people if person.name and person.name in without_blanks})
    if found:
        raise personal_data_error(found)

"""How a count is taken: by hands, by name, or by secret slips with two tellers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council.models import Attendance, Membership, Resolution, Vote

Method, Choice = Resolution.Method, Vote.Choice


@dataclass(frozen=True)
class Ballot:
    """What was counted. Of a count by name the `votes` are the figures: seat → choice."""

    yes: int = 0
    no: int = 0
    abstain: int = 0
    invalid: int = 0
    method: str = Method.HANDS
    counted_by: Membership | None = None
    watched_by: Membership | None = None
    votes: Mapping[int, str] = field(default_factory=dict)


def fill_in_ballot(resolution: Resolution, ballot: Ballot, entries: Iterable[Attendance]) -> None:
    """The figures into the resolution; `voted_at` stands in it already.

    Refuses: hands_wrong (below nothing), invalid_hands, votes_not_secret, votes_missing, not_entitled,
    tellers_missing, teller_absent.
    """
    if min(ballot.yes, ballot.no, ballot.abstain, ballot.invalid) < 0:
        raise ValidationError(_("Hands are counted from nought."), code="hands_wrong")
    there = [entry for entry in entries if entry.is_there(resolution.voted_at)]
    if ballot.method == Method.SECRET:
        check_slips(ballot, there)
    elif ballot.invalid:
        raise ValidationError(_("Only slips can be invalid."), code="invalid_hands")
    figures = Counter({"yes": ballot.yes, "no": ballot.no, "abstain": ballot.abstain})
    if ballot.method == Method.RECORDED:
        if not ballot.votes:
            raise ValidationError(_("Say how each member voted."), code="votes_missing")
        refuse_strangers(ballot.votes, there)
        figures = Counter(ballot.votes.values())
    resolution.yes, resolution.no, resolution.abstain = (
        figures[choice] for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN)
    )
    resolution.method, resolution.invalid = ballot.method, ballot.invalid
    is_secret = ballot.method == Method.SECRET
    resolution.counted_by = ballot.counted_by if is_secret else None
    resolution.watched_by = ballot.watched_by if is_secret else None


def check_slips(ballot: Ballot, there: Iterable[Attendance]) -> None:
    if ballot.votes:
        raise ValidationError(_("Of secret slips nobody knows who voted how."), code="votes_not_secret")
    counts, watches = ballot.counted_by, ballot.watched_by
    if counts is None or watches is None or counts == watches:
        raise ValidationError(
            _("Of secret slips one member counts and another one watches."), code="tellers_missing"
        )
    if not {counts.pk, watches.pk} <= {entry.membership_id for entry in there}:
        raise ValidationError(_("Who counts or watches was not there then."), code="teller_absent")


def refuse_strangers(votes: Iterable[int], there: Iterable[Attendance]) -> None:
    """Refuses: not_entitled (an observer, a former member, or somebody who was not there then)."""
    if not set(votes) <= {entry.membership_id for entry in there if entry.is_voting}:
        raise ValidationError(
            _("Somebody has no vote, or was not there when it was taken."), code="not_entitled"
        )


def save_votes(resolution: Resolution, ballot: Ballot) -> None:
    """In place of those that were there."""
    resolution.votes.all().delete()
    if ballot.method == Method.RECORDED:
        Vote.objects.bulk_create(
            Vote(resolution=resolution, membership_id=seat, choice=choice)
            for seat, choice in ballot.votes.items()
        )


def votes_of(resolution: Resolution) -> dict[int, str]:
    return dict(resolution.votes.values_list("membership", "choice"))

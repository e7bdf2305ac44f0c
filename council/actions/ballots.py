"""How a count is taken: by hands, by name, or by secret slips with two tellers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council.actions.topics import plain_line
from council.models import Attendance, Membership, Option, Resolution, Vote

Method, Choice = Resolution.Method, Vote.Choice


@dataclass(frozen=True)
class OptionCount:
    """One of several to choose from, and how many chose it."""

    text_zh: str
    votes: int
    text_en: str = ""


@dataclass(frozen=True)
class Ballot:
    """What was counted. Of a count by name the `votes` are the figures: seat → choice.

    Of `options` the one with most votes is counted as for it, all others as against. By name a choice
    between options is the number of one of them, from 1.
    """

    yes: int = 0
    no: int = 0
    abstain: int = 0
    invalid: int = 0
    method: str = Method.HANDS
    counted_by: Membership | None = None
    watched_by: Membership | None = None
    votes: Mapping[int, str] = field(default_factory=dict)
    options: Sequence[OptionCount] = ()

    @property
    def is_by_name(self) -> bool:
        return self.method == Method.RECORDED

    @property
    def counted_options(self) -> list[OptionCount]:
        """With the votes that were given by name, where they were."""
        if not self.is_by_name:
            return list(self.options)
        chosen = Counter(self.votes.values())
        return [
            replace(option, votes=chosen[str(number)]) for number, option in enumerate(self.options, start=1)
        ]

    @property
    def figures(self) -> Counter[str]:
        by_name = Counter(self.votes.values())
        if self.options:
            counts = [option.votes for option in self.counted_options]
            most = max(counts)
            abstain = by_name[Choice.ABSTAIN] if self.is_by_name else self.abstain
            return Counter({Choice.YES: most, Choice.NO: sum(counts) - most, Choice.ABSTAIN: abstain})
        if self.is_by_name:
            return by_name
        return Counter({Choice.YES: self.yes, Choice.NO: self.no, Choice.ABSTAIN: self.abstain})


def fill_in_ballot(resolution: Resolution, ballot: Ballot, entries: Iterable[Attendance]) -> None:
    """The figures into the resolution; `voted_at` stands in it already.

    Refuses: hands_wrong (below nothing), invalid_hands, votes_not_secret, votes_missing, not_entitled,
    tellers_missing, teller_absent, vote_unknown, and as check_options does.
    """
    counts = [ballot.yes, ballot.no, ballot.abstain, ballot.invalid]
    if min(*counts, *(option.votes for option in ballot.options)) < 0:
        raise ValidationError(_("Hands are counted from nought."), code="hands_wrong")
    check_options(ballot)
    there = [entry for entry in entries if entry.is_there(resolution.voted_at)]
    if ballot.method == Method.SECRET:
        check_slips(ballot, there)
    elif ballot.invalid:
        raise ValidationError(_("Only slips can be invalid."), code="invalid_hands")
    if ballot.is_by_name:
        check_votes_by_name(ballot, there)
    figures = ballot.figures
    resolution.yes, resolution.no, resolution.abstain = (
        figures[choice] for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN)
    )
    resolution.method, resolution.invalid = ballot.method, ballot.invalid
    is_secret = ballot.method == Method.SECRET
    resolution.counted_by = ballot.counted_by if is_secret else None
    resolution.watched_by = ballot.watched_by if is_secret else None


def check_votes_by_name(ballot: Ballot, there: Iterable[Attendance]) -> None:
    if not ballot.votes:
        raise ValidationError(_("Say how each member voted."), code="votes_missing")
    refuse_strangers(ballot.votes, there)
    numbers = {str(number) for number in range(1, len(ballot.options) + 1)}
    known = numbers | {Choice.ABSTAIN} if ballot.options else set(Choice.values)
    if not set(ballot.votes.values()) <= known:
        raise ValidationError(
            _("Somebody voted for what was not to choose: for or against, or for one of the options."),
            code="vote_unknown",
        )


def check_options(ballot: Ballot) -> None:
    """Refuses: options_few, option_missing (without words), options_or_hands."""
    if not ballot.options:
        return
    if len(ballot.options) < 2:
        raise ValidationError(_("To choose there must be two options."), code="options_few")
    if not all(plain_line(option.text_zh) for option in ballot.options):
        raise ValidationError(_("Say in words what each option is."), code="option_missing")
    if ballot.yes or ballot.no:
        raise ValidationError(
            _("Count either for and against, or the votes of each option."), code="options_or_hands"
        )


def runner_up(counts: Iterable[int]) -> int | None:
    """The votes of the option after the leading one; None without options."""
    ordered = sorted(counts, reverse=True)
    return ordered[1] if len(ordered) > 1 else None


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


def save_parts(resolution: Resolution, ballot: Ballot, *, had_parts: bool) -> None:
    """Votes by name and options, in place of those that the count had before."""
    if had_parts:
        resolution.votes.all().delete()
        resolution.options.all().delete()
    save_votes(resolution, ballot)
    save_options(resolution, ballot)


def save_votes(resolution: Resolution, ballot: Ballot) -> None:
    if ballot.is_by_name:
        Vote.objects.bulk_create(
            Vote(resolution=resolution, membership_id=seat, choice=choice)
            for seat, choice in ballot.votes.items()
        )


def save_options(resolution: Resolution, ballot: Ballot) -> None:
    Option.objects.bulk_create(
        Option(
            resolution=resolution,
            number=number,
            text_zh=plain_line(option.text_zh),
            text_en=plain_line(option.text_en),
            votes=option.votes,
        )
        for number, option in enumerate(ballot.counted_options, start=1)
    )


def votes_of(resolution: Resolution) -> dict[int, str]:
    return {vote.membership_id: vote.choice for vote in resolution.votes.all()}

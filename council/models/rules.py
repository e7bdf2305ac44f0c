"""By which rule a body meets and decides: in whole numbers, dated, never changed afterwards."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.models import AppendOnly, Bilingual
from council.models.bodies import Body, Membership


def required_count(count: int, num: int, den: int, *, is_strict: bool) -> int:
    """The least whole number that is at least num/den of `count`, or with `is_strict` more than that."""
    return count * num // den + 1 if is_strict else -(-count * num // den)


@dataclass(frozen=True)
class Quota:
    """A share of something counted: at least 2/3 of the members, more than 1/2 of those present."""

    num: int
    den: int
    base: str
    is_strict: bool

    def needed(self, count: int) -> int:
        """At least one: nobody is no quorum, and no hand adopts nothing."""
        return max(1, required_count(count, self.num, self.den, is_strict=self.is_strict))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def check_seats(seats: object) -> None:
    """Refuses: seat_unknown."""
    if not isinstance(seats, list) or not set(map(str, seats)) <= set(VOTING_SEATS):
        raise ValidationError(_("There is no such seat with a vote."), code="seat_unknown")


VOTING_SEATS = [seat for seat in Membership.Seat.values if seat != Membership.Seat.OBSERVER]


class BodyRuleQuerySet(models.QuerySet["BodyRule"]):
    def on(self, day: dt.date) -> Self:
        """In force on that day, the one that counts first: of the same day the one entered last."""
        return self.filter(valid_from__lte=day).order_by("-valid_from", "-pk")


class BodyRule(AppendOnly):
    """The rule of a body from a day on. A meeting takes the one of its day when its agenda is published."""

    class QuorumBase(models.TextChoices):
        MEMBERS = "members", _("voting members")
        SEATS = "seats", _("all voting seats, vacant ones included")

    class PassBase(models.TextChoices):
        CAST = "cast", _("hands for and against")
        PRESENT = "present", _("voting members present")
        MEMBERS = "members", _("all voting members")

    body = models.ForeignKey(Body, models.PROTECT, related_name="rules", verbose_name=_("body"))
    valid_from = models.DateField(_("counts from"), help_text=_("For meetings on that day and later."))
    seats = models.PositiveSmallIntegerField(
        _("voting seats by the statutes"), validators=[MinValueValidator(1)]
    )
    quorum_num = models.PositiveSmallIntegerField(_("quorum: numerator"), default=2)
    quorum_den = models.PositiveSmallIntegerField(_("quorum: denominator"), default=3)
    quorum_base = models.CharField(
        _("quorum: of whom"), max_length=10, choices=QuorumBase, default=QuorumBase.MEMBERS
    )
    quorum_is_strict = models.BooleanField(_("quorum: more than that share"), default=False)
    pass_num = models.PositiveSmallIntegerField(_("to pass: numerator"), default=1)
    pass_den = models.PositiveSmallIntegerField(_("to pass: denominator"), default=2)
    pass_base = models.CharField(
        _("to pass: of whom"), max_length=10, choices=PassBase, default=PassBase.PRESENT
    )
    pass_is_strict = models.BooleanField(_("to pass: more than that share"), default=True)
    seats_represented = models.JSONField(
        _("seats that must be represented"),
        default=list,
        blank=True,
        validators=[check_seats],
        help_text=_("While one of them is missing nothing is decided, however many members are there."),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"),
        default=3,
        help_text=_("So many days before a meeting its agenda is published."),
    )
    posting_days = models.PositiveSmallIntegerField(
        _("days of posting"), default=7, help_text=_("So many days a resolution is posted before it counts.")
    )
    objection_days = models.PositiveSmallIntegerField(_("days to answer an objection"), default=3)
    minutes_days = models.PositiveSmallIntegerField(
        _("days until the minutes are public"),
        default=14,
        help_text=_("Counted from the day of the meeting."),
    )
    review_days = models.PositiveSmallIntegerField(
        _("days to ask for amendments"),
        default=0,
        validators=[MaxValueValidator(30)],
        help_text=_("So many days minutes stay in review before they can be approved; 0: no fixed time."),
    )
    source_zh = models.CharField(_("source of the rule (Chinese)"), max_length=200, blank=True)
    source_en = models.CharField(_("source of the rule (English)"), max_length=250, blank=True)
    is_verified = models.BooleanField(_("rule verified"), default=False)

    objects = BodyRuleQuerySet.as_manager()

    source = Bilingual()

    class Meta:
        verbose_name = _("rule of procedure")
        verbose_name_plural = _("rules of procedure")
        ordering = ["body", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_num__gte=1, quorum_num__lte=F("quorum_den"))
                & Q(pass_num__gte=1, pass_num__lte=F("pass_den")),
                name="bodyrule_shares_are_shares",
                violation_error_message=_("A share lies between nothing and the whole."),
            ),
            models.CheckConstraint(
                condition=Q(review_days=0) | Q(review_days__lt=F("minutes_days")),
                name="bodyrule_review_ends_before_minutes_are_due",
                violation_error_code="review_too_long",
                violation_error_message=_(
                    "Minutes would still be in review on the day on which they have to be public."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d}"

    @property
    def quorum(self) -> Quota:
        return Quota(self.quorum_num, self.quorum_den, self.quorum_base, self.quorum_is_strict)

    @property
    def to_pass(self) -> Quota:
        return Quota(self.pass_num, self.pass_den, self.pass_base, self.pass_is_strict)

    def as_json(self) -> dict[str, Any]:
        """As a resolution carries it."""
        seats = {"represented": self.seats_represented} if self.seats_represented else {}
        return {"quorum": self.quorum.as_json(), "to_pass": self.to_pass.as_json()} | seats

    def quorum_needed(self, members: int) -> int:
        """How many voting members have to be there when the body has so many."""
        return self.quorum.needed(self.seats if self.quorum_base == self.QuorumBase.SEATS else members)

    def last_review_day(self, submitted_on: dt.date, held_on: dt.date) -> dt.date | None:
        """None where no time is fixed. The day before the minutes are due, if they are submitted so late.

        But never before the day on which they are submitted: who was there has that day at least.
        """
        if not self.review_days:
            return None
        due_on = held_on + dt.timedelta(days=self.minutes_days)
        last = min(submitted_on + dt.timedelta(days=self.review_days), due_on - dt.timedelta(days=1))
        return max(last, submitted_on)

    def votes_needed(self, *, members: int, present: int, cast: int) -> int:
        """How many hands have to be for it."""
        counts = {
            self.PassBase.CAST: cast,
            self.PassBase.PRESENT: present,
            self.PassBase.MEMBERS: members,
        }
        return self.to_pass.needed(counts[self.PassBase(self.pass_base)])

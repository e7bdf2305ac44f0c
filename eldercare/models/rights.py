"""What older people are entitled to: allowances, care, meals and cards, by dated terms."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from circle.formats.money import format_yuan
from circle.models import Bilingual, Community, User, within_posts
from eldercare.models.kinds import CareKind
from services.models import Flow, ServiceItem

RIGHT_VIEW = "eldercare.view_right"
OLDEST = 130


class Means(models.TextChoices):
    """How the household gets by."""

    ORDINARY = "ordinary", _("by pension, work or savings")
    NEAR = "near", _("a little above the minimum living allowance")
    LOW = "low", _("with the minimum living allowance")
    DESTITUTE = "destitute", _("in extreme need, supported by the state")


class Ability(models.TextChoices):
    """How much help somebody needs."""

    ABLE = "able", _("manages everything alone")
    SOME = "some", _("needs help with some things, such as bathing or going out")
    MOST = "most", _("needs help with most things")
    CARD = "card", _("has a disability card of grade 1 or 2")


class Living(models.TextChoices):
    """With whom somebody lives."""

    FAMILY = "family", _("with children or other family")
    COUPLE = "couple", _("as a couple, the children live elsewhere")
    ALONE = "alone", pgettext_lazy("of a person", "alone")
    BEREAVED = "bereaved", _("family-planning family in special hardship")


# The columns of the terms, each a question: where it names nothing, the answer does not matter.
QUESTIONS = {"means": Means, "abilities": Ability, "living": Living}


@dataclass(frozen=True)
class Facts:
    """What is known about somebody: age in full years, codes of the choices above, and what nobody knows."""

    age: int
    known: frozenset[str]
    unknown: frozenset[str] = field(default_factory=frozenset)  # of QUESTIONS


class RightQuerySet(models.QuerySet["Right"]):
    def for_user(self, user: User) -> Self:
        """What staff manage; everybody reads the current ones on the page."""
        return self.filter(within_posts(user, RIGHT_VIEW))

    def public(self, community: Community) -> Self:
        shown = self.filter(community=community, is_active=True).select_related("item", "kind")
        return shown.prefetch_related("terms")


class Right(models.Model):
    """One thing that somebody is entitled to; whether and how much, its terms say by date."""

    class Sort(models.TextChoices):
        ALLOWANCE = "allowance", _("Allowances")
        CARE = "care", _("Care and health")
        MEALS = "meals", _("Meals")
        CARD = "card", _("Cards")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="care_rights", verbose_name=_("community")
    )
    code = models.SlugField(_("short name"), max_length=30)
    sort = models.CharField(_("sort"), max_length=10, choices=Sort)
    name_zh = models.CharField(_("name (Chinese)"), max_length=40)
    name_en = models.CharField(_("name (English)"), max_length=80)
    what_zh = models.CharField(_("what one gets (Chinese)"), max_length=200)
    what_en = models.CharField(_("what one gets (English)"), max_length=300, blank=True)
    group = models.SlugField(
        _("group of rights"),
        max_length=30,
        blank=True,
        help_text=_("Of several rights of one group only the highest is paid."),
    )
    item = models.ForeignKey(
        ServiceItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("service item by which it is asked for"),
    )
    kind = models.ForeignKey(
        CareKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of care")
    )
    is_announced = models.BooleanField(
        _("announced beforehand"),
        default=False,
        help_text=_("People are told before it begins or a card ends, without having asked."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("granted at present"), default=True)

    same_community = ("item", "kind")

    objects = RightQuerySet.as_manager()

    name = Bilingual()
    what = Bilingual()

    class Meta:
        verbose_name = _("right of older people")
        verbose_name_plural = _("rights of older people")
        ordering = ["community", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code"],
                name="right_code_once",
                violation_error_message=_("There is already a right with this short name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuses: not_an_errand (announced, and a yes could open nothing)."""
        if self.is_announced and (self.item is None or self.item.flow != Flow.AGENCY):
            sentence = _("Only what we do as an errand can be announced: a yes opens the errand.")
            raise ValidationError({"is_announced": ValidationError(sentence, code="not_an_errand")})

    @property
    def name_pair(self) -> tuple[str, str]:
        return self.name_zh, self.name_en

    def terms_on(self, day: dt.date) -> "RightTerms | None":
        """Those in force on that day; with the terms loaded, without a query."""
        return max(
            (each for each in self.terms.all() if each.valid_from <= day),
            key=lambda each: each.valid_from,
            default=None,
        )


def refuse_unknown_choices(name: str, value: object) -> None:
    """Refuses: choice_unknown."""
    known = set(QUESTIONS[name].values)
    if not isinstance(value, list) or not all(isinstance(each, str) and each in known for each in value):
        raise ValidationError(
            {name: ValidationError(_("Choose from the answers offered."), code="choice_unknown")}
        )


class RightTerms(models.Model):
    """Who has a right from a day on, and how much it is; a change is a new row."""

    class Per(models.TextChoices):
        MONTH = "month", _("a month")
        YEAR = "year", pgettext_lazy("of an amount", "a year")
        DAY = "day", _("a day")
        TIME = "time", _("each time")

    right = models.ForeignKey(Right, models.PROTECT, related_name="terms", verbose_name=_("right"))
    valid_from = models.DateField(_("valid from"))
    from_age = models.PositiveSmallIntegerField(_("from this age on"), default=0)
    below_age = models.PositiveSmallIntegerField(_("below this age"), null=True, blank=True)
    means = models.JSONField(_("how the household gets by"), default=list, blank=True)
    abilities = models.JSONField(_("how much help is needed"), default=list, blank=True)
    living = models.JSONField(_("with whom they live"), default=list, blank=True)
    cents = models.PositiveIntegerField(_("amount (fen)"), null=True, blank=True)
    per = models.CharField(pgettext_lazy("of a price", "for"), max_length=5, choices=Per, blank=True)
    source_zh = models.CharField(_("source (Chinese)"), max_length=200)
    source_en = models.CharField(_("source (English)"), max_length=250, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    source = Bilingual()

    class Meta:
        verbose_name = _("terms of a right")
        verbose_name_plural = _("terms of rights")
        ordering = ["right", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["right", "valid_from"],
                name="right_terms_once_a_day",
                violation_error_message=_("This right already has terms from that day."),
            ),
            models.CheckConstraint(
                condition=Q(from_age__lte=OLDEST) & (Q(below_age=None) | Q(below_age__gt=F("from_age"))),
                name="right_terms_ages_in_order",
                violation_error_message=_("The lower age must lie below the upper one."),
            ),
            models.CheckConstraint(
                condition=Q(cents=None, per="") | (Q(cents__isnull=False) & ~Q(per="")),
                name="right_terms_amount_for_a_time",
                violation_error_message=_("Say for which time the amount is, and only where there is one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right_id} {self.valid_from}"

    @property
    def amount(self) -> str:
        """Such as “180 yuan a month”; empty where the office decides how much it is."""
        if self.cents is None:
            return ""
        values = {"amount": format_yuan(self.cents), "per": self.get_per_display()}
        return gettext("%(amount)s yuan %(per)s") % values

    def clean(self) -> None:
        for name in QUESTIONS:
            refuse_unknown_choices(name, getattr(self, name))

    def suits_age(self, age: int) -> bool:
        return self.from_age <= age and (self.below_age is None or age < self.below_age)

    def missing(self, facts: Facts) -> set[str]:
        """The questions of QUESTIONS whose answer is not one of those named."""
        named = {name: set(getattr(self, name)) for name in QUESTIONS}
        return {name for name, codes in named.items() if codes and not codes & facts.known}

    def holds(self, facts: Facts) -> bool:
        return self.suits_age(facts.age) and not self.missing(facts)

    def may_hold(self, facts: Facts) -> bool:
        """It depends on something that was not said."""
        return self.suits_age(facts.age) and self.missing(facts) <= facts.unknown

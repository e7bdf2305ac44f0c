import datetime as dt
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.calendar.working_days import SHANGHAI
from circle.models import (
    Bilingual,
    Community,
    Facility,
    Mandate,
    Resident,
    Searchable,
    User,
    ids_represented_by,
    within_posts,
)
from circle.models.facilities import refuse_foreign_facility
from circle.models.places import phone_validator
from circle.permissions.age_bands import AgeBand, age_bands
from eldercare.models.certificates import Skill

# Kinds for which a mandate for less than all bookings suffices, by their short name.
NARROWER = {"meals": Mandate.Scope.MEALS, "doctor": Mandate.Scope.HEALTH}


NOON = 12  # o'clock
QUARTER = 15  # minutes; care that follows other care takes no quarter hour twice


class Part(models.TextChoices):
    """Of a kind that is given in half-days, each with its own times and places."""

    MORNING = "am", pgettext_lazy("half of a day", "morning")
    AFTERNOON = "pm", pgettext_lazy("half of a day", "afternoon")


class Arrangement(models.TextChoices):
    """How a kind of care is arranged."""

    BOOKING = "booking", _("a time is booked")
    REQUEST = "request", _("staff agree on the day")
    EMERGENCY = "emergency", _("by phone only")


class CareKindQuerySet(models.QuerySet["CareKind"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "eldercare.view_carekind"))

    def public(self, community: Community) -> Self:
        return self.filter(community=community, is_active=True).select_related("facility")

    def askable(self) -> Self:
        """What can be asked for with a form."""
        return self.filter(is_active=True).exclude(way=Arrangement.EMERGENCY)


class CareKind(Searchable):
    """One of the eight kinds of elder care: what it is, who gives it, where, how long, what it costs."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="care_kinds", verbose_name=_("community")
    )
    code = models.SlugField(_("short name in addresses"), max_length=20)
    way = models.CharField(_("how it is arranged"), max_length=10, choices=Arrangement)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_zh = models.CharField(_("name (Chinese)"), max_length=40)
    name_en = models.CharField(_("name (English)"), max_length=60)
    what_zh = models.TextField(_("what it is (Chinese)"))
    what_en = models.TextField(_("what it is (English)"), blank=True)
    giver_zh = models.CharField(_("who gives it (Chinese)"), max_length=120)
    giver_en = models.CharField(_("who gives it (English)"), max_length=160, blank=True)
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="care_kinds", verbose_name=_("place it is given from")
    )
    is_at_home = models.BooleanField(
        _("at the elder's home"), default=False, help_text=_("The address is then asked for.")
    )
    minutes = models.PositiveSmallIntegerField(
        _("usual length in minutes"), null=True, blank=True, validators=[MaxValueValidator(720)]
    )
    price_zh = models.CharField(_("price (Chinese)"), max_length=120)
    price_en = models.CharField(_("price (English)"), max_length=160, blank=True)
    is_verified = models.BooleanField(
        _("the price is verified"), default=False, help_text=_("Until then its page says “unverified”.")
    )
    days_ahead = models.PositiveSmallIntegerField(
        _("can be asked for so many days ahead"), default=14, validators=[MaxValueValidator(90)]
    )
    cancel_hours = models.PositiveSmallIntegerField(
        _("can be cancelled online until so many hours before"), default=12
    )
    reminds_again = models.BooleanField(
        _("reminds once more two hours before"),
        default=False,
        help_text=_("Besides the reminder of the day before; each text message costs the community."),
    )
    crew_size = models.PositiveSmallIntegerField(
        _("carers for each visit"),
        default=1,
        choices=[(1, pgettext_lazy("carers", "one")), (2, pgettext_lazy("carers", "two"))],
    )
    needs_check = models.BooleanField(
        _("needs a check of the day"),
        default=False,
        help_text=_("Blood pressure, pulse and temperature are taken first, and must lie within the limits."),
    )
    needs_trained_lead = models.BooleanField(
        _("led by a care worker"),
        default=False,
        help_text=_("A volunteer may then come as the second, never alone."),
    )
    is_volunteer_led = models.BooleanField(
        _("led by the leader of the volunteers"),
        default=False,
        help_text=_("The leader then sees its bookings, without health answers, and says who goes."),
    )
    skill = models.CharField(
        _("skill that each of them needs"),
        max_length=12,
        choices=Skill,
        blank=True,
        help_text=_("Only people with a certificate that is valid on the day are sent."),
    )
    brings_home = models.BooleanField(
        _("goes out with the elder and brings them home"),
        default=False,
        help_text=_("Whoever is not back in time raises an alarm."),
    )
    is_shared = models.BooleanField(
        _("for several at a time"),
        default=False,
        help_text=_("Such as a day place: one carer looks after all, and other care is given there too."),
    )
    is_halved = models.BooleanField(
        _("in half-days"),
        default=False,
        help_text=_("Morning and afternoon are times of their own; whoever stays all day has both."),
    )
    needs_agreement = models.BooleanField(
        _("needs an agreement"),
        default=False,
        help_text=_("It says who may collect the elder; arrival and leaving are written down."),
    )
    min_grade = models.PositiveSmallIntegerField(
        _("from this ability grade on"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(4)],
        help_text=_("0 able … 4 fully dependent, as assessed. For others staff give a reason."),
    )
    duty_phone = models.CharField(_("duty phone"), max_length=40, blank=True, validators=[phone_validator])
    places = models.PositiveSmallIntegerField(
        _("places at a time, without shifts of its own"),
        default=0,
        help_text=_("Then it is booked whenever its place is open, for the usual length each time."),
    )
    is_active = models.BooleanField(_("offered"), default=True)
    # Fingerprint of the hours that its times follow; empty where they are to be compared again.
    laid_out = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = CareKindQuerySet.as_manager()

    name = Bilingual()
    what = Bilingual()
    giver = Bilingual()
    price = Bilingual()

    class Meta:
        verbose_name = _("kind of care")
        verbose_name_plural = _("kinds of care")
        ordering = ["community", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code"],
                name="care_kind_code_unique_in_community",
                violation_error_message=_("There is already a kind of care with this short name."),
            ),
            models.CheckConstraint(
                condition=~Q(way=Arrangement.EMERGENCY) | ~Q(duty_phone=""),
                name="care_kind_emergency_has_a_phone",
                violation_error_message=_("Urgent help needs its duty phone."),
            ),
            models.CheckConstraint(
                condition=Q(places=0) | Q(minutes=F("minutes") / QUARTER * QUARTER),
                name="care_kind_in_whole_quarters",
                violation_error_message=_("Care lasts whole quarters of an hour."),
            ),
            models.CheckConstraint(
                condition=Q(crew_size__gte=1, crew_size__lte=2), name="care_kind_crew_of_one_or_two"
            ),
        ]

    def scope_of(self, user: User, resident: Resident) -> str:
        """The scope of the mandate that this login needs: the narrower one, where it holds no other."""
        narrower = NARROWER.get(self.code)
        if not narrower or resident.pk in ids_represented_by(user, Mandate.Scope.BOOKINGS):
            return Mandate.Scope.BOOKINGS
        return narrower

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("care_kind", args=[self.code])

    def clean(self) -> None:
        refuse_foreign_facility(self)

    def part_of(self, starts_at: dt.datetime | None) -> str:
        """The half of the day that this time is; empty for a kind that is not given in halves."""
        if not self.is_halved or starts_at is None:
            return ""
        return Part.MORNING if starts_at.astimezone(SHANGHAI).hour < NOON else Part.AFTERNOON

    @cached_property
    def age_bands(self) -> list[AgeBand]:
        """For whom it is meant, by date; read once for a page."""
        return age_bands(f"care-{self.code}")

    @property
    def icon(self) -> str:
        """The name in the icon sprite; a kind that a community adds has the icon of elder care."""
        return f"care-{self.code}" if self.code in ICONS else "eldercare"

    @property
    def day_conditions(self) -> "list[CareQuestion]":
        """What is asked on the day of the care; of a kind with its questions loaded without a query."""
        asked = [each for each in self.questions.all() if each.is_active]
        return [each for each in asked if each.moment == CareQuestion.Moment.DAY]

    @property
    def tasks(self) -> "list[CareQuestion]":
        """What can have been done; of a kind with its questions loaded without a query."""
        found = [each for each in self.questions.all() if each.sort == CareQuestion.Sort.TASK]
        return [each for each in found if each.is_active]

    @property
    def is_checked(self) -> bool:
        """Whether something is measured or asked on the day of the care."""
        return self.needs_check or bool(self.day_conditions)

    @property
    def is_askable(self) -> bool:
        return self.is_active and self.way != Arrangement.EMERGENCY


ICONS = {"meals", "bathing", "cleaning", "urgent", "doctor", "day-care", "company", "visits"}


class CareQuestion(models.Model):
    """What is asked before a booking: a need that may be ticked, or a condition that must hold; and what is
    entered as done afterwards.

    Bookings refer to the codes, so a question is switched off and never deleted.
    """

    class Moment(models.TextChoices):
        """When a condition is asked: a fever of next week is not known today."""

        BOOKING = "booking", _("when booking")
        DAY = "day", _("on the day, by who gives the care")

    class Sort(models.TextChoices):
        NEED = "need", _("a need that may be ticked")
        CONDITION = "condition", _("a condition that must hold")
        TASK = "task", _("something that is done")

    class Wish(models.TextChoices):
        """What a need says about who comes."""

        WOMAN = "woman", _("a woman comes")
        SAME = "same", _("who came the last time")

    kind = models.ForeignKey(
        CareKind, models.PROTECT, related_name="questions", verbose_name=_("kind of care")
    )
    sort = models.CharField(_("sort"), max_length=10, choices=Sort)
    moment = models.CharField(_("asked"), max_length=10, choices=Moment, default=Moment.BOOKING)
    asks_address = models.BooleanField(
        _("asks for the address"), default=False, help_text=_("Of a need such as “bring it home”.")
    )
    wish = models.CharField(
        _("wish about who comes"), max_length=5, choices=Wish, blank=True, help_text=_("Of a need.")
    )
    is_strict = models.BooleanField(
        _("the wish refuses others"), default=False, help_text=_("Else whoever assigns somebody is warned.")
    )
    code = models.SlugField(_("code"), max_length=20)
    text_zh = models.CharField(_("sentence (Chinese)"), max_length=80)
    text_en = models.CharField(_("sentence (English)"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("is asked"), default=True)

    text = Bilingual()

    class Meta:
        verbose_name = _("question of a kind of care")
        verbose_name_plural = _("questions of a kind of care")
        ordering = ["kind", "sort", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="care_question_code_once",
                violation_error_message=_("This kind of care already has a question with this code."),
            ),
            models.CheckConstraint(
                condition=Q(wish="", is_strict=False) | (Q(sort="need") & ~Q(wish="")),
                name="care_question_wish_is_a_need",
                violation_error_message=_("A wish about who comes is a need."),
            ),
            models.CheckConstraint(
                condition=Q(moment="booking") | Q(sort="condition"),
                name="care_question_of_the_day_is_a_condition",
                violation_error_message=_("On the day conditions are asked, and no needs."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

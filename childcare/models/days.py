import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from childcare.models.applications import Application, of_family
from childcare.models.classes import NurseryClass
from childcare.models.teachers import of_classes
from circle.identifiers.encryption import seal_text, unseal_text
from circle.models import Community, Mandate, Resident, SealedText, User

VIEW, WRITE = "childcare.view_childday", "childcare.change_childday"
NOTE_LENGTH = 200


class ChildDayQuerySet(models.QuerySet["ChildDay"]):
    def for_user(self, user: User) -> Self:
        """Of the children whom this login may act for, and of the classes in its care."""
        return self.filter(of_classes(user, VIEW) | of_family(user, "application__"))

    def mine(self, user: User) -> Self:
        """Without what one sees as staff."""
        return self.filter(of_family(user, "application__"))

    def on(self, day: dt.date) -> Self:
        return self.filter(day=day)

    def shown(self) -> Self:
        return self.select_related(
            "application__child", "nursery_class", "collected_by", "collected_under__agent"
        )


class ChildDay(models.Model):
    """One day of one child in its class: who is expected, absent, here or gone home, and how the day was."""

    class Status(models.TextChoices):
        EXPECTED = "expected", _("expected")
        ABSENT = "absent", _("stays at home")
        PRESENT = "present", _("in the nursery")
        LEFT = "left", _("gone home")

    class Reason(models.TextChoices):
        ILL = "ill", _("ill")
        FAMILY = "family", _("a family matter")
        TRAVEL = "travel", _("away")
        OTHER = "other", _("something else")

    class Ate(models.TextChoices):
        ALL = "all", _("all of it")
        HALF = "half", _("about half")
        LITTLE = "little", _("little")

    class Slept(models.TextChoices):
        WELL = "well", _("well")
        SHORT = "short", _("for a short time")
        NOT = "not", _("not at all")

    class Mood(models.TextChoices):
        MERRY = "merry", _("merry")
        CALM = "calm", _("calm")
        TIRED = "tired", _("tired")
        SAD = "sad", _("sad")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="nursery_days", verbose_name=_("community")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="days", verbose_name=_("application")
    )
    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="days", verbose_name=_("class")
    )
    day = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.EXPECTED)
    status_at = models.DateTimeField(_("since"))
    reason = models.CharField(_("why absent"), max_length=6, choices=Reason, blank=True)
    is_late = models.BooleanField(_("reported after the time of the day"), default=False)
    # Under which the absence was reported; empty for a guardian and for staff.
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, related_name="nursery_absences", verbose_name=_("mandate")
    )
    # The absence that was reported before the child came all the same, or by a mistaken tap.
    earlier_reason = models.CharField(max_length=6, choices=Reason, blank=True, editable=False)
    earlier_is_late = models.BooleanField(default=False, editable=False)
    earlier_mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+", editable=False)
    arrived_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    collected_by = models.ForeignKey(
        Resident, models.PROTECT, null=True, related_name="collected", verbose_name=_("collected by")
    )
    collected_under = models.ForeignKey(
        Mandate, models.PROTECT, null=True, related_name="collected", verbose_name=_("collected under")
    )
    ate = models.CharField(_("ate"), max_length=6, choices=Ate, blank=True)
    slept = models.CharField(_("slept"), max_length=5, choices=Slept, blank=True)
    mood = models.CharField(_("mood"), max_length=5, choices=Mood, blank=True)
    note_sealed = SealedText()
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    # Of a day that the head closed afterwards: nobody had recorded who collected the child.
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )
    closing_words_sealed = SealedText()

    objects = ChildDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of a child")
        verbose_name_plural = _("days of children")
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["community", "day"], name="child_day_of_community"),
            models.Index(fields=["day"], condition=Q(status="present"), name="child_day_present"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["application", "day"], name="child_day_once"),
            models.CheckConstraint(
                condition=Q(status="absent") & ~Q(reason="") | ~Q(status="absent") & Q(reason=""),
                name="child_day_absent_with_a_reason",
                violation_error_message=_("Say why the child is absent."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["present", "left"])
                | Q(earlier_reason="", earlier_is_late=False, earlier_mandate=None),
                name="child_day_earlier_absence_of_a_child_here",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["present", "left"], arrived_at__isnull=False)
                | Q(status__in=["expected", "absent"], arrived_at=None),
                name="child_day_here_has_come",
            ),
            models.CheckConstraint(
                condition=Q(status="left", left_at__isnull=False, left_at__gte=F("arrived_at"))
                & (
                    Q(collected_by__isnull=False, collected_under=None)
                    | Q(collected_by=None, collected_under__isnull=False)
                    | Q(collected_by=None, collected_under=None, closed_by__isnull=False)
                )
                | ~Q(status="left") & Q(left_at=None, collected_by=None, collected_under=None),
                name="child_day_left_with_somebody",
                violation_error_message=_("Say who collected the child."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closing_words_sealed="")
                | Q(
                    status="left",
                    closed_at__isnull=False,
                    closed_at__gte=F("left_at"),
                    closed_by__isnull=False,
                )
                & ~Q(closing_words_sealed=""),
                name="child_day_closed_with_words",
                violation_error_message=_("Say why, in a few words."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

    @property
    def note(self) -> str:
        return unseal_text(self.note_sealed) if self.note_sealed else ""

    @property
    def closing_words(self) -> str:
        return unseal_text(self.closing_words_sealed) if self.closing_words_sealed else ""

    @staticmethod
    def sealed(text: str) -> str:
        return seal_text(text) if text else ""


class DayOutingQuerySet(models.QuerySet["DayOuting"]):
    def for_user(self, user: User) -> Self:
        """As the day that it belongs to."""
        return self.filter(child_day__in=ChildDay.objects.for_user(user))


class DayOuting(models.Model):
    """A child went home and came back on the same day, as from the doctor: who had collected it, and when."""

    child_day = models.ForeignKey(ChildDay, models.CASCADE, related_name="outings", verbose_name=_("day"))
    left_at = models.DateTimeField(_("left at"))
    returned_at = models.DateTimeField(_("came back at"))
    collected_by = models.ForeignKey(
        Resident, models.PROTECT, null=True, related_name="+", verbose_name=_("collected by")
    )
    collected_under = models.ForeignKey(
        Mandate, models.PROTECT, null=True, related_name="+", verbose_name=_("collected under")
    )

    objects = DayOutingQuerySet.as_manager()

    class Meta:
        verbose_name = _("outing of a child")
        verbose_name_plural = _("outings of children")
        ordering = ["left_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_at__gte=F("left_at")), name="day_outing_returns_after_leaving"
            ),
            models.CheckConstraint(
                condition=Q(collected_by__isnull=False, collected_under=None)
                | Q(collected_by=None, collected_under__isnull=False),
                name="day_outing_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

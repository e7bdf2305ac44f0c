"""What happened in an agency case, and when its clock stood still."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import AppendOnly, Edit
from services.models.case_states import CaseStatus
from services.models.cases import WORDS_LENGTH, AgencyCase


class CaseStep(AppendOnly):
    """`public` is read by the person whose case it is, `inner` by staff alone."""

    class Kind(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("step of a case", "asked for")
        ASSIGNED = "assigned", pgettext_lazy("step of a case", "has a handler")
        CHECKED = "checked", pgettext_lazy("step of a case", "papers looked at")
        AUTHORISED = "authorised", pgettext_lazy("step of a case", "authorised")
        ACCEPTED = "accepted", pgettext_lazy("step of a case", "accepted: papers complete")
        SUPPLEMENT = "supplement", pgettext_lazy("step of a case", "papers are missing")
        SUPPLIED = "supplied", pgettext_lazy("step of a case", "missing papers handed in")
        SUBMITTED = "submitted", pgettext_lazy("step of a case", "handed in at the office")
        STOPPED = "stopped", pgettext_lazy("step of a case", "the clock stands still")
        CORRECTED = "corrected", pgettext_lazy("step of a case", "days of a stop corrected")
        APPROVED = "approved", pgettext_lazy("step of a case", "approved")
        REFUSED = "refused", pgettext_lazy("step of a case", "refused by the office")
        HANDED_OVER = "handed_over", pgettext_lazy("step of a case", "result handed over")
        CLOSED = "closed", pgettext_lazy("step of a case", "closed")
        WITHDRAWN = "withdrawn", pgettext_lazy("step of a case", "withdrawn")
        TAKEN = "taken", pgettext_lazy("step of a case", "an original taken")
        PAPER = "paper", pgettext_lazy("step of a case", "an original passed on")
        RETURNED = "returned", pgettext_lazy("step of a case", "an original given back")
        NOTED = "noted", pgettext_lazy("step of a case", "noted")

    # A person who is forgotten takes the words along.
    edits: ClassVar[list[Edit]] = [
        Edit(when="NEW.public_words = '–' AND NEW.inner_words = '–'", only=("public_words", "inner_words"))
    ]

    case = models.ForeignKey(AgencyCase, models.PROTECT, related_name="steps", verbose_name=_("case"))
    kind = models.CharField(_("step"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    public_words = models.CharField(_("said to the resident"), max_length=WORDS_LENGTH, blank=True)
    inner_words = models.CharField(_("for colleagues alone"), max_length=WORDS_LENGTH, blank=True)
    is_visit = models.BooleanField(_("the resident came for it"), default=False)

    class Meta:
        verbose_name = _("step of an agency case")
        verbose_name_plural = _("steps of agency cases")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseStopQuerySet(models.QuerySet["CaseStop"]):
    def in_force(self) -> Self:
        """Neither corrected by a later row nor taken back."""
        return self.filter(corrected_by=None, is_void=False)


class CaseStop(AppendOnly):
    """Days on which the office's limit does not run. A row that corrects another one takes its place."""

    class Kind(models.TextChoices):
        SUPPLEMENT = "supplement", pgettext_lazy("stop of the clock", "papers are missing")
        NOTICE = "notice", pgettext_lazy("stop of the clock", "public notice")
        EXTENSION = "extension", pgettext_lazy("stop of the clock", "extension by the office")

    edits: ClassVar[list[Edit]] = [Edit(when="NEW.reason = '–'", only=("reason",))]

    case = models.ForeignKey(AgencyCase, models.PROTECT, related_name="stops", verbose_name=_("case"))
    kind = models.CharField(_("why the clock stands still"), max_length=12, choices=Kind)
    # Of a supplement: in which state papers were missing. Once in each, since a notice names all of them.
    asked_in = models.CharField(_("asked while"), max_length=12, choices=CaseStatus, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    is_void = models.BooleanField(_("entered by mistake"), default=False)
    reason = models.CharField(_("reason"), max_length=WORDS_LENGTH)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    at = models.DateTimeField(_("entered at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    objects = CaseStopQuerySet.as_manager()

    class Meta:
        verbose_name = _("stop of the clock")
        verbose_name_plural = _("stops of the clock")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="case_stop_ends_after_it_starts",
                violation_error_message=_("A stop cannot end before it begins."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="case_stop_has_a_reason"),
            models.UniqueConstraint(
                fields=["case", "asked_in"],
                condition=Q(kind="supplement", replaces=None),
                name="case_supplement_once_in_a_state",
                violation_error_message=_("All missing papers are asked for at once: that was done."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or ''}"

    @property
    def span(self) -> tuple[dt.date, dt.date | None]:
        return self.starts_on, self.ends_on

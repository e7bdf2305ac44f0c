"""The survey of each quarter (三感): three questions, answered without a name."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.public_codes import new_code
from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts
from circle.models.ratings import Level
from circle.models.residents import Resident

CHANGE = "circle.change_survey"


class Question(models.TextChoices):
    GAIN = "gain", _("How satisfied are you with what you can get done close to home?")
    HAPPY = "happy", _("How satisfied are you with life in our neighbourhood?")
    SAFE = "safe", _("How satisfied are you with safety in our neighbourhood?")


class SurveyQuerySet(models.QuerySet["Survey"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_survey"))

    def open(self, day: dt.date) -> Self:
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def closed(self, day: dt.date) -> Self:
        return self.filter(closes_on__lt=day)


class Survey(models.Model):
    """Open on both days and between them."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="surveys", verbose_name=_("community")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    papers_out = models.PositiveIntegerField(
        _("sheets handed out"), default=0, help_text=_("Those given to people to fill in at home.")
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-year", "-quarter", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["community", "year", "quarter"], name="survey_once_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="survey_quarter"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="survey_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(year)s, quarter %(quarter)s") % {"year": self.year, "quarter": self.quarter})

    def is_open_on(self, day: dt.date) -> bool:
        return self.opens_on <= day <= self.closes_on


class SurveyInvitation(models.Model):
    """Who was asked by link. What they answered is kept without any tie to it."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations", verbose_name=_("survey"))
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="survey_invitations",
        verbose_name=_("resident"),
    )
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    is_used = models.BooleanField(_("answered"), default=False)

    class Meta:
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")

    def __str__(self) -> str:
        return str(self.survey)

    def get_absolute_url(self) -> str:
        return reverse("survey", args=[self.code])


class SurveyAnswer(models.Model):
    """Of nobody: no person, no time."""

    class Channel(models.TextChoices):
        LINK = "link", pgettext_lazy("survey", "by the link")
        WINDOW = "window", pgettext_lazy("survey", "said at the window")
        PAPER = "paper", pgettext_lazy("survey", "on paper")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers", verbose_name=_("survey"))
    channel = models.CharField(_("came"), max_length=6, choices=Channel)
    gain = models.PositiveSmallIntegerField(Question.GAIN.label, choices=Level)
    happy = models.PositiveSmallIntegerField(Question.HAPPY.label, choices=Level)
    safe = models.PositiveSmallIntegerField(Question.SAFE.label, choices=Level)

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        constraints = [
            models.CheckConstraint(
                condition=Q(gain__range=(1, 5), happy__range=(1, 5), safe__range=(1, 5)),
                name="survey_answer_levels",
            )
        ]

    def __str__(self) -> str:
        return str(self.survey)

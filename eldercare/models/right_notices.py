"""Before you ask: who was told that a right begins or a card ends, and what they said."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.public_codes import new_code
from circle.models import (
    Community,
    Mandate,
    Message,
    Resident,
    User,
    Via,
    ids_represented_by,
    within_posts,
)
from circle.models.residents import living_condition
from eldercare.models.rights import Right
from services.models import AgencyCase

NOTICE_VIEW, NOTICE_CHANGE = "eldercare.view_rightnotice", "eldercare.change_rightnotice"
NEAR = "resident__building__"
DEDUPE = "right_notice:"


class HeldCardQuerySet(models.QuerySet["HeldCard"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, NOTICE_VIEW, near=NEAR))


class HeldCard(models.Model):
    """A card that somebody holds, and its last day; a renewed one has another day."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="held_cards", verbose_name=_("community")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="held_cards", verbose_name=_("resident")
    )
    right = models.ForeignKey(Right, models.PROTECT, related_name="held_cards", verbose_name=_("card"))
    ends_on = models.DateField(_("last day"))
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by")
    )

    same_community = ("right", "resident")
    one_of_both = ("right",)  # of two rows of one person that are merged

    objects = HeldCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card that somebody holds")
        verbose_name_plural = _("cards that people hold")
        ordering = ["ends_on", "id"]
        indexes = [models.Index(fields=["community", "ends_on"], name="held_card_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "right"],
                name="held_card_once",
                violation_error_message=_("This card is noted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.right_id} {self.ends_on}"


class RightNoticeQuerySet(models.QuerySet["RightNotice"]):
    def for_user(self, user: User) -> Self:
        """Of the communities and grids of one's posts, and of the people whom this login may act for."""
        return self.filter(within_posts(user, NOTICE_VIEW, near=NEAR) | in_the_name_of(user))

    def mine(self, user: User) -> Self:
        return self.filter(in_the_name_of(user))

    def open_on(self, day: dt.date) -> Self:
        """Without an answer, of people who live; an answer is of use until 30 days after the day."""
        long_ago = day - dt.timedelta(days=30)
        people = living_condition("resident")
        return self.filter(status=RightNotice.Status.TOLD, day__gte=long_ago, **people)

    def unreached(self) -> Self:
        """Whose message nobody has got: it waits on the knock list, or could not be delivered."""
        got = Message.objects.filter(
            dedupe=Concat(Value(DEDUPE), OuterRef("code")), status=Message.Status.SENT
        )
        return self.filter(~Exists(got))

    def shown(self) -> Self:
        return self.select_related("right__item", "case", "resident__building__grid", "resident__household")

    def with_papers(self) -> Self:
        """With what is held of the person, and what the item asks for."""
        rows = self.shown().select_related("resident__care_profile")
        return rows.prefetch_related("right__terms", "right__item__materials", "resident__held_cards__right")


def in_the_name_of(user: User) -> Q:
    return Q(resident__in=ids_represented_by(user, Mandate.Scope.BOOKINGS))


class RightNotice(models.Model):
    """Somebody is told once that a right begins for them, or that their card ends; made by the clock."""

    class Cause(models.TextChoices):
        BEGINS = "begins", _("a right begins")
        ENDS = "ends", _("a card ends")

    class Status(models.TextChoices):
        TOLD = "told", _("no answer yet")
        ACCEPTED = "accepted", pgettext_lazy("answer about a right", "wants it")
        DECLINED = "declined", pgettext_lazy("answer about a right", "does not want it")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="right_notices", verbose_name=_("community")
    )
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="right_notices", verbose_name=_("resident")
    )
    right = models.ForeignKey(Right, models.PROTECT, related_name="notices", verbose_name=_("right"))
    cause = models.CharField(_("what happens"), max_length=6, choices=Cause)
    day = models.DateField(_("day"))
    told_at = models.DateTimeField(_("message written at"))
    status = models.CharField(_("answer"), max_length=8, choices=Status, default=Status.TOLD)
    status_at = models.DateTimeField(_("since"), default=timezone.now)
    via = models.CharField(
        pgettext_lazy("how an answer came", "answered"), max_length=8, choices=Via, blank=True
    )
    is_on_paper = models.BooleanField(_("signed on the slip"), default=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    case = models.ForeignKey(
        AgencyCase,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="right_notices",
        verbose_name=_("agency case"),
    )

    same_community = ("right", "resident", "case")
    one_of_both = ("right", "day")

    objects = RightNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of a right")
        verbose_name_plural = _("notices of rights")
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["community", "status", "day"], name="right_notice_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "right", "day"],
                name="right_notice_once",
                violation_error_message=_("This person was told already."),
            ),
            models.CheckConstraint(
                condition=Q(status="told", via="", answered_by=None) | ~Q(status="told") & ~Q(via=""),
                name="right_notice_answered_somehow",
            ),
            models.CheckConstraint(
                condition=Q(status="accepted", case__isnull=False) | ~Q(status="accepted") & Q(case=None),
                name="right_notice_accepted_opens_a_case",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("right_notice", args=[self.code])

    @property
    def dedupe(self) -> str:
        return f"{DEDUPE}{self.code}"

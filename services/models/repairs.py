"""Repairs: what is broken where, who was asked to mend it, and the link by which they say that it is done."""

import base64
import datetime as dt
import hashlib
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.calendar.legal_parameters import rule_in_force
from circle.identifiers.encryption import seal_text, unseal_text
from circle.identifiers.public_codes import new_code
from circle.models import (
    Community,
    Firm,
    Mandate,
    Resident,
    SealedText,
    User,
    Via,
    ids_represented_by,
    within_posts,
)

VIEW, ADD, CHANGE = "services.view_repair", "services.add_repair", "services.change_repair"
PLACE_LENGTH, WORDS_LENGTH = 60, 300
MOST_PHOTOS = 4
TOKEN_LENGTH = 24


def repair_photo_days(on: dt.date) -> int | None:
    """How long the photographs are there after the end of the repair; None while no rule says it."""
    try:
        return int(rule_in_force("retention_repair_photos", on=on).params["days"])
    except ValidationError:
        return None


class RepairQuerySet(models.QuerySet["Repair"]):
    def for_user(self, user: User) -> Self:
        """Of the communities of one's posts, and those of the people whom this login may act for."""
        return self.filter(within_posts(user, VIEW) | Repair.in_the_name_of(user))

    def mine(self, user: User) -> Self:
        """The login's own and those of people it may act for; without what it sees as staff."""
        return self.filter(Repair.in_the_name_of(user))

    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def shown(self) -> Self:
        return self.select_related("firm", "resident__building", "resident__login", "mandate", "community")


class Repair(models.Model):
    """Reported, passed on to a firm, done, and closed once the person says on the phone that it holds."""

    class Kind(models.TextChoices):
        WATER = "water", _("water or drains")
        POWER = "power", _("electricity")
        GAS = "gas", _("gas")
        LIFT = "lift", _("lift")
        LIGHT = "light", _("light in the stairwell or outside")
        DOOR = "door", _("door, lock or window")
        OTHER = "other", _("something else")

    class Status(models.TextChoices):
        REPORTED = "reported", pgettext_lazy("repair", "reported")
        FORWARDED = "forwarded", pgettext_lazy("repair", "passed on")
        DONE = "done", pgettext_lazy("repair", "done, to be confirmed")
        CLOSED = "closed", pgettext_lazy("repair", "closed")
        CANCELLED = "cancelled", pgettext_lazy("repair", "cancelled")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="repairs", verbose_name=_("community")
    )
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="repairs", verbose_name=_("resident"))
    code = models.CharField(_("repair number"), max_length=8, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("what is broken"), max_length=8, choices=Kind)
    place = models.CharField(_("where"), max_length=PLACE_LENGTH)
    words = models.CharField(_("what happened, since when"), max_length=WORDS_LENGTH)
    # Who mends it gets the number only where the person wants that.
    gives_phone = models.BooleanField(_("the firm may ring them"), default=False)
    via = models.CharField(_("asked for"), max_length=8, choices=Via)
    reported_at = models.DateTimeField(pgettext_lazy("repair", "reported at"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("reported by")
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mandate")
    )
    firm = models.ForeignKey(
        Firm, models.PROTECT, null=True, blank=True, related_name="repairs", verbose_name=_("who mends it")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REPORTED)
    status_at = models.DateTimeField(_("since"))
    done_words = models.CharField(_("what was done"), max_length=WORDS_LENGTH, blank=True)
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    same_community = ("resident", "firm")

    objects = RepairQuerySet.as_manager()

    class Meta:
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        ordering = ["-reported_at", "-id"]
        indexes = [models.Index(fields=["community", "status", "status_at"], name="repair_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["reported", "cancelled"]) | Q(firm__isnull=False),
                name="repair_passed_on_to_a_firm",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["done", "closed"]) | ~Q(done_words=""),
                name="repair_done_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(reason=""), name="repair_cancelled_with_a_reason"
            ),
            models.CheckConstraint(condition=~Q(place="") & ~Q(words=""), name="repair_says_what_and_where"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("repair", args=[self.code])

    @staticmethod
    def in_the_name_of(user: User) -> Q:
        return Q(resident__in=ids_represented_by(user, Mandate.Scope.BOOKINGS))

    @property
    def is_live(self) -> bool:
        return self.status in LIVE


LIVE = [Repair.Status.REPORTED, Repair.Status.FORWARDED, Repair.Status.DONE]


class RepairLink(models.Model):
    """The address that a firm is given for one repair; only the hash of its secret part is stored.

    It says once that the repair is done. A new link ends the one before.
    """

    repair = models.ForeignKey(Repair, models.PROTECT, related_name="links", verbose_name=_("repair"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", verbose_name=_("firm"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    valid_until = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("link for a firm")
        verbose_name_plural = _("links for firms")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["repair"],
                condition=Q(used_at=None, ended_at=None),
                name="repair_link_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(ended_at=None), name="repair_link_used_or_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repair_id} {self.pk}"


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class RepairPhoto(models.Model):
    """What is broken, or what was mended; encrypted in its row, as photographs of papers are."""

    repair = models.ForeignKey(Repair, models.PROTECT, related_name="photos", verbose_name=_("repair"))
    shows_result = models.BooleanField(_("shows what was mended"), default=False)
    image_sealed = SealedText()
    at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("photo of a repair")
        verbose_name_plural = _("photos of repairs")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.repair_id} {self.pk}"

    @property
    def data_uri(self) -> str:
        """WebP, as circle.images.uploads makes it: shown in the page itself, so it has no address."""
        return f"data:image/webp;base64,{unseal_text(self.image_sealed)}"

    @classmethod
    def of(cls, repair: Repair, image: bytes, at: dt.datetime, *, shows_result: bool = False) -> Self:
        sealed = seal_text(base64.b64encode(image).decode())
        return cls(repair=repair, image_sealed=sealed, at=at, shows_result=shows_result)

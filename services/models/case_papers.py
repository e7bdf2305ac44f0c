"""Papers of an agency case: the originals in our drawer, and the photographs."""

import base64
import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.calendar.legal_parameters import rule_in_force
from circle.identifiers.encryption import seal_text, unseal_text
from circle.models import SealedText
from services.models.cases import AgencyCase

PAPER_NAME_LENGTH = 80
MOST_PHOTOS = 12


def photo_days(on: dt.date) -> int | None:
    """How long the photographs are there after the end of the case; None while no rule says it."""
    try:
        return int(rule_in_force("retention_case_photos", on=on).params["days"])
    except ValidationError:
        return None


class CasePaper(models.Model):
    """An original that we took: who has it since when, and to whom it was given back."""

    class Place(models.TextChoices):
        US = "us", pgettext_lazy("an original", "with us")
        OFFICE = "office", pgettext_lazy("an original", "at the office")
        RETURNED = "returned", pgettext_lazy("an original", "given back")

    case = models.ForeignKey(AgencyCase, models.PROTECT, related_name="papers", verbose_name=_("case"))
    name = models.CharField(_("which paper"), max_length=PAPER_NAME_LENGTH)
    received_at = models.DateTimeField(_("taken at"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken by")
    )
    place = models.CharField(_("where it is"), max_length=8, choices=Place, default=Place.US)
    since = models.DateTimeField(pgettext_lazy("an original", "there since"))
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="held_papers",
        verbose_name=_("who has it"),
    )
    returned_to = models.CharField(_("given back to"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("original of a case")
        verbose_name_plural = _("originals of cases")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place="returned") ^ Q(returned_to=""), name="case_paper_returned_to_somebody"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="case_paper_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_out(self) -> bool:
        return self.place != self.Place.RETURNED


class CasePhoto(models.Model):
    """A photographed paper, encrypted in the database: it never lies in a folder that a server hands out."""

    case = models.ForeignKey(AgencyCase, models.PROTECT, related_name="photos", verbose_name=_("case"))
    is_authorisation = models.BooleanField(_("the signed authorisation"), default=False)
    image_sealed = SealedText()
    at = models.DateTimeField(_("sent at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )

    class Meta:
        verbose_name = _("photographed paper")
        verbose_name_plural = _("photographed papers")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"

    @property
    def image(self) -> bytes:
        """WebP, as circle.images.uploads makes it."""
        return base64.b64decode(unseal_text(self.image_sealed))

    @image.setter
    def image(self, content: bytes) -> None:
        self.image_sealed = seal_text(base64.b64encode(content).decode())

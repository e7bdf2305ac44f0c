from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.posts import within_posts
from circle.models.records import AppendOnly


class RevealQuerySet(models.QuerySet["Reveal"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_record", "resident__community"))


class Reveal(AppendOnly):
    """A member of staff had a whole number shown, with the reason."""

    class Field(models.TextChoices):
        ID_NUMBER = "id_number", _("ID number")
        PHONE = "phone", _("phone")

    resident = models.ForeignKey(
        "circle.Resident", models.PROTECT, related_name="reveals", verbose_name=_("resident")
    )
    field = models.CharField(_("what"), max_length=10, choices=Field)
    reason = models.CharField(_("reason"), max_length=120)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))

    objects = RevealQuerySet.as_manager()

    class Meta:
        verbose_name = _("number shown")
        verbose_name_plural = _("numbers shown")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.field}"

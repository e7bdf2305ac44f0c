"""Who gives care: what an elder may wish for, and the number that both sides can check."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.public_codes import short_code
from circle.models import Community, User, within_posts


class CareWorkerQuerySet(models.QuerySet["CareWorker"]):
    def for_user(self, user: User) -> Self:
        """Oneself, and as staff those of the community."""
        return self.filter(within_posts(user, "eldercare.view_careworker") | Q(user=user.pk))


class CareWorker(models.Model):
    """A member of the care team; shifts of the kinds, leave and certificates stand in tables of their own."""

    class Sex(models.TextChoices):
        WOMAN = "woman", pgettext_lazy("a carer", "woman")
        MAN = "man", pgettext_lazy("a carer", "man")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="care_workers", verbose_name=_("community")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="care_worker", verbose_name=_("login")
    )
    number = models.CharField(_("staff number"), max_length=8, default=short_code, editable=False)
    sex = models.CharField(_("sex"), max_length=5, choices=Sex)
    dialects = models.CharField(
        _("dialects"), max_length=80, blank=True, help_text=_("Such as: Guiyang, Miao.")
    )

    objects = CareWorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("care worker")
        verbose_name_plural = _("care workers")
        ordering = ["user__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"],
                name="care_worker_once",
                violation_error_message=_("This person is entered already."),
            ),
            models.UniqueConstraint(fields=["number"], name="care_worker_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.user)

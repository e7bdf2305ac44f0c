"""Who gives care: what an elder may wish for, and the number that both sides can check."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.booking.shifts import Shift
from circle.identifiers.public_codes import short_code
from circle.models import Community, User, within_posts


class CareWorkerQuerySet(models.QuerySet["CareWorker"]):
    def for_user(self, user: User) -> Self:
        """Oneself, and as staff those of the community."""
        return self.filter(within_posts(user, "eldercare.view_careworker") | Q(user=user.pk))

    def without_photos(self) -> Self:
        """A photo is some kilobytes, and few pages show it."""
        return self.defer("photo")


class CareWorker(models.Model):
    """A member of the care team; working hours, leave and certificates stand in tables of their own."""

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
    # A small WebP in the row itself: whoever may see the row sees it, and it has no address of its own.
    photo = models.BinaryField(_("photo"), default=bytes, blank=True)

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


class WorkerShift(Shift):
    """When a member of the care team works; without any, whenever care is given."""

    worker = models.ForeignKey(
        CareWorker, models.CASCADE, related_name="shifts", verbose_name=_("care worker")
    )

    class Meta(Shift.Meta):
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["worker", "weekday", "date", "opens"]
        constraints = [
            *Shift.Meta.constraints,
            models.UniqueConstraint(
                fields=["worker", "weekday", "opens"],
                condition=Q(date=None, valid_from=None),
                name="worker_shift_once_a_week",
                violation_error_message=_("There is already a shift that begins then."),
            ),
            models.UniqueConstraint(
                fields=["worker", "date", "opens"],
                condition=Q(date__isnull=False),
                name="worker_shift_once_on_a_date",
                violation_error_message=_("There is already a shift that begins then."),
            ),
        ]

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from circle.models import Community, User, within_posts

ONE_MONTH = dt.timedelta(days=30)


class Skill(models.TextChoices):
    """What somebody has to be trained for, by the kind of care."""

    BATHING = "bathing", _("bathing elders")
    ESCORT = "escort", _("going to the doctor with elders")
    FIRST_AID = "first_aid", _("first aid")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "eldercare.view_certificate"))

    def valid(self, on: dt.date) -> Self:
        """The last day included."""
        return self.filter(until__gte=on)

    def ending(self, today: dt.date) -> Self:
        """Within a month, and not renewed for longer; those that have ended already are not among them."""
        soon = today + ONE_MONTH
        later = Certificate.objects.filter(
            community=OuterRef("community"), user=OuterRef("user"), skill=OuterRef("skill"), until__gt=soon
        )
        return self.valid(today).filter(until__lte=soon).exclude(Exists(later))


class Certificate(models.Model):
    """That a member of the care team is trained for something, until a day; a renewal is another row."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="certificates", verbose_name=_("community")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates", verbose_name=_("who holds it")
    )
    skill = models.CharField(_("skill"), max_length=12, choices=Skill)
    until = models.DateField(_("valid until"))

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["until", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user", "skill", "until"],
                name="certificate_once",
                violation_error_message=_("This certificate is entered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_skill_display()} · {self.user} · {self.until:%Y-%m-%d}"

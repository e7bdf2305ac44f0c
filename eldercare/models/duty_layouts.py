import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.models import Community


class DutyLayout(models.Model):
    """Up to which reason the duties of a community were last laid out, and for which day.

    So the invariant can tell whom the clock forgot from whom it has not come to yet.
    """

    community = models.OneToOneField(
        Community, models.PROTECT, related_name="duty_layout", verbose_name=_("community")
    )
    day = models.DateField(_("day"))
    last_tag = models.BigIntegerField(_("latest reason"))

    def __str__(self) -> str:
        return f"{self.community_id} {self.day}"

    @classmethod
    def note(cls, community: Community, day: dt.date, last_tag: int) -> None:
        cls.objects.update_or_create(community=community, defaults={"day": day, "last_tag": last_tag})

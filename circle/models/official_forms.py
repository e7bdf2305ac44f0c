"""Forms of the district that we fill in: an empty workbook, and which of our columns goes where."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts

VIEW, CHANGE = "circle.view_officialform", "circle.change_officialform"


class OfficialFormQuerySet(models.QuerySet["OfficialForm"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, VIEW))


class OfficialForm(models.Model):
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="official_forms", verbose_name=_("community")
    )
    name = models.CharField(_("name"), max_length=80)
    list_key = models.SlugField(_("filled with"), max_length=30)
    # In the database, since it is small, goes with the backup, and is served to staff only.
    workbook = models.BinaryField(_("empty form (.xlsx)"))
    head_row = models.PositiveSmallIntegerField(
        _("row of the headings"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    columns = models.JSONField(_("columns"), default=dict, blank=True)  # {"B": "item"}
    changed_at = models.DateTimeField(_("last changed"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("changed by")
    )

    objects = OfficialFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("form of the district")
        verbose_name_plural = _("forms of the district")
        ordering = ["community", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"],
                name="official_form_name_once",
                violation_error_message=_("There is already a form with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

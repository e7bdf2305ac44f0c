from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.models.facilities import FacilityKind
from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts


class InventoryQuerySet(models.QuerySet["Inventory"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_inventory"))


class Inventory(models.Model):
    """A confirmation that all facilities of a kind have been entered, even if there are none.

    Without it a page cannot know whether a facility is missing or only its entry.
    """

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="inventories", verbose_name=_("community")
    )
    kind = models.ForeignKey(FacilityKind, models.PROTECT, related_name="inventories", verbose_name=_("kind"))
    confirmed_on = models.DateField(_("complete as of"))

    objects = InventoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("complete inventory")
        verbose_name_plural = _("complete inventories")
        ordering = ["community", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "kind"],
                name="inventory_once_per_kind",
                violation_error_message=_("This kind already has its date."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.confirmed_on}"

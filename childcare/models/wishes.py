from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from childcare.models.applications import HOLDING, Application, in_reach, of_family
from childcare.models.classes import NurseryClass
from childcare.models.seats import Stay
from circle.models import User

MOST_WISHES = 3


class FurtherWishQuerySet(models.QuerySet["FurtherWish"]):
    def for_user(self, user: User) -> Self:
        """Of the children whom this login may act for, and what staff of the nursery may read."""
        staff = in_reach(user, "childcare.view_application", "application__")
        return self.filter(staff | of_family(user, "application__"))


class FurtherWish(models.Model):
    """A class that a family would take as well; its first wish stands in the application."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="further_wishes", verbose_name=_("application")
    )
    rank = models.PositiveSmallIntegerField(_("which wish"))
    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="further_wishes", verbose_name=_("class wanted")
    )

    objects = FurtherWishQuerySet.as_manager()

    class Meta:
        verbose_name = _("further wish")
        verbose_name_plural = _("further wishes")
        ordering = ["application", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["application", "rank"], name="further_wish_rank_once"),
            models.UniqueConstraint(fields=["application", "nursery_class"], name="further_wish_class_once"),
            models.CheckConstraint(condition=Q(rank__range=(2, MOST_WISHES)), name="further_wish_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.rank}"


def waits_for(group: NurseryClass) -> Q:
    """Applications in the line of the class: without a place yet, or with one of a later wish."""
    named = FurtherWish.objects.filter(application=OuterRef("pk"))
    second = Exists(named.filter(nursery_class=group, rank=2))
    wanted = Q(nursery_class=group) | Q(Exists(named.filter(nursery_class=group)))
    held = named.filter(nursery_class=OuterRef("offer__nursery_class"))
    has_later = Q(Exists(held), nursery_class=group) | Q(second, Exists(held.filter(rank=3)))
    booked = Stay.objects.booked().filter(application=OuterRef("pk"), nursery_class=group)
    holds = Q(has_later, ~Exists(booked), status__in=HOLDING, last_day=None)
    return Q(wanted, status__in=["submitted", "verified"]) | holds


def wishes_of(application: Application) -> list[NurseryClass]:
    """The first one first; one query."""
    rows = application.further_wishes.select_related("nursery_class__facility").order_by("rank")
    first = [application.nursery_class] if application.nursery_class else []
    return [*first, *(row.nursery_class for row in rows)]

"""Limited capacity (slots, portions, course and day places): the only means by which places are taken."""

import datetime as dt
import uuid
from typing import Any, Self

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

CONSTRAINT = "%(app_label)s_%(class)s_within_capacity"


class LimitedCapacityQuerySet(models.QuerySet[Any]):
    def with_places_left(self) -> Self:
        return self.filter(taken__lt=F("capacity"))


class LimitedCapacity(models.Model):
    """A number of places and how many are taken. Two shares of one total (online, counter) are two rows.

    A subclass needs `class Meta(LimitedCapacity.Meta)`, repeats `*LimitedCapacity.Meta.constraints` where it
    has its own, and has a manager whose queryset is a LimitedCapacityQuerySet.
    """

    capacity = models.PositiveIntegerField(_("places"))
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(taken__gte=0, taken__lte=F("capacity")), name=CONSTRAINT)
        ]

    @property
    def left(self) -> int:
        return self.capacity - self.taken

    def take(self, n: int = 1, *conditions: Q, **more: Any) -> None:
        """Take `n` places in one conditional UPDATE; the conditions on this row must hold as well.

        Refuses: full (also where a condition does not hold: the caller tells the two apart).
        """
        rows = type(self)._default_manager.filter(
            *conditions, pk=self.pk, taken__lte=F("capacity") - n, **more
        )
        if rows.update(taken=F("taken") + n) != 1:
            raise ValidationError(_("No place is left."), code="full")
        self.taken += n

    def give_back(self, n: int = 1) -> None:
        """Free `n` places. Freeing more than were taken is a program error and aborts the transaction."""
        rows = type(self)._default_manager.filter(pk=self.pk, taken__gte=n)
        if rows.update(taken=F("taken") - n) != 1:
            raise RuntimeError(f"{self._meta.label} {self.pk}: {n} more given back than taken")
        self.taken -= n

    def resize(self, by: int) -> None:
        """Add places, or remove free ones with a negative number.

        Refuses: full (fewer than that are free).
        """
        rows = type(self)._default_manager.filter(pk=self.pk, capacity__gte=F("taken") - by)
        if rows.update(capacity=F("capacity") + by) != 1:
            raise ValidationError(_("Fewer places than that are free."), code="full")
        self.capacity += by


class ClosedBy(models.TextChoices):
    NOBODY = "", _("open")
    TIMETABLE = "timetable", _("closed by the timetable")
    STAFF = "staff", _("closed by staff")


class TimeSlotQuerySet(LimitedCapacityQuerySet):
    def open(self) -> Self:
        return self.filter(closed_by=ClosedBy.NOBODY)

    def upcoming(self, at: dt.datetime) -> Self:
        return self.filter(starts_at__gt=at)


class TimeSlot(LimitedCapacity):
    """Limited capacity from one time to another, generated from a timetable by circle/booking/slots.py."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.DateField(_("day"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    closed_by = models.CharField(_("closed by"), max_length=10, choices=ClosedBy, blank=True, default="")

    class Meta(LimitedCapacity.Meta):
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.closed_by == ClosedBy.NOBODY


@register()
def check_capacity_constraints(**kwargs: Any) -> list[CheckMessage]:
    """circle.E001: a subclass whose Meta drops the CHECK, so that its table could be oversold."""
    return [
        Error(
            f"{model.__name__} lacks the CHECK on its capacity: write class Meta(LimitedCapacity.Meta).",
            obj=model,
            id="circle.E001",
        )
        for model in apps.get_models()
        if issubclass(model, LimitedCapacity) and not has_capacity_constraint(model)
    ]


def has_capacity_constraint(model: type[models.Model]) -> bool:
    name = f"{model._meta.app_label}_{model._meta.model_name}_within_capacity"
    return any(constraint.name == name for constraint in model._meta.constraints)

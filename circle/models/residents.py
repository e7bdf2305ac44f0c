import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.base import Sealed, SealedIndex, SealedText
from circle.models.mandates import Mandate
from circle.models.people import User
from circle.models.places import Building, Community
from circle.models.posts import within_posts
from circle.phones import masked
from circle.vault import index_of


class Household(models.Model):
    """People who live behind one door."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="registered_households", verbose_name=_("community")
    )
    building = models.ForeignKey(
        Building, models.PROTECT, related_name="registered_households", verbose_name=_("building")
    )
    door = models.CharField(_("entrance and door"), max_length=20, help_text=_("Such as 2-501."))

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("registered households")
        ordering = ["community", "building", "door"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "door"],
                name="household_door_once",
                violation_error_message=_("This door is already registered."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.building} {self.door}"


class ResidentQuerySet(models.QuerySet["Resident"]):
    def for_user(self, user: User) -> Self:
        """Whom this login may see: itself, those it may act for, and as staff the community's residents."""
        return self.filter(
            within_posts(user, "circle.view_resident", near="building__")
            | Q(pk__in=self.represented_by(user).values("pk"))
        )

    def own(self, user: User) -> Self:
        """Of this login, and those whom staff registered with its phone number before it first signed in."""
        own = Q(login=user)
        if user.phone_index and user.phone_verified_at:
            own |= Q(login=None, phone_index=user.phone_index)
        return self.living().filter(own)

    def represented_by(self, user: User, scope: str = "") -> Self:
        """In whose name this login may act today: its own people and those with a mandate for the scope."""
        mandates = Mandate.objects.active().filter(agent=user)
        if scope:
            mandates = mandates.covering(scope)
        own = Resident.objects.own(user)
        return self.living().filter(Q(pk__in=own.values("pk")) | Q(pk__in=mandates.values("principal")))

    def living(self) -> Self:
        return self.filter(died_on=None)

    def with_phone(self, phone: str) -> Self:
        """`phone` as `circle.phones` returns it."""
        return self.filter(phone_index=index_of(phone))


class Resident(models.Model):
    """A person. An elder without login, phone or papers is a full resident."""

    class IdType(models.TextChoices):
        RESIDENT = "resident", _("resident identity card")
        PASSPORT = "passport", _("passport")
        HMT = "hmt", _("residence permit for Hong Kong, Macao and Taiwan residents")
        FOREIGN = "foreign", _("foreign permanent resident card")

    class Language(models.TextChoices):
        ZH = "zh-hans", "中文"
        EN = "en", "English"

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="people", verbose_name=_("community")
    )
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    phone_sealed = SealedText()
    phone_index = SealedIndex()
    id_type = models.CharField(_("kind of paper"), max_length=10, choices=IdType, blank=True)
    id_number_sealed = SealedText()
    id_number_index = SealedIndex()
    login = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="residents",
        verbose_name=_("login"),
        help_text=_("One phone may serve several people, and many have none."),
    )
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("building")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("household")
    )
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.ZH)
    died_on = models.DateField(_("died on"), null=True, blank=True)

    objects = ResidentQuerySet.as_manager()

    phone = Sealed()
    id_number = Sealed()

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("registered residents")
        ordering = ["community", "name", "id"]
        indexes = [
            models.Index(fields=["community", "phone_index"], name="resident_phone"),
            models.Index(fields=["community", "name"], name="resident_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "id_number_index"],
                name="resident_id_number_once",
                violation_error_message=_("There is already a resident with this ID number."),
            ),
            models.CheckConstraint(
                condition=Q(id_number_index=None) | ~Q(id_type=""),
                name="resident_id_number_has_its_kind",
                violation_error_message=_("Say what kind of paper the number is from."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_told(self) -> bool:
        """Nobody writes to the dead."""
        return self.died_on is None

    @property
    def masked_phone(self) -> str:
        return masked(self.phone) if self.phone_sealed else ""

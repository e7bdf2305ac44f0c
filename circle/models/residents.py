import datetime as dt
import uuid
from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle import text_matching
from circle.identifiers.encryption import indexes_of
from circle.identifiers.id_documents import IdType
from circle.identifiers.masking import mask_id, mask_phone
from circle.identifiers.person_names import PersonNameField
from circle.models.base import Sealed, SealedIndex, SealedPhone, SealedText, tail_text
from circle.models.guardians import ADULT_AT, Guardianship, years_before
from circle.models.mandates import Mandate
from circle.models.people import User
from circle.models.places import Building, Community
from circle.models.posts import within_posts
from circle.models.read_once import read_once


class Household(models.Model):
    """The people of one flat."""

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
        """Residents whom this login may see: its own, those it may act for, and as staff the community's."""
        return self.filter(
            within_posts(user, "circle.view_resident", near="building__") | Q(pk__in=ids_represented_by(user))
        )

    def own(self, user: User) -> Self:
        """Residents of this login, and those registered with its phone number before its first sign-in."""
        return self.filter(pk__in=own_ids(user))

    def of_login(self, user: User) -> Self:
        """Like `own`, whether or not the number is in doubt."""
        if user.phone_verified_at:
            return self.with_number(user)
        return self.living().filter(login=user)

    def with_number(self, user: User) -> Self:
        """Like `own`, whether or not the number was proved by a code."""
        conditions = [Q(**condition) for condition in conditions_of_login(user, has_number=True)]
        return self.living().filter(reduce(or_, conditions))

    def with_wards(self, user: User) -> Self:
        """Its own people and their children, without those for whom it only has a mandate."""
        family = [person for person, covered in people_of(user) if covered in (OWN, WARD)]
        return self.filter(pk__in=family)

    def represented_by(self, user: User, scope: str = "") -> Self:
        """Residents for whom this login may act today: its own, their children, and by mandate."""
        return self.filter(pk__in=ids_represented_by(user, scope))

    def living(self) -> Self:
        """Alive, and no duplicate of another row."""
        return self.filter(died_on=None, merged_into=None, erased_at=None)

    def minors(self, on: dt.date | None = None) -> Self:
        """Not of age on that day (today unless given)."""
        return self.filter(born_on__gt=years_before(on or timezone.localdate(), ADULT_AT))

    def with_phone_tail(self, digits: str) -> Self:
        """By the last four digits; only within a community, where a few share them."""
        return self.filter(phone_tail__in=indexes_of(tail_text(digits)))

    def with_phone(self, phone: str) -> Self:
        """`phone` as `circle.identifiers.phone_numbers` returns it."""
        return self.filter(phone_index__in=indexes_of(phone))

    def with_id_number(self, number: str) -> Self:
        """`number` as `circle.identifiers.id_documents` returns it."""
        return self.filter(id_number_index__in=indexes_of(number))


class Resident(models.Model):
    """A person. An elder without login, phone or papers is a full resident."""

    IdType = IdType

    class Language(models.TextChoices):
        ZH = "zh-hans", "中文"
        EN = "en", "English"

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="people", verbose_name=_("community")
    )
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = PersonNameField(pgettext_lazy("of a person", "name"), max_length=60)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    phone_sealed = SealedText()
    phone_index = SealedIndex()
    # Of the last four digits, as people say them on the phone. The same key; only within a community.
    phone_tail = SealedIndex()
    id_type = models.CharField(_("kind of paper"), max_length=10, choices=IdType, blank=True)
    id_number_sealed = SealedText()
    id_number_index = SealedIndex()
    id_needed_for = models.CharField(
        _("what the number is needed for"),
        max_length=60,
        blank=True,
        help_text=_("The item or the check that asks for it, such as the old-age allowance."),
    )
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
    died_on = models.DateField(_("died on"), null=True, blank=True, editable=False)
    death_reported_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="duplicates",
        verbose_name=_("duplicate of"),
    )
    search_key = models.TextField(editable=False, default="")
    # The person is forgotten: what is left of the row holds no fact about anybody.
    erased_at = models.DateTimeField(_("forgotten at"), null=True, blank=True, editable=False)
    # Whom old rows belong to once they name nobody; one of a community.
    is_nobody = models.BooleanField(default=False, editable=False)

    objects = ResidentQuerySet.as_manager()

    phone = SealedPhone()
    id_number = Sealed()

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("registered residents")
        permissions = [
            ("reveal_resident", "Can have a whole number shown"),
            ("file_resident", "Can file for residents at their door"),
        ]
        ordering = ["community", "name", "id"]
        indexes = [
            models.Index(fields=["community", "phone_index"], name="resident_phone"),
            # Of a login's own people, in whatever community.
            models.Index(
                fields=["phone_index"], condition=Q(phone_index__isnull=False), name="resident_own_phone"
            ),
            models.Index(fields=["community", "name"], name="resident_name"),
            models.Index(
                fields=["death_reported_at"],
                condition=Q(death_reported_at__isnull=False),
                name="resident_deaths",
            ),
            models.Index(fields=["community", "phone_tail"], name="resident_phone_tail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "id_number_index"],
                name="resident_id_number_once",
                violation_error_message=_("There is already a resident with this ID number."),
            ),
            models.UniqueConstraint(
                fields=["community"], condition=Q(is_nobody=True), name="resident_nobody_once"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(phone_index=None, id_number_index=None, login=None),
                name="resident_erased_has_no_way_back",
            ),
            models.CheckConstraint(
                condition=Q(id_number_index=None) | ~Q(id_type=""),
                name="resident_id_number_has_its_kind",
                violation_error_message=_("Say what kind of paper the number is from."),
            ),
            models.CheckConstraint(
                condition=Q(id_number_index=None) | ~Q(id_needed_for=""),
                name="resident_id_number_has_its_need",
                violation_error_message=_("Say what the number is needed for. Without a need we keep none."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="resident_merged_into_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The key is a fact of the same row and must follow each change of the name."""
        self.search_key = text_matching.build_key([self.name], []) if self.erased_at is None else ""
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(*args, **kwargs)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone) if self.phone_sealed else ""

    @property
    def masked_id_number(self) -> str:
        return mask_id(self.id_number) if self.id_number_sealed else ""


# The people of a login are read as ids, in one query whose parts each walk an index of their own. Nested into
# every condition of a page they took most of its time: an OR of subqueries is asked row by row.
OWN, WARD = "own", "ward"  # in the place of a mandate's scope
OFFERED = "offered"  # a mandate that the login was asked to take on: nothing may be done by it


def people_of(user: User) -> list[tuple[int, str]]:
    """The living people for whom this login may act today: (id, OWN, WARD or the scope of a mandate)."""
    return [row for row in _rows_of_login(user) if row[1] != OFFERED]


def has_offered_mandate(user: User) -> bool:
    """Whether somebody waits for this login's agreement to act for them; no query beside `people_of`."""
    return any(covered == OFFERED for _person, covered in _rows_of_login(user))


def _rows_of_login(user: User) -> list[tuple[int, str]]:
    if user.in_doubt_since:
        return []
    return read_once(("people", user.pk), lambda: list(_people_and_offers(user)))


def _people_and_offers(user: User) -> "models.QuerySet[Any, tuple[int, str]]":
    mandates = Mandate.objects.active().personal().filter(agent=user, **living_condition("principal"))
    offered = Mandate.objects.offered().filter(agent=user).order_by()
    parts: list[Any] = [offered.values_list("principal", Value(OFFERED))]
    for condition in conditions_of_login(user, has_number=bool(user.phone_verified_at)):
        adult = {f"adult__{name}": value for name, value in condition.items()}
        wards = Guardianship.objects.current().filter(
            **adult, **living_condition("adult"), **living_condition("child")
        )
        parts += [
            Resident.objects.living().filter(**condition).order_by().values_list("pk", Value(OWN)),
            wards.order_by().values_list("child", Value(WARD)),
        ]
    return mandates.order_by().values_list("principal", "scope").union(*parts)


def conditions_of_login(user: User, *, has_number: bool) -> list[dict[str, Any]]:
    """Of the residents of this login; with `has_number` also of those with its number and no login yet."""
    conditions: list[dict[str, Any]] = [{"login": user}]
    if has_number and user.phone_sealed:
        conditions.append({"login": None, "phone_index__in": indexes_of(user.phone)})
    return conditions


def living_condition(path: str) -> dict[str, None]:
    """The condition of `ResidentQuerySet.living` for the person at the end of this path."""
    return {f"{path}__died_on": None, f"{path}__merged_into": None, f"{path}__erased_at": None}


def own_ids(user: User) -> list[int]:
    """Of `ResidentQuerySet.own`, in no order."""
    return [person for person, covered in people_of(user) if covered == OWN]


def ids_represented_by(user: User, scope: str = "") -> list[int]:
    """Of `ResidentQuerySet.represented_by`, in no order, for a condition `resident__in`."""
    covering = (OWN, WARD, scope, Mandate.Scope.ALL)
    return [person for person, covered in people_of(user) if not scope or covered in covering]

from typing import Any

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.encryption import indexes_of
from circle.identifiers.masking import mask_phone
from circle.identifiers.person_names import PersonNameField
from circle.models.base import Sealed, SealedIndex, SealedText


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def with_phone(self, phone: str) -> "User | None":
        """The login of this mobile number, as `identifiers.phone_numbers.parse_mobile` returns it."""
        return self.filter(phone_index__in=indexes_of(phone)).first()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A login. Its person is a row of its own: an elder without a login is a full resident."""

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    phone_sealed = SealedText()
    phone_index = SealedIndex(unique=True)
    phone_verified_at = models.DateTimeField(_("phone verified at"), null=True, blank=True, editable=False)
    # A number unused for half a year may have a new owner: it opens nothing until they say who they are.
    in_doubt_since = models.DateTimeField(_("number in doubt since"), null=True, blank=True, editable=False)
    doubt_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    name = PersonNameField(pgettext_lazy("of a person", "name"), max_length=80, blank=True)
    is_staff = models.BooleanField(_("may enter the back office"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    password_set_at = models.DateTimeField(_("password set at"), null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now)

    objects = UserManager()

    phone = Sealed()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("login")
        verbose_name_plural = _("logins")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message=_("There is already a login with this e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone_index__isnull=False),
                name="user_has_email_or_phone",
                violation_error_message=_("A login needs an e-mail address or a mobile number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or mask_phone(self.phone)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.password_set_at = timezone.now() if raw_password else None

    def get_short_name(self) -> str:
        return self.name

    @property
    def may_use_number(self) -> bool:
        """Whether the number was proved by a code and is not in doubt."""
        return self.phone_verified_at is not None and self.in_doubt_since is None

    def has_global_permission(self, permission: str) -> bool:
        """Whether the permission comes from the login (owner, group) and not from a post in one community."""
        if not self.is_active or self.is_superuser:
            return self.is_active
        return permission in self.get_user_permissions() | self.get_group_permissions()

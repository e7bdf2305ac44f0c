from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models.applications import LIVE, Application, in_reach, of_family
from circle.identifiers.encryption import indexes_of
from circle.identifiers.masking import mask_phone
from circle.identifiers.public_codes import new_code
from circle.models import Sealed, SealedIndex, SealedText, User


class SecondParentQuerySet(models.QuerySet["SecondParent"]):
    def for_user(self, user: User) -> Self:
        """Of the children whom this login may act for, and staff; whoever was named reads `named_to`."""
        staff = in_reach(user, "childcare.view_application", "application__")
        return self.filter(staff | of_family(user, "application__"))

    def current(self) -> Self:
        return self.filter(ended_at=None)

    def waiting(self) -> Self:
        return self.current().filter(confirmed_at=None, application__status__in=LIVE)

    def named_to(self, user: User) -> Self:
        """Of the number that this login has proved by a code: it has not answered yet."""
        if not user.may_use_number:
            return self.none()
        return self.waiting().filter(phone_index__in=indexes_of(user.phone))


class SecondParent(models.Model):
    """The other parent, named by the first with a phone number. Nothing of the child is theirs to see before
    they have confirmed it themselves; then they are a guardian like the first."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="second_parents", verbose_name=_("application")
    )
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    relation = models.CharField(_("relation to the child"), max_length=8, choices=Application.Relation)
    # Sealed, and emptied when it is confirmed or ends.
    phone_sealed = SealedText()
    phone_index = SealedIndex()
    named_at = models.DateTimeField(_("named at"))
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("named by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = SecondParentQuerySet.as_manager()

    phone = Sealed()

    class Meta:
        verbose_name = _("second parent")
        verbose_name_plural = _("second parents")
        ordering = ["application", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(ended_at=None),
                name="second_parent_once",
                violation_error_message=_("A second parent is named already."),
            ),
            models.CheckConstraint(
                condition=Q(relation__in=["mother", "father", "guardian"]), name="second_parent_relation"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="second_parent_confirmed_by_themselves",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, confirmed_at=None, phone_index__isnull=False)
                | Q(Q(ended_at__isnull=False) | Q(confirmed_at__isnull=False), phone_index=None),
                name="second_parent_has_a_number_until_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

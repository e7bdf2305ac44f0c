import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models.people import User
from circle.models.posts import within_posts


class MandateQuerySet(models.QuerySet["Mandate"]):
    def for_user(self, user: User) -> Self:
        """Given to this login, given by one of its own people, or of the community it works for."""
        staff = within_posts(user, "circle.view_mandate", "principal__community")
        return self.filter(staff | Q(agent=user) | Q(principal__login=user))

    def active(self, on: dt.date | None = None) -> Self:
        """In force on that day (today unless given), the last one included."""
        on = on or timezone.localdate()
        in_time = Q(valid_until=None) | Q(valid_until__gte=on)
        return self.filter(in_time, valid_from__lte=on, revoked_at=None, is_confirmed=True)

    def offered(self, on: dt.date | None = None) -> Self:
        """Waiting for the agent's agreement."""
        on = on or timezone.localdate()
        in_time = Q(valid_until=None) | Q(valid_until__gte=on)
        return self.filter(in_time, revoked_at=None, is_confirmed=False)

    def not_ended(self, on: dt.date | None = None) -> Self:
        """Not ended: in force, to come, or waiting for the agent's agreement."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on), revoked_at=None)

    def personal(self) -> Self:
        """Under which a login acts online; without those that staff hold for one agency case."""
        return self.exclude(scope=Mandate.Scope.AGENCY)

    def covering(self, scope: str) -> Self:
        return self.filter(scope__in=[scope, Mandate.Scope.ALL])


class Mandate(models.Model):
    """Who may act for whom, on what basis, for what, until when. The principal may end it at any time."""

    class Basis(models.TextChoices):
        FAMILY = "family", _("family")
        WINDOW = "window", _("given at the window")
        VOLUNTEER = "volunteer", _("volunteer")
        LEGAL = "legal", _("legal guardian")
        PAPER = "paper", pgettext_lazy("basis of a mandate", "signed paper")
        CODE = "code", pgettext_lazy("basis of a mandate", "confirmed with the own phone")

    class Scope(models.TextChoices):
        ALL = "all", _("everything")
        BOOKINGS = "bookings", _("bookings")
        MEALS = "meals", _("meals")
        HEALTH = "health", _("health matters")
        CHILDCARE = "childcare", _("nursery: apply, report absence, read the day page, collect")
        # Given to a member of staff for one agency case, which is worked on in the back office alone.
        AGENCY = "agency", _("one agency case")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    principal = models.ForeignKey(
        "circle.Resident", models.PROTECT, related_name="mandates_given", verbose_name=_("for")
    )
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates_held", verbose_name=_("who acts")
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.ALL)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    # Given at the window it holds at once; given online it waits for who is to act.
    is_confirmed = models.BooleanField(_("confirmed by who acts"), default=True, editable=False)
    revoked_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["principal", "-valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="mandate_ends_after_it_starts",
                violation_error_message=_("A mandate cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["principal", "agent", "scope"],
                condition=Q(revoked_at=None, valid_until=None),
                name="mandate_open_once",
                violation_error_message=_("This person already holds that mandate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal} ← {self.agent}"

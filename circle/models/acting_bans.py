import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.posts import within_posts


class ActingBanQuerySet(models.QuerySet["ActingBan"]):
    def for_user(self, user: User) -> Self:
        staff = within_posts(user, "circle.view_mandate", "principal__community")
        return self.filter(staff | Q(principal__login=user))

    def in_force(self) -> Self:
        return self.filter(lifted_at=None)

    def against(self, agent: User) -> Self:
        """Bans on this person or on everybody."""
        return self.filter(Q(agent=agent) | Q(agent=None))


class ActingBan(models.Model):
    """A resident's ban on being acted for, by one person or by everybody. It overrides every mandate."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    principal = models.ForeignKey(
        "circle.Resident", models.PROTECT, related_name="acting_bans", verbose_name=_("of")
    )
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who may not act"),
        help_text=_("Empty: nobody may."),
    )
    made_at = models.DateTimeField(_("since"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = ActingBanQuerySet.as_manager()

    class Meta:
        verbose_name = _("refusal to be acted for")
        verbose_name_plural = _("refusals to be acted for")
        ordering = ["principal", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["principal", "agent"],
                condition=Q(lifted_at=None, agent__isnull=False),
                name="acting_ban_of_one_person_once",
            ),
            models.UniqueConstraint(
                fields=["principal"],
                condition=Q(lifted_at=None, agent=None),
                name="acting_ban_of_everybody_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id} ← {self.agent_id}"

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.mandates import Mandate
from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts
from circle.models.records import AppendOnly, Edit
from circle.models.residents import Resident, ids_represented_by
from circle.models.via import Via


class ConsentQuerySet(models.QuerySet["Consent"]):
    def for_user(self, user: User) -> Self:
        """One's own, those of people one may act for in everything, and as staff the community's."""
        mine = ids_represented_by(user, Mandate.Scope.ALL)
        return self.filter(within_posts(user, "circle.view_consent") | Q(resident__in=mine))

    def live(self) -> Self:
        return self.filter(withdrawn_at=None)

    def of(self, purpose: str, resident: Resident, matter: str = "") -> Self:
        return self.filter(purpose=purpose, resident=resident, matter=matter)


class Consent(AppendOnly):
    """A resident's consent to a purpose, with the version of the text, until it is withdrawn.

    Rows are added and withdrawn once, never changed otherwise; only a merge of two residents moves them.
    """

    edits: ClassVar = [
        Edit(
            "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL",
            only=["withdrawn_at", "withdrawn_by_id"],
        ),
        Edit(
            "OLD.resident_id <> NEW.resident_id OR OLD.guardian_id <> NEW.guardian_id",
            only=["resident_id", "guardian_id"],
        ),
    ]

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="consents", verbose_name=_("community")
    )
    purpose = models.CharField(_("purpose"), max_length=30)
    text_version = models.PositiveSmallIntegerField(_("version of the text"))
    language = models.CharField(_("language"), max_length=10)
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="consents", verbose_name=_("resident")
    )
    # Of a child under 14; where the register does not know the child, `resident` is the guardian as well.
    guardian = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        related_name="consents_for_children",
        verbose_name=_("guardian"),
    )
    # The code of the matter that it is for, where one person may have several.
    matter = models.CharField(_("matter"), max_length=20, blank=True)
    via = models.CharField(_("given"), max_length=8, choices=Via)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-id"]
        indexes = [models.Index(fields=["community", "-id"], name="consent_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "purpose", "matter"],
                condition=Q(withdrawn_at=None),
                name="consent_one_live",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consent_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from circle.models import AppendOnly, Bilingual, Community, Firm, User, firms_of, within_posts
from council.models.bodies import Body
from council.models.resolutions import Resolution
from council.models.topics import REPLY

TEXT_LENGTH = 500
REASON_LENGTH = 200


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "council.view_actionitem"))

    def owned_by(self, user: User) -> Self:
        """Given to this login, or to a firm that it stands for."""
        return self.filter(Q(person=user) | Q(firm__in=firms_of(user, REPLY)))

    def unverified(self) -> Self:
        return self.exclude(status=ActionItem.Status.VERIFIED)

    def of_body(self, body: int) -> Self:
        return self.filter(resolution__item__meeting__body=body)

    def overdue(self, day: dt.date) -> Self:
        return self.unverified().filter(due_on__lt=day)


class ActionItem(models.Model):
    """What has to be done because of a resolution. Open until another person has seen that it is done."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("of an action", "not begun")
        DOING = "doing", pgettext_lazy("of an action", "under way")
        REPORTED = "reported", pgettext_lazy("of an action", "said to be done")
        VERIFIED = "verified", pgettext_lazy("of an action", "verified")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="action_items", verbose_name=_("community")
    )
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="action_items", verbose_name=_("resolution")
    )
    title_zh = models.CharField(_("what is to be done (Chinese)"), max_length=120)
    title_en = models.CharField(_("what is to be done (English)"), max_length=180, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=pgettext_lazy("who does it", "colleague"),
    )
    firm = models.ForeignKey(
        Firm, models.PROTECT, null=True, blank=True, related_name="action_items", verbose_name=_("firm")
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="action_items", verbose_name=_("body")
    )
    due_on = models.DateField(_("due on"))
    # Why it began before its resolution was in force.
    urgent_reason = models.CharField(_("why it is urgent"), max_length=REASON_LENGTH, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    status_at = models.DateTimeField(_("since"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("reported by"),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by"),
    )

    objects = ActionItemQuerySet.as_manager()

    title = Bilingual()

    class Meta:
        verbose_name = pgettext_lazy("of a resolution", "action")
        verbose_name_plural = pgettext_lazy("of a resolution", "actions")
        ordering = ["due_on", "pk"]
        permissions = [("verify_actionitem", _("Can verify that an action is done"))]
        indexes = [models.Index(fields=["community", "status", "due_on"], name="actionitem_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, firm=None, body=None)
                | Q(person=None, firm__isnull=False, body=None)
                | Q(person=None, firm=None, body__isnull=False),
                name="actionitem_has_one_owner",
                violation_error_message=_("One colleague, one firm or one body does it."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "doing"]) | Q(reported_by__isnull=False),
                name="actionitem_reported_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(verified_by=F("reported_by")) & (Q(person=None) | ~Q(verified_by=F("person"))),
                    status="verified",
                    verified_by__isnull=False,
                )
                | Q(~Q(status="verified"), verified_by=None),
                name="actionitem_verified_by_another",
                violation_error_message=_("Whoever did or reported it cannot verify it."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> str:
        """As everybody reads it: of a colleague not the name."""
        if self.firm:
            return self.firm.name
        return self.body.name if self.body else gettext("a colleague of the community")

    def is_late(self, day: dt.date) -> bool:
        return self.status != self.Status.VERIFIED and self.due_on < day


class ActionStep(AppendOnly):
    """One line of the history of an action, in public words."""

    class Kind(models.TextChoices):
        BEGUN = "begun", pgettext_lazy("step of an action", "begun")
        PROGRESS = "progress", pgettext_lazy("step of an action", "progress")
        REPORTED = "reported", pgettext_lazy("step of an action", "said to be done")
        RETURNED = "returned", pgettext_lazy("step of an action", "not done yet")
        VERIFIED = "verified", pgettext_lazy("step of an action", "verified")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    action_item = models.ForeignKey(
        ActionItem,
        models.PROTECT,
        related_name="steps",
        verbose_name=pgettext_lazy("of a resolution", "action"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    text = models.CharField(_("in public words"), max_length=TEXT_LENGTH, blank=True)
    evidence = models.CharField(_("evidence"), max_length=REASON_LENGTH, blank=True)
    said_at = models.DateTimeField(_("said at"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by")
    )

    class Meta:
        verbose_name = _("step of an action")
        verbose_name_plural = _("steps of actions")
        ordering = ["action_item", "pk"]

    def __str__(self) -> str:
        return f"{self.said_at:%Y-%m-%d} {self.get_kind_display()}"

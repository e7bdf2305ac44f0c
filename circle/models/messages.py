import datetime as dt
import json
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts
from circle.models.residents import Resident
from circle.vault import unseal


class MessageQuerySet(models.QuerySet["Message"]):
    def for_user(self, user: User) -> Self:
        """One's own, and as staff the community's."""
        return self.filter(within_posts(user, "circle.view_message") | Q(user=user) | Q(resident__login=user))

    def to_person(self, user: User) -> Self:
        """Written to this login or its own people, but for sign-in codes, which are of no use afterwards."""
        own = Resident.objects.own(user).values("pk")
        return self.filter(Q(user=user) | Q(resident__in=own)).exclude(event="sign_in_code")

    def due(self, at: dt.datetime) -> Self:
        """To be sent now: waiting, or begun by a sender that died before its lease ran out."""
        ready = Q(status=Message.Status.QUEUED, due_at__lte=at)
        abandoned = Q(status=Message.Status.SENDING, lease_until__lt=at)
        return self.filter(ready | abandoned).exclude(channel=Message.Channel.DESK)

    def to_tell(self) -> Self:
        """For people without a channel: somebody has to tell them."""
        return self.filter(status=Message.Status.QUEUED, channel=Message.Channel.DESK)

    def dead(self) -> Self:
        return self.filter(status=Message.Status.DEAD)


class Message(models.Model):
    """One thing to tell one person: a row of the outbox, written in the transaction that it tells of.

    It stores the event and its values, never an address or a ready text: both are made when it is sent.
    """

    class Channel(models.TextChoices):
        SMS = "sms", _("SMS")
        EMAIL = "email", _("e-mail")
        DESK = "desk", _("in person")

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DEAD = "dead", _("not delivered")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="messages", verbose_name=_("community")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, related_name="messages", verbose_name=_("to (resident)")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="messages_sent",
        verbose_name=_("to (login)"),
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    event = models.CharField(_("event"), max_length=40)
    values = models.JSONField(_("values"), default=dict)
    # Values that must not stay readable, such as a sign-in code: wiped once sent or outdated.
    secret_sealed = models.TextField(default="", editable=False)
    dedupe = models.CharField(max_length=120, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.QUEUED)
    created_at = models.DateTimeField(_("written at"))
    due_at = models.DateTimeField(_("due at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    fault = models.CharField(_("last fault"), max_length=120, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["community", "-id"], name="message_latest"),
            models.Index(fields=["due_at"], condition=~Q(status="sent"), name="message_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(resident__isnull=False) | Q(user__isnull=False), name="message_has_a_recipient"
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="message_sent_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.resident or self.user}"

    @property
    def all_values(self) -> dict[str, Any]:
        """With what is sealed, while it is there."""
        values: dict[str, Any] = self.values
        return values | json.loads(unseal(self.secret_sealed)) if self.secret_sealed else values

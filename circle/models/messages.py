import datetime as dt
import json
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.identifiers.encryption import unseal_text
from circle.identifiers.public_codes import short_code
from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts
from circle.models.residents import Resident, own_ids

CODE_EVENTS = ["sign_in_code", "address_code"]


class MessageQuerySet(models.QuerySet["Message"]):
    def for_user(self, user: User) -> Self:
        """One's own, and as staff the community's."""
        return self.filter(staff_messages_filter(user) | Q(user=user) | Q(resident__login=user))

    def in_care_of(self, user: User) -> Self:
        """Those that this login's posts let it see."""
        return self.filter(staff_messages_filter(user))

    def to_person(self, user: User) -> Self:
        """Written to this login or its own people, but for codes, which are of no use afterwards."""
        return self.filter(Q(user=user) | Q(resident__in=own_ids(user))).exclude(event__in=CODE_EVENTS)

    def due(self, at: dt.datetime) -> Self:
        """To be sent now: waiting, or claimed by a sender whose lease has run out."""
        ready = Q(status=Message.Status.QUEUED, due_at__lte=at)
        abandoned = Q(status=Message.Status.SENDING, lease_until__lt=at)
        return self.filter(ready | abandoned).exclude(channel=Message.Channel.DESK)

    def awaiting_in_person(self) -> Self:
        """For people without a channel, who must be notified in person."""
        return self.filter(status=Message.Status.QUEUED, channel=Message.Channel.DESK)

    def with_message_code(self, code: str) -> Self:
        """The messages with this code, newest first; several where codes clash."""
        return self.filter(code=code).order_by("-id")

    def dead(self) -> Self:
        return self.filter(status=Message.Status.DEAD)

    def with_recipient(self) -> Self:
        """With the recipient, their home and their message preference."""
        return self.select_related("community", "user", "resident__message_preference", "resident__building")


def staff_messages_filter(user: User) -> Q:
    """A community's messages; of one's grid, or assigned to oneself, those to deliver in person."""
    may = "circle.view_message"
    in_person = within_posts(user, may, near="resident__building__", held="assigned_to")
    return within_posts(user, may) | (in_person & Q(channel=Message.Channel.DESK))


class Message(models.Model):
    """One notification for one person: a row of the outbox, written in the transaction of its event.

    It stores the event and its values, not address or text: both are determined when it is sent.
    """

    class Channel(models.TextChoices):
        SMS = "sms", _("SMS")
        EMAIL = "email", _("e-mail")
        WECHAT = "wechat", _("WeChat")
        DESK = "desk", _("in person")
        GROUP = "group", _("residents' group")

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DEAD = "dead", _("not delivered")
        DROPPED = "dropped", _("no longer needed")

    class Outcome(models.TextChoices):
        """Of a visit in person."""

        TOLD = "told", _("told in person")
        NOTE = "note", _("a note was left")
        NOT_MET = "not_met", _("nobody was met")

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
    # Printed in every message; by it /help/real/ confirms that we wrote it. Not unique: on a clash of codes
    # the insert that ignores a repeated `dedupe` would lose a message in silence.
    code = models.CharField(
        _("message code"), max_length=8, default=short_code, db_index=True, editable=False
    )
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
    outcome = models.CharField(_("at the door"), max_length=8, choices=Outcome, blank=True)
    # Who notifies them in person: the grid worker or building head, or the colleague who took it over.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="knocks",
        verbose_name=_("who goes there"),
    )
    fault = models.CharField(_("last fault"), max_length=120, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["community", "-id"], name="message_latest"),
            models.Index(fields=["community", "status", "-id"], name="message_by_status"),
            models.Index(fields=["due_at"], condition=~Q(status="sent"), name="message_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(resident__isnull=False) | Q(user__isnull=False) | Q(channel="group"),
                name="message_has_a_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(channel="group") | Q(resident=None, user=None),
                name="message_to_the_group_names_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="message_sent_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.resident or self.user or self.get_channel_display()}"

    @property
    def is_postponed(self) -> bool:
        """Whether it waits for the end of quiet hours and not because of a fault."""
        return self.status == self.Status.QUEUED and self.due_at > self.created_at and not self.fault

    @property
    def all_values(self) -> dict[str, Any]:
        """The values, with the secret ones until they are wiped."""
        values: dict[str, Any] = self.values
        return values | json.loads(unseal_text(self.secret_sealed)) if self.secret_sealed else values


PERSONAL_CHANNELS = [choice for choice in Message.Channel.choices if choice[0] != Message.Channel.GROUP]


class SmsTemplate(models.Model):
    """A text approved by a vendor of text messages; Chinese vendors send no other."""

    vendor = models.SlugField(_("vendor"), max_length=20)
    event = models.CharField(_("event"), max_length=40)
    language = models.CharField(_("language"), max_length=10, choices=Resident.Language)
    template = models.CharField(_("template id at the vendor"), max_length=40)

    class Meta:
        verbose_name = _("approved text message")
        verbose_name_plural = _("approved text messages")
        ordering = ["vendor", "event", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "event", "language"],
                name="sms_template_once",
                violation_error_message=_("This vendor already has a template for that event and language."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.vendor}: {self.event} ({self.language})"

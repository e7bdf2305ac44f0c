from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.base import Sealed, SealedIndex, SealedText
from circle.models.messages import PERSONAL_CHANNELS, Message
from circle.models.residents import Resident


class MessagePreference(models.Model):
    """How a resident wants to be notified. Without a row: by text message, not in quiet hours."""

    resident = models.OneToOneField(
        Resident, models.CASCADE, related_name="message_preference", verbose_name=_("resident")
    )
    first_channel = models.CharField(
        _("first by"), max_length=8, choices=PERSONAL_CHANNELS, default=Message.Channel.SMS
    )
    at_any_hour = models.BooleanField(_("also at night"), default=False)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True)
    # Under which the account of the community knows them.
    wechat_sealed = SealedText()
    wechat_index = SealedIndex()
    # For messages alone: it opens no login.
    email_sealed = SealedText()
    email_index = SealedIndex()
    # By a code that went there and came back. Until then nothing but that code is sent to it.
    wechat_confirmed_at = models.DateTimeField(null=True, editable=False)
    email_confirmed_at = models.DateTimeField(null=True, editable=False)
    code_sent_at = models.DateTimeField(null=True, editable=False)
    code_attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    wechat = Sealed()
    email = Sealed()

    class Meta:
        verbose_name = _("wish how to be told")
        verbose_name_plural = _("wishes how to be told")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="message_preference_quiet_has_both_ends",
                violation_error_message=_("Quiet hours need a beginning and an end."),
            ),
            models.CheckConstraint(
                condition=Q(wechat_confirmed_at=None) | Q(wechat_index__isnull=False),
                name="message_preference_confirmed_wechat",
                violation_error_message=_("There is no address to confirm."),
            ),
            models.CheckConstraint(
                condition=Q(email_confirmed_at=None) | Q(email_index__isnull=False),
                name="message_preference_confirmed_email",
                violation_error_message=_("There is no address to confirm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident}: {self.get_first_channel_display()}"

    @property
    def unconfirmed(self) -> list[str]:
        """The channels whose address waits for its code."""
        channels = (Message.Channel.EMAIL, Message.Channel.WECHAT)
        return [
            name.value
            for name in channels
            if getattr(self, f"{name}_sealed") and not getattr(self, f"{name}_confirmed_at")
        ]

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WeChatLogin(models.Model):
    """A WeChat account connected to a login. Stored only as a hash: it is compared and never shown."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="wechat_logins", verbose_name=_("login")
    )
    openid_hash = models.CharField(max_length=64, unique=True, editable=False)
    connected_at = models.DateTimeField(_("connected at"))

    class Meta:
        verbose_name = _("sign-in with WeChat")
        verbose_name_plural = _("sign-ins with WeChat")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rule(models.Model):
    """A legal limit or price from a date on, with its source."""

    kind = models.SlugField(_("kind"), max_length=60)
    valid_from = models.DateField(_("from"))
    params = models.JSONField(_("values"), help_text=_('Such as {"days": 183}.'))
    source_zh = models.CharField(_("source (Chinese)"), max_length=200)
    source_en = models.CharField(_("source (English)"), max_length=250, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"],
                name="rule_once_per_day",
                violation_error_message=_("This rule already has values from that day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"

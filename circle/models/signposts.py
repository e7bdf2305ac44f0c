from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circle.models.base import Bilingual
from circle.models.places import Community, phone_validator
from circle.models.searchable import Searchable

no_markup = RegexValidator(r"^[^<>]*$", _("Plain words only, without < and >."), code="markup")


class SignpostQuerySet(models.QuerySet["Signpost"]):
    def public(self, community: Community) -> Self:
        return self.filter(community=community, is_published=True)


class Signpost(Searchable):
    """A matter that the community does not handle, and who does: where, when, by which number."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="signposts", verbose_name=_("community")
    )
    slug = models.SlugField(_("short name in addresses"), max_length=40)
    name_zh = models.CharField(_("matter (Chinese)"), max_length=60, validators=[no_markup])
    name_en = models.CharField(_("matter (English)"), max_length=90, validators=[no_markup])
    office_zh = models.CharField(_("who does it (Chinese)"), max_length=80, validators=[no_markup])
    office_en = models.CharField(_("who does it (English)"), max_length=120, validators=[no_markup])
    address_zh = models.CharField(_("address (Chinese)"), max_length=120, validators=[no_markup])
    address_en = models.CharField(_("address (English)"), max_length=160, validators=[no_markup])
    hours_zh = models.CharField(_("hours (Chinese)"), max_length=120, validators=[no_markup])
    hours_en = models.CharField(_("hours (English)"), max_length=160, validators=[no_markup])
    phone = models.CharField(_("phone"), max_length=40, validators=[phone_validator])
    advice_zh = models.CharField(
        _("what to know before (Chinese)"), max_length=250, blank=True, validators=[no_markup]
    )
    advice_en = models.CharField(
        _("what to know before (English)"), max_length=300, blank=True, validators=[no_markup]
    )
    is_published = models.BooleanField(_("published"), default=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects = SignpostQuerySet.as_manager()

    name = Bilingual()
    office = Bilingual()
    address = Bilingual()
    hours = Bilingual()
    advice = Bilingual()

    class Meta:
        verbose_name = _("signpost")
        verbose_name_plural = _("signposts")
        ordering = ["community", "name_zh"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "slug"],
                name="signpost_slug_unique_in_community",
                violation_error_message=_("There is already a signpost with this short name."),
            ),
            models.CheckConstraint(
                condition=~Q(phone="") & ~Q(address_zh=""),
                name="signpost_says_where_and_by_which_number",
                violation_error_message=_("Give the address and the phone number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("signpost", args=[self.slug])

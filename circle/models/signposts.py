from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circle.formats.times import TO
from circle.models.base import Bilingual
from circle.models.facilities import OpeningHours
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
    # Beside the hours by weekday, or instead of them where nobody knows them exactly.
    hours_zh = models.CharField(
        _("more about the hours (Chinese)"), max_length=120, blank=True, validators=[no_markup]
    )
    hours_en = models.CharField(
        _("more about the hours (English)"), max_length=160, blank=True, validators=[no_markup]
    )
    follows_workdays = models.BooleanField(
        _("keeps the working calendar"),
        default=True,
        help_text=_("An office: closed on public holidays, and with Monday's hours on make-up working days."),
    )
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


class SignpostHours(models.Model):
    """One span of one weekday at the office of a signpost, as OpeningHours are of a place of ours."""

    signpost = models.ForeignKey(
        Signpost, models.CASCADE, related_name="opening_hours", verbose_name=_("signpost")
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=OpeningHours.Day)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("hours of a signpost")
        verbose_name_plural = _("hours of a signpost")
        ordering = ["signpost", "weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["signpost", "weekday", "opens"], name="signpost_hours_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}{TO}{self.closes:%H:%M}"

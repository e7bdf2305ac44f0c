import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Bilingual, Community, Resident, User, own_ids, within_posts

MAIN = "residents"
# Words that stand in the same place of an address as a body's code.
RESERVED = ["topics", "calendar", "minutes", "resolutions", "loop", "rates", "solved", "data"]


class BodyQuerySet(models.QuerySet["Body"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "council.view_body"))


class Body(models.Model):
    """A council or committee. By which rule it meets and decides stands in its `rules`."""

    class Kind(models.TextChoices):
        RESIDENTS_COUNCIL = "residents_council", _("residents' council")
        CO_GOVERNANCE = "co_governance", _("co-governance committee")
        PARTY_JOINT = "party_joint", _("joint Party-building meeting")
        ASSEMBLY = "assembly", _("residents' assembly")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("public")
        DECISIONS = "decisions", _("only its decisions, once the minutes are published")
        CLOSED = "closed", pgettext_lazy("what is public of a body", "closed")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="bodies", verbose_name=_("community")
    )
    code = models.SlugField(
        _("short name in addresses"),
        max_length=30,
        validators=[RegexValidator(r"^[a-z][a-z-]*$", _("Small letters and hyphens only."))],
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name_zh = models.CharField(_("name (Chinese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=90)
    sign = models.CharField(
        _("sign in the numbers of resolutions"),
        max_length=4,
        help_text=_("One or two characters, such as 议 in 议〔2026〕11-03."),
    )

    visibility = models.CharField(
        _("what the public sees of its meetings"),
        max_length=9,
        choices=Visibility,
        default=Visibility.PUBLIC,
        help_text=_("Of a closed body nothing is published. A joint Party-building meeting is not public."),
    )

    names_residents = models.BooleanField(
        _("minutes name residents' representatives"),
        default=False,
        help_text=_("Who holds another seat with a vote is named in any case; observers as residents are."),
    )

    objects = BodyQuerySet.as_manager()

    name = Bilingual()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["community", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code"],
                name="body_code_unique_in_community",
                violation_error_message=_("There is already a body with this short name."),
            ),
            models.UniqueConstraint(
                fields=["community", "sign"],
                name="body_sign_unique_in_community",
                violation_error_message=_("Another body numbers its resolutions with this sign."),
            ),
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(kind="residents_council"),
                name="body_one_residents_council",
                violation_error_message=_("A community has one residents' council."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="party_joint", visibility="public"),
                name="body_party_meetings_are_not_public",
                violation_error_message=_("A joint Party-building meeting shows its decisions at most."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.code in RESERVED:
            raise ValidationError({"code": _("This word is taken in addresses.")}, code="code_reserved")

    @property
    def is_main(self) -> bool:
        """Whose meetings have the short addresses, and to whom residents send topics."""
        return self.kind == self.Kind.RESIDENTS_COUNCIL

    @property
    def is_public(self) -> bool:
        """Whether everybody may read agendas and minutes, not decisions alone."""
        return self.visibility == self.Visibility.PUBLIC


class MembershipQuerySet(models.QuerySet["Membership"]):
    def for_user(self, user: User) -> Self:
        """As staff of the community, and one's own."""
        staff = within_posts(user, "council.view_membership", "body__community")
        return self.filter(staff | Q(resident__in=own_ids(user)))

    def on(self, day: dt.date) -> Self:
        """Held on that day, the last one included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def voting(self) -> Self:
        return self.filter(is_voting=True)


class Membership(models.Model):
    """Who sits in a body, on whose behalf, from when until when."""

    class Seat(models.TextChoices):
        RESIDENT = "resident", _("residents' representative")
        COMMITTEE = "committee", _("neighbourhood committee")
        OWNERS = "owners", _("owners' committee")
        PROPERTY = "property", _("property manager")
        PARTY = "party", _("Party branch")
        UNIT = "unit", _("local unit")
        OBSERVER = "observer", _("observer")

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships", verbose_name=_("body"))
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    seat = models.CharField(_("seat"), max_length=12, choices=Seat, default=Seat.RESIDENT)
    is_voting = models.BooleanField(_("votes"), default=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["body", "seat", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(seat="observer") | Q(is_voting=False),
                name="membership_observer_has_no_vote",
                violation_error_message=_("An observer has no vote."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("A seat cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["body", "resident"],
                condition=Q(ends_on=None),
                name="membership_open_once",
                violation_error_message=_("This person already has a seat in this body."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident}: {self.get_seat_display()}"

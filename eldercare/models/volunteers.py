"""The 小棉袄 team: neighbours who look in on at most five elders each."""

import datetime as dt
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.public_codes import short_code
from circle.models import Community, Resident, User, within_posts

MOST_ELDERS = 5
VOLUNTEER_VIEW, VOLUNTEER_CHANGE = "eldercare.view_volunteer", "eldercare.change_volunteer"


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    def for_user(self, user: User) -> Self:
        """Oneself, and as staff those of the community."""
        return self.filter(within_posts(user, VOLUNTEER_VIEW) | Q(user=user.pk))

    def active(self) -> Self:
        return self.filter(status=Volunteer.Status.ACTIVE, user__is_active=True)

    def without_photos(self) -> Self:
        """A photo is some kilobytes, and few pages show it."""
        return self.defer("photo")


class Volunteer(models.Model):
    """A login's membership: asked, checked by staff, trained, and from then on active until removed."""

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a volunteer", "wants to join")
        CHECKED = "checked", pgettext_lazy("a volunteer", "checked, to be trained")
        ACTIVE = "active", pgettext_lazy("a volunteer", "trained and active")
        REMOVED = "removed", pgettext_lazy("a volunteer", "no longer on the team")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="volunteers", verbose_name=_("community")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="volunteering", verbose_name=_("login")
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ASKED)
    status_at = models.DateTimeField(_("since"))
    trained_on = models.DateField(_("trained on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    # On the badge and on the certificate; whoever opens the door can have it confirmed.
    number = models.CharField(_("staff number"), max_length=8, default=short_code, editable=False)
    # As of a care worker: a small WebP in the row itself.
    photo = models.BinaryField(_("photo"), default=bytes, blank=True)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = _("volunteer of the visits")
        verbose_name_plural = _("volunteers of the visits")
        ordering = ["status", "-status_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"],
                name="volunteer_once",
                violation_error_message=_("This person is on the team already."),
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="volunteer_number_once"),
            models.CheckConstraint(
                condition=~Q(status="active") | Q(trained_on__isnull=False),
                name="volunteer_active_is_trained",
            ),
            models.CheckConstraint(
                condition=~Q(status="removed") | ~Q(reason=""), name="volunteer_removed_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class PairingQuerySet(models.QuerySet["Pairing"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, VOLUNTEER_VIEW) | Q(volunteer__user=user.pk))

    def live(self) -> Self:
        """Of volunteers who are on the team: whoever is removed holds none from that moment."""
        return self.filter(
            ended_at=None, volunteer__status=Volunteer.Status.ACTIVE, volunteer__user__is_active=True
        )

    def introduced(self) -> Self:
        return self.live().filter(met_at__isnull=False)

    def coming_on(self, day: dt.date) -> Self:
        """Whose volunteer said that they come on that day, or who is on the plan of a festival."""
        own = {"resident": OuterRef("resident"), "user": OuterRef("volunteer__user")}
        planned = Exists(apps.get_model("eldercare", "HolidayLook").objects.filter(**own, day=day))
        return self.introduced().filter(Q(comes_on=day) | planned, resident__died_on=None)


class Pairing(models.Model):
    """One elder of one volunteer, on one of five places; the first visit is made with a colleague."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="pairings", verbose_name=_("community")
    )
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="pairings", verbose_name=_("volunteer")
    )
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="pairings", verbose_name=_("elder"))
    place = models.PositiveSmallIntegerField(_("place"))
    begun_at = models.DateTimeField(_("since"))
    met_at = models.DateTimeField(_("first visit at"), null=True, blank=True)
    met_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first visit made with"),
    )
    # The day on which the volunteer said to look in, and the latest one of which the elder was told.
    comes_on = models.DateField(_("comes on"), null=True, blank=True)
    told_of = models.DateField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    same_community = ("resident", "volunteer")

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("elder of a volunteer")
        verbose_name_plural = _("elders of volunteers")
        ordering = ["volunteer", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "place"], condition=Q(ended_at=None), name="pairing_one_per_place"
            ),
            models.UniqueConstraint(
                fields=["volunteer", "resident"], condition=Q(ended_at=None), name="pairing_once"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_ELDERS), name="pairing_five_at_most"
            ),
            models.CheckConstraint(
                condition=Q(met_at=None, met_with=None) | Q(met_at__isnull=False, met_with__isnull=False),
                name="pairing_first_visit_made_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.resident_id}"

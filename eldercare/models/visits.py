"""What somebody found who looked in on an elder; never changed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Community, Resident, User, within_posts
from circle.models.records import AppendOnly, Edit
from eldercare.models.duties import DUTY_VIEW, VisitDuty

NOTE_LENGTH = 200


class VisitQuerySet(models.QuerySet["Visit"]):
    def for_user(self, user: User) -> Self:
        """Of the communities and grids of one's posts, and what one did oneself."""
        return self.filter(
            within_posts(user, DUTY_VIEW, near="resident__building__") | Q(by=user.pk, by__is_active=True)
        )

    def of_team(self, community: Community, user: User) -> Self:
        """What one login did in one community."""
        return self.filter(community=community, by=user)

    def figures(self) -> tuple[int, int]:
        """How many, and the minutes that they took."""
        found = self.aggregate(number=models.Count("pk"), minutes=models.Sum("minutes"))
        return found["number"], found["minutes"] or 0

    def seen(self) -> Self:
        """Somebody was met or heard: well, in need, or not wanting a visit."""
        return self.exclude(outcome=Visit.Outcome.NOT_HOME)


class Visit(AppendOnly):
    """One look at an elder: how, what was found, and how long it took."""

    class Method(models.TextChoices):
        SEEN = "seen", _("seen at the door")
        PHONE = "phone", pgettext_lazy("how an elder was looked after", "by phone")
        NEIGHBOUR = "neighbour", _("through a neighbour")

    class Outcome(models.TextChoices):
        WELL = "well", _("all well")
        NEEDS = "needs", _("needs something")
        NOT_HOME = "not_home", _("nobody opened")
        REFUSED = "refused", _("wants no visit")

    deletable_when: ClassVar[str] = "OLD.at < {half_year_ago}"
    # A person who is forgotten takes the note along; the rows of a duplicate move with the others.
    edits: ClassVar[list[Edit]] = [
        Edit(when="NEW.note = '–'", only=("note",)),
        Edit(when="NEW.resident_id <> OLD.resident_id", only=("resident_id",)),
    ]

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="elder_visits", verbose_name=_("community")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="elder_visits", verbose_name=_("elder")
    )
    duty = models.ForeignKey(
        VisitDuty, models.PROTECT, null=True, related_name="visits", verbose_name=_("visit duty")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="elder_visits", verbose_name=_("who looked in")
    )
    at = models.DateTimeField(_("at"))
    method = models.CharField(_("how"), max_length=10, choices=Method)
    outcome = models.CharField(_("what was found"), max_length=10, choices=Outcome)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    same_community = ("resident", "duty")

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at an elder")
        verbose_name_plural = _("looks at elders")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["community", "at"], name="elder_visit_time"),
            models.Index(fields=["resident", "at"], name="elder_visit_resident"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="needs") | ~Q(note=""),
                name="elder_visit_need_is_said",
                violation_error_message=_("Say what is needed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.at:%Y-%m-%d}"

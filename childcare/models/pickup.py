from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models.applications import Application, in_reach
from circle.models import Guardianship, Mandate, Resident, User, ids_represented_by, within_posts

PAPER_LENGTH = 120


class PickupPersonQuerySet(models.QuerySet["PickupPerson"]):
    def for_user(self, user: User) -> Self:
        """Who may collect is the guardians' to read; who may not is read by staff only."""
        people = ids_represented_by(user, Mandate.Scope.CHILDCARE)
        children = Guardianship.objects.current().filter(adult__in=people).values("child")
        applications = Application.objects.filter(in_reach(user, "childcare.view_application"))
        staff = within_posts(user, "childcare.view_application", "child__community")
        staff &= Q(child__in=applications.values("child"))
        return self.filter(staff | Q(child__in=children, is_barred=False))

    def current(self) -> Self:
        return self.filter(ended_at=None)

    def barred(self) -> Self:
        return self.current().filter(is_barred=True)


class PickupPerson(models.Model):
    """An adult without a login who may collect a child, or a person whom a court paper bars from it."""

    child = models.ForeignKey(Resident, models.PROTECT, related_name="pickup_people", verbose_name=_("child"))
    person = models.ForeignKey(Resident, models.PROTECT, related_name="+", verbose_name=_("person"))
    is_barred = models.BooleanField(_("may not collect the child"), default=False)
    # What staff saw: of an adult an identity card, of a bar the court's paper.
    paper = models.CharField(_("paper seen"), max_length=PAPER_LENGTH)
    since = models.DateTimeField(_("since"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )

    objects = PickupPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person who collects a child, or may not")
        verbose_name_plural = _("people who collect a child, or may not")
        ordering = ["child", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "person"],
                condition=Q(ended_at=None),
                name="pickup_person_once",
                violation_error_message=_("This person is entered already."),
            ),
            models.CheckConstraint(condition=~Q(paper=""), name="pickup_person_paper_was_seen"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False),
                name="pickup_person_ended_by_somebody_then",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

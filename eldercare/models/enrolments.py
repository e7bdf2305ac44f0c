"""Who takes part in a class of the senior school, who waits for a place, and who came."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.booking.waiting import Waiting, WaitingQuerySet
from circle.identifiers.public_codes import new_code
from circle.models import Community, Mandate, Resident, User, Via, within_posts
from eldercare.models.school import MOST_COURSES, ClassSession, SchoolClass, Term

ENROLMENT_VIEW, ENROLMENT_ADD, ENROLMENT_CHANGE = (
    "eldercare.view_enrolment",
    "eldercare.add_enrolment",
    "eldercare.change_enrolment",
)


def of_own_people(user: User) -> Q:
    return Q(resident__in=Resident.objects.represented_by(user, Mandate.Scope.BOOKINGS).values("pk"))


class EnrolmentQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, ENROLMENT_VIEW) | of_own_people(user))

    def mine(self, user: User) -> Self:
        return self.filter(of_own_people(user))

    def live(self) -> Self:
        return self.filter(status__in=Enrolment.LIVE)

    def over(self) -> Self:
        return self.exclude(status__in=Enrolment.LIVE)

    def pupils(self) -> Self:
        """Who has, or had to the end, a place in the class."""
        return self.filter(status__in=[Enrolment.Status.ENROLLED, Enrolment.Status.FINISHED])

    def shown(self) -> Self:
        return self.select_related("school_class__term", "school_class__facility", "resident", "community")


class Enrolment(models.Model):
    """One person and one class: asked until the draw is made, or with a place at once."""

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("for a class", "waits for the draw")
        ENROLLED = "enrolled", pgettext_lazy("in a class", "has a place")
        NOT_DRAWN = "not_drawn", pgettext_lazy("in a class", "not drawn")
        CANCELLED = "cancelled", pgettext_lazy("of a class", "cancelled")
        FINISHED = "finished", pgettext_lazy("of a class", "term over")

    LIVE = [Status.ASKED, Status.ENROLLED]

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="enrolments", verbose_name=_("term"))
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, related_name="enrolments", verbose_name=_("class")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="enrolments", verbose_name=_("resident")
    )
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    status_at = models.DateTimeField(_("since"))
    # The first, second … course of this person in this term: so none has more than the term allows.
    ordinal = models.PositiveSmallIntegerField(editable=False)
    is_former = models.BooleanField(_("former pupil"), default=False)
    via = models.CharField(_("made"), max_length=8, choices=Via)
    is_on_paper = models.BooleanField(_("from a form on paper"), default=False)
    booked_at = models.DateTimeField(_("asked at"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mandate")
    )

    same_community = ("resident", "school_class", "term")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment in the senior school")
        verbose_name_plural = _("enrolments in the senior school")
        ordering = ["-booked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "resident"],
                condition=Q(status__in=["asked", "enrolled"]),
                name="enrolment_once",
                violation_error_message=_("This person is enrolled in this class already."),
            ),
            models.UniqueConstraint(
                fields=["term", "resident", "ordinal"],
                condition=Q(status__in=["asked", "enrolled"]),
                name="enrolment_most_courses",
            ),
            models.CheckConstraint(
                condition=Q(ordinal__gte=1, ordinal__lte=MOST_COURSES), name="enrolment_ordinal"
            ),
            models.CheckConstraint(
                condition=Q(is_on_paper=False) | ~Q(via="online"), name="enrolment_on_paper_by_staff"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def prepare_merge(cls, *, kept: Resident, duplicate: Resident) -> None:
        """Both may have courses in one term: those of the duplicate get the numbers that are free.

        Refuses: merge_clash (both are in this class, or it is one course too many), with its name.
        """
        for row in duplicate.enrolments.live().select_related("school_class", "term").order_by("pk"):
            of_term = cls.objects.live().filter(term=row.term, resident__in=[kept, duplicate])
            others = list(of_term.exclude(pk=row.pk).values_list("resident", "school_class", "ordinal"))
            taken = {ordinal for _person, _class, ordinal in others}
            numbers = [row.ordinal, *range(1, row.term.most_courses + 1)]
            free = [number for number in numbers if number not in taken]
            if not free or (kept.pk, row.school_class_id) in {each[:2] for each in others}:
                raise ValidationError(
                    _("“%(course)s” is one course too many for one person. Cancel one of both first."),
                    code="merge_clash",
                    params={"course": row.school_class.name},
                )
            cls.objects.filter(pk=row.pk).update(ordinal=free[0])

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE


class ClassWaitingQuerySet(WaitingQuerySet):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "eldercare.view_classwaiting") | of_own_people(user))

    def mine(self, user: User) -> Self:
        return self.filter(of_own_people(user))

    def shown(self) -> Self:
        return self.select_related(
            "school_class__term", "school_class__facility", "resident__login", "mandate__agent", "community"
        )

    def lapsed(self, at: dt.datetime) -> Self:
        return self.filter(status="offered", offer_until__lte=at)

    def to_serve(self, school_class: SchoolClass) -> Self:
        """Who may be offered a place, in order."""
        found = self.waiting().filter(
            school_class=school_class, resident__died_on=None, resident__merged_into=None
        )
        return found.select_related("resident__login", "mandate__agent", "community").in_line()


class ClassWaiting(Waiting):
    """Somebody who waits for a place in a class, until its last day to join. An offer holds a place."""

    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, related_name="waiting", verbose_name=_("class")
    )

    same_community = ("resident", "school_class")

    objects = ClassWaitingQuerySet.as_manager()

    class Meta(Waiting.Meta):
        verbose_name = _("place in the waiting list of a class")
        verbose_name_plural = _("waiting list of the senior school")
        ordering = ["joined_at", "pk"]
        constraints = [
            *Waiting.Meta.constraints,
            models.UniqueConstraint(
                fields=["resident", "school_class"],
                condition=Q(status__in=["waiting", "offered"]),
                name="classwaiting_once",
                violation_error_message=_("This person is waiting for it already."),
            ),
        ]

    @property
    def position(self) -> int:
        before = ClassWaiting.objects.waiting().filter(school_class=self.school_class_id)
        earlier = Q(joined_at__lt=self.joined_at) | Q(joined_at=self.joined_at, pk__lt=self.pk)
        return before.filter(earlier).count() + 1


class ClassAttendance(models.Model):
    """Whether a pupil came to a meeting, as the roll says."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    session = models.ForeignKey(
        ClassSession, models.PROTECT, related_name="attendances", verbose_name=_("meeting")
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="attendances", verbose_name=_("pupil")
    )
    is_present = models.BooleanField(_("was there"))

    same_community = ("session", "enrolment")

    class Meta:
        verbose_name = _("attendance at a class")
        verbose_name_plural = _("attendances at classes")
        ordering = ["session", "enrolment"]
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="class_attendance_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.enrolment_id}"

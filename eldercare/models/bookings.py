import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circle.booking.appointments import Appointment, AppointmentQuerySet
from circle.models import (
    Building,
    Busy,
    Mandate,
    Resident,
    User,
    ids_represented_by,
    in_own_grid,
    within_posts,
)
from eldercare.models.closed_times import closed_at
from eldercare.models.crews import without_crew_at
from eldercare.models.kinds import NARROWER, Arrangement, CareKind, Part
from eldercare.models.slots import CareSlot

VISIT = "eldercare.visit_carebooking"  # sees and closes what is assigned to oneself
CHANGE = "eldercare.change_carebooking"
LEAD = "eldercare.lead_carebooking"  # sees and assigns the kinds that volunteers give
NOTE_LENGTH = 200


# Of what is done: the elder says that it was not given so, and it is not cleared up.
OPEN_DISPUTE = Q(service_record__disputed_at__isnull=False, service_record__signed_at=None)


class CareBookingQuerySet(AppointmentQuerySet["CareBooking"]):
    def for_user(self, user: User) -> Self:
        """Of the people whom this login may act for, and what its posts give it to do."""
        return self.filter(in_staff_care(user) | in_the_name_of(user))

    def in_care_of(self, user: User) -> Self:
        """What its posts give this login to do: all of the community, or what is assigned to it."""
        return self.filter(in_staff_care(user))

    def closable_by(self, user: User) -> Self:
        """Whose outcome this login may enter and take back: what is assigned to it or what it coordinates."""
        own = within_posts(user, VISIT, held="assigned_to") & Q(assigned_to=user.pk)
        own |= within_posts(user, VISIT, held="assistant") & Q(assistant=user.pk)
        return self.filter(own | within_posts(user, CHANGE))

    def at_door(self) -> Self:
        """For which somebody comes to the elder: at home, or something is brought there."""
        return self.filter(Q(kind__is_at_home=True) | Q(building__isnull=False))

    def with_full_crew(self) -> Self:
        return self.filter(Q(crew_size=1) | Q(assistant__isnull=False))

    def ready_for_care(self) -> Self:
        """The crew is full, and the check of the day has been passed where it is needed."""
        return self.with_full_crew().filter(Q(needs_check=False) | Q(passed_check__isnull=False))

    def to_come(self) -> Self:
        """Live, and not begun."""
        return self.filter(status__in=TO_COME)

    def given_by(self, worker: User) -> Self:
        return self.filter(Q(assigned_to=worker) | Q(assistant=worker))

    def clashing(self, at: dt.datetime) -> Self:
        """To come, and the elder or who goes is elsewhere then: arranged before that was refused.

        It lacks the quarter hours that it needs.
        """
        own = Busy.objects.filter(subject_type=self.model._meta.label_lower, subject_id=OuterRef("pk"))
        shared = Busy.objects.filter(subject_type=CareSlot._meta.label_lower, subject_id=OuterRef("slot"))
        lacks_elder = Q(kind__is_shared=False) & ~Exists(own.filter(resident__isnull=False))
        worker = OuterRef("assigned_to")
        has_worker = Exists(own.filter(worker=worker)) | Exists(shared.filter(worker=worker))
        lacks_worker = Q(assigned_to__isnull=False) & ~has_worker
        return self.to_come().filter(lacks_elder | lacks_worker, starts_at__gt=at)

    def without_crew(self, at: dt.datetime) -> Self:
        """To come, and who was assigned is away then or has no post on the team any more."""
        return self.filter(without_crew_at(at, VISIT), status=CareBooking.Status.ASSIGNED)

    def given(self) -> Self:
        """Done; without what the elder disputes, until it is cleared up."""
        return self.filter(status=CareBooking.Status.DONE).exclude(OPEN_DISPUTE)

    def to_call_back(self) -> Self:
        """Given, and the elder's word is to be had by telephone."""
        return self.unsigned().filter(service_record__disputed_at=None)

    def disputed(self) -> Self:
        """The elder said by telephone that it was not given as written, and it is not cleared up."""
        return self.unsigned().filter(service_record__disputed_at__isnull=False)

    def unsigned(self) -> Self:
        open_ones = {"service_record__signature": "call", "service_record__signed_at": None}
        return self.filter(status=CareBooking.Status.DONE, **open_ones)

    def without_day(self) -> Self:
        """Waiting for somebody to agree on a day."""
        return self.filter(day=None, status=CareBooking.Status.REQUESTED)

    def to_confirm(self) -> Self:
        return self.filter(status=CareBooking.Status.REQUESTED)

    def without_outcome(self, today: dt.date) -> Self:
        """Of today and earlier days, and nobody has said how they ended."""
        return self.live().filter(day__lte=today)

    def nobody_home(self) -> Self:
        """Nobody opened, and nobody has yet entered how the elder is."""
        return self.filter(status=CareBooking.Status.NOT_HOME, settled_at=None)

    def latest_first(self) -> Self:
        return self.order_by("-status_at", "-id")

    def shown(self) -> Self:
        """With the relations that a list shows."""
        care = self.select_related("kind__facility", "slot", "passed_check", "service_record", "stay")
        return care.select_related("resident", "building", "assigned_to", "assistant")


def stranded_at(at: dt.datetime) -> Q:
    """Still to come, and its time no longer takes place."""
    return Q(Q(status__in=TO_COME), closed_at(at))


def in_the_name_of(user: User) -> Q:
    """Of the people for whom one may book, and of those for whom one may see to meals or to health alone."""
    found = Q(resident__in=ids_represented_by(user, Mandate.Scope.BOOKINGS))
    for code, scope in NARROWER.items():
        found |= Q(kind__code=code, resident__in=ids_represented_by(user, scope))
    return found


def in_staff_care(user: User) -> Q:
    return within_posts(user, "eldercare.view_carebooking") | visits_of(user) | led_by(user)


def led_by(user: User) -> Q:
    """What volunteers give, of whoever leads them."""
    return within_posts(user, LEAD) & Q(kind__is_volunteer_led=True)


def visits_of(user: User) -> Q:
    """What is assigned to oneself; of a grid worker also whoever is visited at home in the own grid.

    So the grid worker notices a visit that nobody made. The elder's answers are not shown to them.
    """
    near = "resident__building__"
    mine = within_posts(user, VISIT, near=near) & (Q(assigned_to=user.pk) | Q(assistant=user.pk))
    return mine | (in_own_grid(user, VISIT, near) & Q(kind__is_at_home=True))


class CareBooking(Appointment):
    """One elder's booking or request of one kind of care. Its status changes through the actions only."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        ASSIGNED = "assigned", _("someone is assigned")
        IN_SERVICE = "in_service", _("in service")
        DONE = "done", _("done")
        NOT_HOME = "not_home", _("not at home")
        STOPPED = "stopped", _("stopped for safety")
        CANCELLED = "cancelled", _("cancelled")
        REVOKED = "revoked", _("called off by us")

    TO_COME = [Status.REQUESTED, Status.CONFIRMED, Status.ASSIGNED]  # nothing has been given yet
    LIVE = [*TO_COME, Status.IN_SERVICE]
    FREED = [Status.CANCELLED, Status.REVOKED]
    in_the_name_of = staticmethod(in_the_name_of)
    stranded_at = staticmethod(stranded_at)

    kind = models.ForeignKey(
        CareKind, models.PROTECT, related_name="bookings", verbose_name=_("kind of care")
    )
    way = models.CharField(_("how it is arranged"), max_length=10, choices=Arrangement, editable=False)
    slot = models.ForeignKey(
        CareSlot,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("care time"),
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        db_column="elder_id",
        related_name="%(class)ss",
        verbose_name=_("elder"),
    )
    # Of a request without a day none.
    day = models.DateField(_("day"), null=True, blank=True)  # type: ignore[assignment]
    # Of the slot, so that a constraint prevents two bookings of an elder at one time.
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    part = models.CharField(_("half of the day"), max_length=2, choices=Part, blank=True, editable=False)
    needs = models.JSONField(_("needs"), default=list, blank=True)
    conditions = models.JSONField(_("conditions that hold"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("building")
    )
    door = models.CharField(_("entrance and door"), max_length=20, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="care_bookings",
        verbose_name=_("assigned to"),
    )
    # Both frozen when it is booked: a later change of the kind does not change what was promised.
    crew_size = models.PositiveSmallIntegerField(_("carers for each visit"), default=1, editable=False)
    needs_check = models.BooleanField(_("needs a check of the day"), default=False, editable=False)
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="care_bookings_as_assistant",
        verbose_name=_("second carer"),
    )
    # The latest check, where its values lie within the limits.
    passed_check = models.OneToOneField(
        "eldercare.CareCheck",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("check of the day"),
    )
    began_at = models.DateTimeField(_("began at"), null=True, blank=True, editable=False)
    # When the other of two confirmed with the own code that both are there.
    second_at = models.DateTimeField(_("second carer confirmed at"), null=True, blank=True, editable=False)
    home_by = models.DateTimeField(_("home by"), null=True, blank=True, editable=False)
    # Who was to come when the elder was told so on the eve, as eldercare/actions/eve.py writes it.
    crew_told = models.CharField(max_length=60, blank=True, default="", editable=False)
    # Who entered "done" or "not at home", at `status_at`; empty where that was before this was stored.
    outcome_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("outcome entered by"),
    )
    # After "not at home": what somebody found out about the elder.
    outcome = models.CharField(_("what was found"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = CareBookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("care booking")
        verbose_name_plural = _("care bookings")
        ordering = ["-status_at", "-id"]
        permissions = [
            ("visit_carebooking", _("Can see and close the care that is assigned to them")),
            ("lead_carebooking", _("Can see and assign the care that volunteers give")),
        ]
        indexes = [
            models.Index(fields=["community", "day", "starts_at"], name="care_booking_day"),
            models.Index(fields=["community", "status"], name="care_booking_status"),
            models.Index(fields=["community", "-status_at", "-id"], name="care_booking_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "kind", "day", "part"],
                condition=Q(status__in=["requested", "confirmed", "assigned", "in_service"]),
                name="care_booking_one_live_per_day",
                violation_error_message=_("This kind of care is already arranged for this person and day."),
            ),
            models.UniqueConstraint(
                fields=["resident", "kind"],
                condition=Q(status="requested", day=None),
                name="care_booking_one_open_wish",
                violation_error_message=_("A request of this kind is already waiting for this person."),
            ),
            models.UniqueConstraint(
                fields=["resident", "starts_at"],
                condition=Q(status__in=["requested", "confirmed", "assigned", "in_service"]),
                name="care_booking_one_live_per_time",
                violation_error_message=_("Something else is booked for this person at this time."),
            ),
            models.CheckConstraint(
                condition=Q(
                    way=Arrangement.BOOKING, slot__isnull=False, starts_at__isnull=False, day__isnull=False
                )
                | Q(way=Arrangement.REQUEST, slot=None, starts_at=None),
                name="care_booking_has_a_slot_where_booked",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["assigned", "in_service", "done", "not_home", "stopped"])
                | Q(assigned_to__isnull=False),
                name="care_booking_given_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(assistant=None)
                | (Q(assigned_to__isnull=False, crew_size=2) & ~Q(assistant=F("assigned_to"))),
                name="care_booking_second_carer_is_another_one",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["in_service", "done"]) | Q(crew_size=1) | Q(assistant__isnull=False),
                name="care_booking_done_by_a_full_crew",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["in_service", "done"])
                | Q(needs_check=False)
                | Q(passed_check__isnull=False),
                name="care_booking_done_after_its_check",
            ),
            models.CheckConstraint(
                condition=Q(crew_size__gte=1, crew_size__lte=2), name="care_booking_crew_of_one_or_two"
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=False) | Q(status__in=["requested", "cancelled", "revoked"]),
                name="care_booking_confirmed_for_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["revoked", "stopped"]) | ~Q(reason=""),
                name="care_booking_revoked_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="in_service") | Q(began_at__isnull=False),
                name="care_booking_in_service_since",
            ),
            models.CheckConstraint(
                condition=Q(second_at=None) | Q(assistant__isnull=False, began_at__isnull=False),
                name="care_booking_second_confirmed_what_began",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | (Q(status="not_home", settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                name="care_booking_settled_after_not_home",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("care_booking", args=[self.code])

    @property
    def crew(self) -> list[User]:
        """Who is assigned, the lead first."""
        return [worker for worker in (self.assigned_to, self.assistant) if worker]

    @property
    def is_free(self) -> bool:
        """Nothing is charged for care that was stopped for safety."""
        return self.status == CareBooking.Status.STOPPED

    @property
    def is_at_door(self) -> bool:
        """As `at_door`."""
        return self.kind.is_at_home or self.building_id is not None

    @property
    def is_crew_full(self) -> bool:
        return self.assigned_to_id is not None and (self.crew_size == 1 or self.assistant_id is not None)

    @property
    def is_check_missing(self) -> bool:
        return self.needs_check and self.passed_check_id is None

    def has_in_crew(self, user: User) -> bool:
        return user.pk in (self.assigned_to_id, self.assistant_id)

    def cancellable_until(self, at: dt.datetime) -> dt.datetime:
        """Until then it may be cancelled online; what has no time yet, at any moment."""
        return self.starts_at - dt.timedelta(hours=self.kind.cancel_hours) if self.starts_at else at


TO_COME = CareBooking.TO_COME
LIVE = CareBooking.LIVE
FREED = CareBooking.FREED

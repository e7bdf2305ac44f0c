import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from childcare.models.classes import NurseryClass
from childcare.models.siblings import SiblingGroup
from circle.identifiers.encryption import seal_text, unseal_text
from circle.identifiers.public_codes import new_code
from circle.models import (
    Community,
    Guardianship,
    Mandate,
    Resident,
    SealedText,
    User,
    Via,
    ids_represented_by,
    within_posts,
)

MISSING_LENGTH = 300
READABLE = Q(submitted_at__isnull=False) | ~Q(via=Via.ONLINE)


def of_family(user: User, path: str = "") -> Q:
    """Rows of children whom this login guards, or for whose guardians it may act in the nursery.

    Whoever has begun an application but is no guardian (any more) does not see the child. `path` leads from
    the row to the application.
    """
    people = ids_represented_by(user, Mandate.Scope.CHILDCARE)
    children = Guardianship.objects.current().filter(adult__in=people).values("child")
    unnamed = Q(**{f"{path}child": None, f"{path}guardian__in": people})
    return Q(**{f"{path}child__in": children}) | Q(**{f"{path}child__in": people}) | unnamed


def nurseries_of(path: str = "") -> tuple[str, ...]:
    """The paths to the nurseries of the classes wanted and offered; `path` leads to the application."""
    return (f"{path}nursery_class__facility", f"{path}offer__nursery_class__facility")


def in_reach(user: User, permission: str, path: str = "") -> Q:
    """Rows of the nurseries of one's posts; without a class yet, of the communities."""
    places, community = nurseries_of(path), f"{path}community"
    unnamed = Q(**{f"{path}nursery_class": None, f"{path}offer": None})
    mine = within_posts(user, permission, community, places=places)
    return mine | unnamed & within_posts(user, permission, community)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def for_user(self, user: User) -> Self:
        """Of the children whom this login may act for, and what staff of the community may read."""
        staff = in_reach(user, "childcare.view_application") & READABLE
        return self.filter(staff | of_family(user))

    def for_staff(self) -> Self:
        """Without what guardians have begun by themselves and not sent in: nobody has agreed to that yet."""
        return self.filter(READABLE)

    def mine(self, user: User) -> Self:
        """As a guardian of the child or in a guardian's name, leaving out what one sees as staff."""
        return self.filter(of_family(user))

    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def holding(self) -> Self:
        """Taking a place of the class that was offered."""
        return self.filter(status__in=HOLDING)

    def enrolled(self, day: dt.date) -> Self:
        """Whose children belong to a class on that day."""
        stays = Q(last_day=None) | Q(last_day__gte=day)
        return self.filter(stays, status=Application.Status.ENROLLED, offer__starts_on__lte=day)

    def with_class_since(self) -> Self:
        """`class_since`: the first day of its stay in the class that it has now."""
        here = Q(stays__nursery_class=F("offer__nursery_class"), stays__is_missing=False)
        return self.annotate(class_since=Min("stays__starts_on", filter=here))

    def ending(self, by: dt.datetime) -> Self:
        """Offers whose deadline comes before that moment."""
        return self.filter(status=Application.Status.OFFERED, offer__expires_at__lte=by)

    def shown(self) -> Self:
        """With what a page or a message says about it."""
        return self.select_related(
            "community",
            "child",
            "guardian__login",
            "nursery_class__facility",
            "offer__nursery_class__facility",
            "offer__price",
            "started_by",
            "mandate",
            "siblings",
        )


class Application(models.Model):
    """An application for one child, from draft to last day. Its status changes only in childcare/actions.

    Addresses, messages and records name it by its code: the child's name and birthday stand in the register.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("being filled in")
        SUBMITTED = "submitted", _("sent in")
        RETURNED = "returned", _("something is missing")
        VERIFIED = "verified", _("checked, waiting for a place")
        OFFERED = "offered", _("place offered")
        ACCEPTED = "accepted", _("place accepted")
        ENROLLED = "enrolled", _("enrolled")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DECLINED = "declined", _("place declined")
        LAPSED = "lapsed", _("offer ran out")
        LEFT = "left", _("left the nursery")

    class Relation(models.TextChoices):
        MOTHER = "mother", _("mother")
        FATHER = "father", _("father")
        GUARDIAN = "guardian", _("another legal guardian")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="nursery_applications", verbose_name=_("community")
    )
    code = models.CharField(
        _("application code"), max_length=8, unique=True, default=new_code, editable=False
    )
    guardian = models.ForeignKey(
        Resident, models.PROTECT, related_name="nursery_applications", verbose_name=_("guardian")
    )
    relation = models.CharField(_("relation to the child"), max_length=8, choices=Relation, blank=True)
    child = models.ForeignKey(
        Resident, models.PROTECT, null=True, related_name="nursery_ways", verbose_name=_("child")
    )
    # The register knows the child through this application; what was entered wrongly is corrected here.
    entered_child = models.BooleanField(default=False, editable=False)
    # All that stays of a child that was forgotten, for the figures.
    born_year = models.PositiveSmallIntegerField(null=True, editable=False)
    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, null=True, related_name="applications", verbose_name=_("class wanted")
    )
    start_on = models.DateField(_("wanted from"), null=True, blank=True)
    # Of children that wait as a household.
    siblings = models.ForeignKey(
        SiblingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("siblings who wait"),
    )
    # The family takes no place that begins after that day; empty where any later day is right.
    start_by = models.DateField(_("wanted at the latest from"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    status_at = models.DateTimeField(_("since"))
    changed_at = models.DateTimeField(_("last filled in"))
    # Of the first time: a correction does not cost the place in line.
    submitted_at = models.DateTimeField(_("sent in at"), null=True, blank=True)
    # Another child was entered since: its place in line is that of the next time it is sent in.
    is_line_restarted = models.BooleanField(default=False, editable=False)
    consented_at = models.DateTimeField(_("guardian's consent"), null=True, blank=True)
    missing = models.CharField(_("what is missing"), max_length=MISSING_LENGTH, blank=True)
    # The one that counts: open, accepted, or the last one of an application that has ended.
    offer = models.OneToOneField(
        "childcare.Offer", models.PROTECT, null=True, related_name="+", verbose_name=_("offer of a place")
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("accepted by")
    )
    # Another guardian has objected to the acceptance: no contract before that day, unless staff settle it.
    objected_at = models.DateTimeField(_("objected at"), null=True, blank=True, editable=False)
    paused_until = models.DateField(_("paused until"), null=True, blank=True, editable=False)
    # Of a child that leaves; the place is free from the day after.
    last_day = models.DateField(_("last day"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    via = models.CharField(_("applied through"), max_length=8, choices=Via)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    # Of an application in the guardian's name; empty for one's own and for those that staff typed in.
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, related_name="nursery_applications", verbose_name=_("mandate")
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nursery application")
        verbose_name_plural = _("nursery applications")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["community", "status", "submitted_at"], name="application_board"),
        ]
        constraints = [
            # Of both parents together: whoever comes second goes on with what the first has begun.
            models.UniqueConstraint(
                fields=["child"],
                condition=~Q(status__in=["withdrawn", "declined", "lapsed", "left"]),
                name="application_one_live_per_child",
                violation_error_message=_("There is already an application for this child."),
            ),
            models.UniqueConstraint(
                fields=["guardian"],
                condition=Q(status="draft", child=None),
                name="application_one_empty_draft",
                violation_error_message=_("There is already an application that is not filled in."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(
                    Q(child__isnull=False) | Q(born_year__isnull=False),
                    nursery_class__isnull=False,
                    start_on__isnull=False,
                    submitted_at__isnull=False,
                    consented_at__isnull=False,
                )
                & ~Q(relation=""),
                name="application_sent_in_is_complete",
                violation_error_message=_("The application is not filled in completely."),
            ),
            models.CheckConstraint(
                condition=Q(start_by=None) | Q(start_by__gte=F("start_on")),
                name="application_start_window_in_order",
                violation_error_message=_("The latest first day comes before the first one wanted."),
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(missing=""),
                name="application_returned_says_what_is_missing",
                violation_error_message=_("Say what is missing."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["offered", "accepted", "enrolled"]) | Q(offer__isnull=False),
                name="application_with_a_place_has_its_offer",
            ),
            models.CheckConstraint(
                condition=Q(objected_at=None, paused_until=None)
                | Q(objected_at__isnull=False, paused_until__isnull=False),
                name="application_paused_by_an_objection",
            ),
            models.CheckConstraint(
                condition=~Q(status="left") | Q(last_day__isnull=False),
                name="application_left_on_a_day",
                violation_error_message=_("Say which day is the last one."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("application", args=[self.code])

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def offered_class(self) -> NurseryClass | None:
        return self.offer.nursery_class if self.offer else None

    @property
    def first_day(self) -> dt.date | None:
        return self.offer.starts_on if self.offer else None

    @property
    def health_or_none(self) -> "Health | None":
        return getattr(self, "health", None)

    def undone(self) -> list[str]:
        """The tasks that are still to do, by name; two queries, as it may have been filled in since."""
        child = self.child_id and self.nursery_class_id and self.start_on
        done = {
            "child": child,
            "guardian": self.relation,
            "health": self.health_or_none,
            "documents": Paper.objects.filter(application=self).exists(),
        }
        return [name for name, is_done in done.items() if not is_done]


Status = Application.Status
EDITABLE = [Status.DRAFT, Status.RETURNED]
HOLDING = [Status.OFFERED, Status.ACCEPTED, Status.ENROLLED]
WITHDRAWABLE = [*EDITABLE, Status.SUBMITTED, Status.VERIFIED, Status.ACCEPTED]
LIVE = [
    Status.DRAFT,
    Status.SUBMITTED,
    Status.RETURNED,
    Status.VERIFIED,
    *HOLDING,
]


class Health(models.Model):
    """What the nursery must know for the child's health: encrypted, and in a table that no list reads."""

    class Vaccinations(models.TextChoices):
        COMPLETE = "complete", _("all that are due at this age")
        SOME_MISSING = "some_missing", _("some are still missing")
        UNKNOWN = "unknown", _("I do not know")

    application = models.OneToOneField(Application, models.PROTECT, related_name="health")
    has_allergies = models.BooleanField(_("allergies"))
    allergies_sealed = SealedText()
    takes_medicine = models.BooleanField(_("medicine or an illness"))
    medicine_sealed = SealedText()
    vaccinations = models.CharField(_("vaccinations"), max_length=12, choices=Vaccinations)
    changed_at = models.DateTimeField(_("last changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("health answers")
        verbose_name_plural = _("health answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(has_allergies=False) | ~Q(allergies_sealed=""),
                name="health_allergies_are_named",
                violation_error_message=_("Say which allergies."),
            ),
            models.CheckConstraint(
                condition=Q(takes_medicine=False) | ~Q(medicine_sealed=""),
                name="health_medicine_is_named",
                violation_error_message=_("Say which illness or medicine."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def allergies(self) -> str:
        return unseal_text(self.allergies_sealed) if self.allergies_sealed else ""

    @property
    def medicine(self) -> str:
        return unseal_text(self.medicine_sealed) if self.medicine_sealed else ""

    @staticmethod
    def sealed(text: str) -> str:
        return seal_text(text) if text else ""


class Paper(models.Model):
    """One of the originals: whether the guardian has it ready, and when staff saw it."""

    class Kind(models.TextChoices):
        BIRTH_CERTIFICATE = "birth_certificate", _("birth certificate of the child")
        GUARDIAN_ID = "guardian_id", _("guardian's identity card")
        HEALTH_CHECK = "health_check", _("health check before entering a nursery")
        VACCINATION_BOOK = "vaccination_book", _("vaccination book")

    application = models.ForeignKey(Application, models.PROTECT, related_name="papers")
    kind = models.CharField(_("paper"), max_length=20, choices=Kind)
    is_ready = models.BooleanField(_("the guardian has it"))
    seen_at = models.DateTimeField(_("original seen at"), null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("seen by")
    )

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="application_paper_once"),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="application_paper_seen_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


def has_seen_all_papers(papers: Iterable[Paper]) -> bool:
    return {paper.kind for paper in papers if paper.seen_at} == set(Paper.Kind.values)

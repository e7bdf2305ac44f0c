"""Agency cases: a matter that we do for a resident from the request to the result (全程代理)."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.public_codes import new_code, short_code
from circle.models import Community, Mandate, Resident, User, Via, ids_represented_by, within_posts
from circle.search.progress import TAIL_LENGTH
from services.models.case_states import ENDED, LIVE, UNAUTHORISED, CaseStatus
from services.models.catalogue import ServiceItem

VIEW, ADD, CHANGE = ("services.view_agencycase", "services.add_agencycase", "services.change_agencycase")
WORDS_LENGTH, RECEIPT_LENGTH = 300, 40


class AgencyCaseQuerySet(models.QuerySet["AgencyCase"]):
    def for_user(self, user: User) -> Self:
        """Of the communities of one's posts, and those of the people whom this login may act for."""
        return self.filter(within_posts(user, VIEW) | AgencyCase.in_the_name_of(user))

    def mine(self, user: User) -> Self:
        """The login's own and those of people it may act for; without what it sees as staff."""
        return self.filter(AgencyCase.in_the_name_of(user))

    def proved_by(self, tail: str, code: str) -> Self:
        """Of this number, if its person's phone ends with these four digits."""
        found = self.filter(code=code).select_related("resident__login")
        is_proved = len(tail) == TAIL_LENGTH and any(row.has_phone_tail(tail) for row in found)
        return found if is_proved else self.none()

    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def unfinished(self) -> Self:
        """Live, or over while we still hold originals of the person."""
        return self.filter(Q(status__in=LIVE) | Q(papers_held__gt=0))

    def held_by(self, user: User) -> Self:
        """That this login handles, or stands in for."""
        return self.filter(Q(handler=user) | Q(substitute=user))

    def shown(self) -> Self:
        return self.select_related(
            "item", "resident__building", "resident__login", "handler", "substitute", "authorisation"
        )


class AgencyCase(models.Model):
    """`revision` goes up with every change, so the second of two editors reads what the first one did."""

    Status = CaseStatus

    class Delivery(models.TextChoices):
        FETCHED = "fetched", pgettext_lazy("result", "fetched")
        DELIVERED = "delivered", pgettext_lazy("result", "brought home")
        POSTED = "posted", pgettext_lazy("result", "posted")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="agency_cases", verbose_name=_("community")
    )
    item = models.ForeignKey(
        ServiceItem, models.PROTECT, related_name="agency_cases", verbose_name=_("service item")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="agency_cases", verbose_name=_("resident")
    )
    code = models.CharField(_("case number"), max_length=8, unique=True, default=new_code, editable=False)
    via = models.CharField(_("asked for"), max_length=8, choices=Via)
    words = models.CharField(_("what was said"), max_length=WORDS_LENGTH, blank=True)
    requested_at = models.DateTimeField(_("asked for at"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    # Of a request in somebody's name; empty for one's own and for those that staff entered.
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mandate")
    )
    status = models.CharField(_("status"), max_length=12, choices=CaseStatus, default=CaseStatus.REQUESTED)
    status_at = models.DateTimeField(_("since"))
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handled_cases",
        verbose_name=_("handler"),
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stands in"),
    )
    # The mandate that the resident gives for this case alone.
    authorisation = models.OneToOneField(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agency_case",
        verbose_name=_("authorisation"),
    )
    resumes = models.CharField(_("goes on as"), max_length=12, choices=CaseStatus, blank=True, editable=False)
    # Of missing papers that the person says they sent online; empty once staff have looked at them.
    supplied_at = models.DateTimeField(_("missing papers sent at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    receipt = models.CharField(_("the office's receipt number"), max_length=RECEIPT_LENGTH, blank=True)
    reason = models.CharField(_("reason"), max_length=WORDS_LENGTH, blank=True)
    remedy = models.CharField(_("what can be done against it"), max_length=WORDS_LENGTH, blank=True)
    fetch_code = models.CharField(_("code for the result"), max_length=6, default=short_code, editable=False)
    delivery = models.CharField(_("how the result went"), max_length=10, choices=Delivery, blank=True)
    handed_to = models.CharField(_("handed to"), max_length=60, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=RECEIPT_LENGTH, blank=True)
    papers_held = models.PositiveSmallIntegerField(_("papers not given back"), default=0, editable=False)

    same_community = ("item", "resident")

    objects = AgencyCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency case")
        verbose_name_plural = _("agency cases")
        ordering = ["-requested_at", "-id"]
        permissions = [("read_casephoto", "Can read the photographed papers of every agency case")]
        indexes = [models.Index(fields=["community", "status", "status_at"], name="agency_case_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "item"],
                condition=Q(status__in=LIVE),
                name="agency_case_once",
                violation_error_message=_("This matter is already being done for this person."),
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(papers_held=0),
                name="agency_case_closed_without_papers",
                violation_error_message=_("Give every paper back before the case is closed."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[*UNAUTHORISED, *ENDED]) | Q(authorisation__isnull=False),
                name="agency_case_authorised",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, receipt="") | Q(submitted_at__isnull=False) & ~Q(receipt=""),
                name="agency_case_handed_in_with_a_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "approved", "refused", "handed_over"])
                | Q(submitted_at__isnull=False, handler__isnull=False),
                name="agency_case_decided_once_handed_in",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(reason="") & ~Q(remedy=""),
                name="agency_case_refused_with_a_remedy",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(reason=""), name="agency_case_withdrawn_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(status="supplement") ^ Q(resumes=""), name="agency_case_goes_on_afterwards"
            ),
            models.CheckConstraint(
                condition=Q(status="supplement") | Q(supplied_at=None), name="agency_case_sent_while_missing"
            ),
            models.CheckConstraint(
                condition=Q(delivery="", handed_to="")
                | ~Q(delivery="") & ~Q(handed_to="") & (~Q(delivery="posted") | ~Q(tracking="")),
                name="agency_case_handed_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("handler")), name="agency_case_two_people"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.code])

    @staticmethod
    def in_the_name_of(user: User) -> Q:
        return Q(resident__in=ids_represented_by(user, Mandate.Scope.BOOKINGS))

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    def is_authorised(self, on: dt.date) -> bool:
        """Whether the person's authorisation is in force, and names somebody who handles the case."""
        if self.authorisation_id is None:
            return False
        agents = [pk for pk in (self.handler_id, self.substitute_id) if pk]
        return Mandate.objects.active(on).filter(pk=self.authorisation_id, agent__in=agents).exists()

    def waits_for_authorisation(self, on: dt.date) -> bool:
        """For the first one, or for one in place of what has ended before the matter is handed in."""
        is_renewable = self.status in (CaseStatus.AUTHORISED, CaseStatus.ACCEPTED)
        return self.status == CaseStatus.CHECKED or (is_renewable and not self.is_authorised(on))

    @property
    def requested_on(self) -> dt.date:
        return localdate(self.requested_at)

    def has_phone_tail(self, tail: str) -> bool:
        """The person's own number; where they have none, that of who asked in their name."""
        own = [self.resident.phone, self.resident.login.phone if self.resident.login else ""]
        asked = [self.mandate.agent.phone] if self.mandate and not any(own) else []
        return any(number.endswith(tail) for number in filter(None, [*own, *asked]))

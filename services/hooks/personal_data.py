"""Personal data of the hall: why it is stored, what is exported, and what is erased.

The hooks `purposes`, `personal_data` and `erasure`.
"""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import (
    ErasurePlan,
    Section,
    anonymise_bookings,
    build_section,
    placeholder_resident,
)
from circle.privacy.purposes import Basis, Purpose
from services.hooks.personal_cases import case_purposes, case_sections, wipe_cases
from services.hooks.personal_loans import loan_purpose, loan_section, wipe_loans
from services.hooks.personal_repairs import repair_purposes, repair_sections, wipe_repairs
from services.models import (
    AgencyCase,
    AidLoan,
    Booking,
    CommitteeCertificate,
    HallWaiting,
    RegisterEntry,
    Repair,
    Ticket,
)

NO_ENTRY_TEXTS = {"told_by": "–", "needs": "–", "age_reason": "", "reason": "–"}
NO_TEXTS = {"reason": "", "age_reason": "", "objection": "", "objection_answer": ""}


def hall_purposes() -> list[Purpose]:
    return [
        Purpose(
            code="bookings",
            title=_("Bookings at the one-stop hall"),
            why=_("To keep a time for you, to call you up and to count how many come."),
            what=_("Service item, time, who booked in whose name, what became of it."),
            basis=Basis.ASKED,
            columns={
                "services.Booking": [
                    "resident",
                    "booked_by",
                    "mandate",
                    "reason",
                    "age_reason",
                    "objection",
                    "objection_answer",
                ]
            },
            ends=_("after the day of the booking; then it no longer names you"),
            rule="retention_bookings",
            stale=old_bookings,
            forget=anonymise_rows,
        ),
        Purpose(
            code="hall_waiting",
            title=_("Waiting list of the hall"),
            why=_("To offer you the next place that becomes free, in the order in which people joined."),
            what=_("Service item, days, who joined in whose name, what was offered."),
            basis=Basis.ASKED,
            columns={"services.HallWaiting": ["resident", "joined_by", "mandate"]},
            ends=_("after the last day you wanted; then it no longer names you"),
            rule="retention_bookings",
            stale=old_lines,
            forget=anonymise_lines,
        ),
        ticket_purpose(),
        certificate_purpose(),
        register_purpose(),
        *case_purposes(),
        loan_purpose(),
        *repair_purposes(),
    ]


def register_purpose() -> Purpose:
    return Purpose(
        code="special_registers",
        title=_("Special registers"),
        why=_("To look in on you, or to bring you what you need when something happens, as you asked us to."),
        what=_("Which register, what you need, what was agreed, who told us, who entered it and when."),
        basis=Basis.ASKED,
        columns={
            "services.RegisterEntry": [
                "resident",
                "told_by",
                "needs",
                "age_reason",
                "entered_by",
                "reason",
            ]
        },
        ends=_("after you were taken off the register; then it no longer names you"),
        rule="retention_registers",
        stale=ended_entries,
        forget=anonymise_entries,
    )


def ended_entries(community: int, before: dt.datetime) -> QuerySet[RegisterEntry]:
    rows = RegisterEntry.objects.filter(community=community, status="ended", status_at__lt=before)
    return rows.exclude(resident__is_nobody=True)


def anonymise_entries(rows: QuerySet[RegisterEntry], at: dt.datetime) -> int:
    """Item and days remain, to count how many were looked after."""
    communities = set(rows.values_list("community", flat=True))
    return sum(
        rows.filter(community=community).update(
            resident=placeholder_resident(community), entered_by=None, **NO_ENTRY_TEXTS
        )
        for community in communities
    )


def ticket_purpose() -> Purpose:
    return Purpose(
        code="tickets",
        title=_("Numbers drawn at the hall"),
        why=_("To call you in order, and to tell you when it is nearly your turn."),
        what=_("Number, when you came, were called and were done, what it was about, who called you."),
        basis=Basis.ASKED,
        columns={"services.Ticket": ["resident", "age_reason", "clerk"]},
        ends=_("after the day of the visit; then it no longer names you"),
        rule="retention_bookings",
        stale=old_tickets,
        forget=anonymise_tickets,
    )


def old_tickets(community: int, before: dt.datetime) -> QuerySet[Ticket]:
    rows = Ticket.objects.filter(community=community, day__lt=before.date()).exclude(status__in=Ticket.LIVE)
    return rows.exclude(resident=None, clerk=None)


def anonymise_tickets(rows: QuerySet[Ticket], at: dt.datetime) -> int:
    """The times remain, from which the waiting is counted."""
    return rows.update(resident=None, clerk=None, age_reason="")


def certificate_purpose() -> Purpose:
    return Purpose(
        code="certificates",
        title=_("Certificates of the committee"),
        why=_("To make out a certificate, and to say later whether it is ours."),
        what=_("Its text, who asked for it and what for, who sealed it and when."),
        basis=Basis.DUTY,
        columns={
            "services.CommitteeCertificate": [
                "resident",
                "addressed_to",
                "purpose",
                "body",
                "issued_by",
                "reason",
            ]
        },
        ends=_("after the day of the certificate; then it no longer names you"),
        rule="retention_certificates",
        stale=old_certificates,
        forget=anonymise_certificates,
    )


def old_certificates(community: int, before: dt.datetime) -> QuerySet[CommitteeCertificate]:
    rows = CommitteeCertificate.objects.filter(community=community, issued_at__lt=before)
    return rows.exclude(resident__is_nobody=True)


def anonymise_certificates(rows: QuerySet[CommitteeCertificate], at: dt.datetime) -> int:
    """Number, kind and day remain, so that the book has no gap and the code is still known."""
    communities = set(rows.values_list("community", flat=True))
    wiped = {"addressed_to": "–", "purpose": "–", "body": "–", "reason": "", "issued_by": None}
    return sum(
        rows.filter(community=community).update(resident=placeholder_resident(community), **wiped)
        for community in communities
    )


def old_lines(community: int, before: dt.datetime) -> QuerySet[HallWaiting]:
    own = HallWaiting.objects.over().filter(community=community, last_day__lt=before.date())
    return own.exclude(resident__erased_at__isnull=False)


def anonymise_lines(rows: QuerySet[HallWaiting], at: dt.datetime) -> int:
    communities = set(rows.values_list("community", flat=True))
    return sum(
        rows.filter(community=community).update(
            resident=placeholder_resident(community), joined_by=None, mandate=None
        )
        for community in communities
    )


def old_bookings(community: int, before: dt.datetime) -> QuerySet[Booking]:
    return Booking.objects.over_with_name(community).filter(day__lt=before.date())


def anonymise_rows(bookings: QuerySet[Booking], at: dt.datetime) -> int:
    return anonymise_bookings(bookings, **NO_TEXTS)


def personal_data(people: Sequence[Resident]) -> list[Section]:
    rows = Booking.objects.filter(resident__in=people).shown().select_related("community", "booked_by")
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "code": _("booking code"),
        "item.name": _("service item"),
        "slot.starts_at": _("time"),
        "status": _("status"),
        "via": _("made"),
        "booked_at": _("made at"),
        "reason": _("reason"),
        "age_reason": _("why outside the ages"),
        "objection": _("objection"),
        "objection_answer": _("answer to the objection"),
    }
    return [
        build_section("bookings", _("Bookings at the one-stop hall"), rows, labels),
        waiting_section(people),
        ticket_section(people),
        certificate_section(people),
        register_section(people),
        *case_sections(people),
        loan_section(people),
        *repair_sections(people),
    ]


def register_section(people: Sequence[Resident]) -> Section:
    rows = RegisterEntry.objects.filter(resident__in=people).shown()
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "item.name": _("service item"),
        "needs": _("what is needed, what was agreed"),
        "via": pgettext_lazy("how we were told", "made"),
        "entered_at": pgettext_lazy("in a register", "entered at"),
        "status": _("status"),
        "age_reason": _("why outside the ages"),
        "reason": _("reason"),
    }
    return build_section("special_registers", _("Special registers"), rows, labels)


def ticket_section(people: Sequence[Resident]) -> Section:
    rows = Ticket.objects.filter(resident__in=people).shown()
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "label": pgettext_lazy("ticket", "number"),
        "day": _("day"),
        "facility.name": _("place"),
        "priority": _("priority"),
        "drawn_at": pgettext_lazy("of somebody at the hall", "arrived at"),
        "called_at": _("first called at"),
        "done_at": _("done at"),
        "status": _("status"),
        "age_reason": _("why outside the ages"),
    }
    return build_section("tickets", _("Numbers drawn at the hall"), rows, labels)


def certificate_section(people: Sequence[Resident]) -> Section:
    rows = CommitteeCertificate.objects.filter(resident__in=people).select_related("resident", "matter")
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "number": _("number"),
        "matter.name": _("matter"),
        "addressed_to": _("who asks for it"),
        "purpose": _("what for"),
        "body": _("text"),
        "issued_at": _("sealed at"),
        "status": _("status"),
    }
    return build_section("certificates", _("Certificates of the committee"), rows, labels)


def waiting_section(people: Sequence[Resident]) -> Section:
    rows = HallWaiting.objects.filter(resident__in=people).shown()
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "code": _("code"),
        "item.name": _("service item"),
        "first_day": _("first day"),
        "last_day": _("last day"),
        "status": _("status"),
        "via": _("made"),
        "joined_at": _("joined at"),
    }
    return build_section("hall_waiting", _("Waiting list of the hall"), rows, labels)


def plan_erasure(resident: Resident) -> ErasurePlan:
    bookings = Booking.objects.filter(resident=resident)
    is_listed = RegisterEntry.objects.live().filter(resident=resident).exists()
    is_here = Ticket.objects.live().filter(resident=resident).exists()
    has_case = AgencyCase.objects.unfinished().filter(resident=resident).exists()
    has_aid = AidLoan.objects.holding().filter(resident=resident).exists()
    has_repair = Repair.objects.live().filter(resident=resident).exists()
    is_waiting = HallWaiting.objects.live().filter(resident=resident).exists()
    return ErasurePlan(
        open_matters=[_("a booking at the hall")] * bookings.live().exists()
        + [_("a place in the waiting list of the hall")] * is_waiting
        + [_("an entry in a special register")] * is_listed
        + [_("errands that we do for you")] * has_case
        + [_("an aid that is reserved or lent")] * has_aid
        + [_("a repair that is not done")] * has_repair
        + [_("a number at the hall that is not done")] * is_here,
        wipe=partial(wipe_personal_data, resident),
    )


def wipe_personal_data(resident: Resident, at: dt.datetime) -> None:
    Booking.objects.filter(resident=resident).update(**NO_TEXTS)
    RegisterEntry.objects.filter(resident=resident, status="ended").update(**NO_ENTRY_TEXTS)
    Ticket.objects.filter(resident=resident).update(age_reason="")
    wipe_cases(resident)
    wipe_loans(resident)
    wipe_repairs(resident)

"""Personal data of day care: purpose, export, retention, erasure."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import WIPED_TEXT, Section, build_section, placeholder_resident
from circle.privacy.purposes import Basis, Purpose
from eldercare.models import DayAgreement, DayStay


def old_agreements(community: int, before: dt.datetime) -> QuerySet[DayAgreement]:
    over = Q(ended_at__lt=before) | Q(until__lt=localdate(before))
    return DayAgreement.objects.filter(over, community=community, resident__is_nobody=False)


def forget_agreements(rows: QuerySet[DayAgreement], at: dt.datetime) -> int:
    """With whom they left as well."""
    wipe_stays(DayStay.objects.filter(booking__resident__in=rows.values("resident"), left_at__lt=at))
    rows.filter(ended_at=None).update(ended_at=at)
    return sum(
        rows.filter(community=community).update(
            resident=placeholder_resident(community), collectors=[], entered_by=None
        )
        for community in set(rows.values_list("community", flat=True))
    )


def wipe_stays(stays: QuerySet[DayStay]) -> None:
    stays.exclude(left_with="").update(left_with=WIPED_TEXT)


def day_care_sections(people: Sequence[Resident]) -> list[Section]:
    agreements = DayAgreement.objects.filter(resident__in=people).select_related("resident", "kind")
    stays = DayStay.objects.filter(booking__resident__in=people).select_related("booking__resident")
    name = pgettext_lazy("of a person", "name")
    return [
        build_section(
            "day_agreements",
            _("Agreements on day care"),
            agreements,
            {
                "resident.name": name,
                "kind.name": _("kind of care"),
                "signed_on": _("signed on"),
                "until": _("until"),
                "collectors": _("who may collect"),
                "may_leave_alone": _("may leave alone"),
                "ended_at": _("ended at"),
            },
        ),
        build_section(
            "day_stays",
            _("Days at the station"),
            stays,
            {
                "booking.resident.name": name,
                "booking.code": _("booking code"),
                "came_at": _("came at"),
                "left_at": _("left at"),
                "left_with": _("left with"),
                "left_alone": _("left alone"),
            },
        ),
    ]


def wipe_day_care(resident: Resident, at: dt.datetime) -> None:
    rows = DayAgreement.objects.filter(resident=resident)
    rows.update(collectors=[])
    rows.filter(ended_at=None).update(ended_at=at)
    wipe_stays(DayStay.objects.filter(booking__resident=resident))


DAY_CARE = Purpose(
    code="day_care",
    title=_("Day care"),
    why=_("To look after you under what we agreed on, and to let you leave only with whom you named."),
    what=_("What was signed and until when, who may collect you, when you came and left and with whom."),
    basis=Basis.ASKED,
    columns={
        "eldercare.DayAgreement": ["resident", "collectors", "entered_by"],
        "eldercare.DayStay": ["left_with", "entered_by"],
    },
    ends=_("after the agreement has ended; then it no longer names you"),
    rule="retention_care",
    stale=old_agreements,
    forget=forget_agreements,
)

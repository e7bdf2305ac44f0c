"""Personal data of care that comes again: purposes, export, retention, erasure."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import Section, anonymise_bookings, build_section
from circle.privacy.purposes import Basis, Purpose
from eldercare.actions.series_changes import forget_series_answers
from eldercare.models import CareSeries, SeriesDate, SeriesPause


def old_series(community: int, before: dt.datetime) -> QuerySet[CareSeries]:
    over = CareSeries.objects.over().filter(community=community, status_at__lt=before)
    return over.filter(resident__is_nobody=False)


def anonymise_series(rows: QuerySet[CareSeries], at: dt.datetime) -> int:
    forget_series_answers(rows)
    SeriesPause.objects.filter(series__in=rows).delete()
    rows.update(building=None)
    return anonymise_bookings(rows, door="")


def series_sections(people: Sequence[Resident]) -> list[Section]:
    series = CareSeries.objects.filter(resident__in=people).shown()
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "code": _("code"),
        "kind.name": _("kind of care"),
        "weekday": _("weekday"),
        "starts": _("from"),
        "every": _("every so many weeks"),
        "first_day": _("first day"),
        "last_day": _("last day"),
        "needs": _("needs"),
        "conditions": _("conditions that hold"),
        "note": _("note"),
        "building": _("building"),
        "door": _("entrance and door"),
        "address_on": _("address given on"),
        "status": _("status"),
        "reason": _("reason"),
        "age_reason": _("why outside the ages"),
        "booked_at": _("made at"),
    }
    of_series = {"series.resident.name": pgettext_lazy("of a person", "name"), "series.code": _("code")}
    pauses = SeriesPause.objects.filter(series__resident__in=people).select_related("series__resident")
    dates = SeriesDate.objects.filter(series__resident__in=people).shown()
    return [
        build_section("care_series", _("Elder care that comes again"), series, labels),
        build_section(
            "series_pauses",
            _("Pauses of a series"),
            pauses,
            of_series | {"starts_on": _("first day"), "ends_on": _("last day"), "said_at": _("said at")},
        ),
        build_section(
            "series_dates",
            _("Dates of a series"),
            dates,
            of_series | {"day": _("day"), "status": _("status"), "reason": _("reason")},
        ),
    ]


def wipe_series_data(resident: Resident) -> None:
    rows = CareSeries.objects.filter(resident=resident)
    forget_series_answers(rows)
    SeriesPause.objects.filter(series__in=rows).delete()
    rows.update(building=None, door="")


SERIES = Purpose(
    code="care_series",
    title=_("Elder care that comes again"),
    why=_("To come on the same weekday each time without being asked anew."),
    what=_(
        "Kind of care, weekday and time, building and door, who asked in whose name, pauses, and which dates "
        "did not take place."
    ),
    basis=Basis.ASKED,
    columns={
        "eldercare.CareSeries": [
            "resident", "building", "door", "booked_by", "mandate", "reason", "age_reason",
        ],
        "eldercare.SeriesDate": ["reason"],
    },
    ends=_("after the series has ended; then it no longer names you"),
    rule="retention_care",
    stale=old_series,
    forget=anonymise_series,
)  # fmt: skip

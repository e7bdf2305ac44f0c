"""What the desk does with care that comes again, and with its dates that wait: the tables of actions."""

from functools import partial

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import ReasonForm, RowAction, action_table, is_in, pass_row_as
from circle.models import Via
from eldercare import actions
from eldercare.backoffice.series_forms import (
    AddressForm,
    DateTimeForm,
    EndSeriesForm,
    ExtendForm,
    MoveSeriesForm,
    PauseForm,
    ResumeForm,
)
from eldercare.models import CareSeries, SeriesDate
from eldercare.models.series import SERIES_CHANGE

DATE_VIEW, DATE_CHANGE = "eldercare.view_seriesdate", "eldercare.change_seriesdate"
on_series = partial(pass_row_as, "series")
is_live = is_in(*CareSeries.LIVE)


SERIES_ACTIONS = action_table(
    SERIES_CHANGE,
    RowAction(
        "confirm",
        _("Confirm the series"),
        on_series(actions.confirm_series),
        is_in(CareSeries.Status.REQUESTED),
        sentence=_("With all its dates; the elder is told once."),
    ),
    RowAction(
        "pause",
        _("Pause"),
        on_series(actions.pause_series, via=Via.PHONE),
        is_live,
        form=PauseForm,
        sentence=_("What is booked on these days is cancelled. Afterwards it comes again by itself."),
    ),
    RowAction(
        "resume",
        _("End the pause"),
        on_series(actions.resume_series, via=Via.PHONE),
        lambda row, at: row.is_live and row.pauses.filter(ends_on__gte=localdate(at)).exists(),
        form=ResumeForm,
    ),
    RowAction(
        "move",
        _("Another weekday or time"),
        on_series(actions.move_series, via=Via.PHONE),
        is_live,
        form=MoveSeriesForm,
        sentence=_("Each date moves within its week; one without a free time waits in the list."),
    ),
    RowAction(
        "extend",
        _("Let it go on"),
        on_series(actions.extend_series, via=Via.PHONE),
        is_live,
        form=ExtendForm,
        sentence=_("Until a later day; the elder gets a message."),
    ),
    RowAction(
        "address",
        _("Enter the address"),
        on_series(actions.readdress_series),
        lambda row, at: row.is_live and row.building_id is not None,
        form=AddressForm,
        sentence=_("For the dates that are booked from now on."),
    ),
    RowAction(
        "end",
        _("Cancel all or the rest at their wish"),
        on_series(actions.end_series, via=Via.PHONE),
        is_live,
        form=EndSeriesForm,
        sentence=_("What is booked of it is cancelled; the elder is told once."),
    ),
    RowAction(
        "revoke",
        _("End it from our side"),
        on_series(actions.revoke_series),
        is_live,
        form=ReasonForm,
        sentence=_("The elder reads the reason."),
    ),
)
DATE_ACTIONS = action_table(
    DATE_CHANGE,
    RowAction(
        "book",
        _("Book it at another time"),
        pass_row_as("row", actions.book_date_again),
        is_in(SeriesDate.Status.WAITING),
        form=DateTimeForm,
        sentence=_("Agree on it with the elder first; they get a message with the time."),
    ),
    RowAction(
        "again",
        _("Try it once more as planned"),
        pass_row_as("row", actions.book_date_again),
        is_in(SeriesDate.Status.WAITING),
    ),
    RowAction(
        "skip",
        _("It does not take place"),
        pass_row_as("row", actions.skip_date),
        is_in(SeriesDate.Status.WAITING),
        form=ReasonForm,
        sentence=_("The elder reads the reason. The other dates stay as they are."),
    ),
)

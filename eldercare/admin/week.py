"""The week of the care team, and the board on which a day's care is given to who goes."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from circle.backoffice.post_permissions import require_permissions
from circle.models import User
from eldercare.actions import assign_several
from eldercare.actions.assigning_several import Choice
from eldercare.admin.pages import page, require_work
from eldercare.backoffice.board import BoardRow, board_rows, days_of_board, gone_codes
from eldercare.backoffice.bookings import CHANGE, VIEW
from eldercare.backoffice.engagements import ONE_WEEK, monday_of
from eldercare.backoffice.week import week_of
from services.admin.pages import day_of


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """carebooking/week/?date=: hours, leave and care of the team; a care worker's holds their own."""
    require_work(request)
    monday = monday_of(day_of(request.GET.get("date", "")))
    sees_all = request.user.has_perm(VIEW)
    context = {
        "week": week_of(cast(User, request.user), monday),
        "before": monday - ONE_WEEK,
        "after": monday + ONE_WEEK,
        "today": timezone.localdate(),
        "sees_all": sees_all,
        "may_assign": request.user.has_perm(CHANGE),
    }
    title = _("Week of the care team") if sees_all else _("My week")
    return page(request, "week.html", title, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """carebooking/board/?date=: who goes where that day; POST assigns what was ticked, one by one."""
    require_permissions(request, CHANGE)
    user, today = cast(User, request.user), timezone.localdate()
    days = days_of_board(user, today)
    first = days[0][0] if days else today
    day = day_of(request.GET.get("date", "")) if request.GET.get("date") else first
    rows, gone = board_rows(user, today, day), []
    if request.method == "POST":
        gone = gone_codes(user, set(request.POST.getlist("chosen")), rows)
        errors = assign_ticked(request, rows)
        if not errors and not gone:
            return redirect(request.get_full_path())
        rows = board_rows(user, today, day)
        for row in rows:
            enter_error(request, row, errors)
    status = 422 if gone or any(row.error for row in rows) else 200
    shown = {"rows": rows, "gone": gone, "days": days, "day": day}
    return page(request, "board.html", _("Assignment board"), status, **shown)


def assign_ticked(request: HttpRequest, rows: list[BoardRow]) -> dict[int, ValidationError]:
    """What was refused, by the booking's id."""
    ticked, choices, errors = set(request.POST.getlist("chosen")), [], {}
    for row in rows:
        if row.booking.code not in ticked:
            continue
        try:
            choices.append(choice_of(request, row))
        except ValidationError as refusal:
            errors[row.booking.pk] = refusal
    refusals = assign_several(choices=choices, at=timezone.now(), by=cast(User, request.user))
    if done := len(choices) - len(refusals):
        words = ngettext("%(count)d is assigned.", "%(count)d are assigned.", done)
        messages.success(request, words % {"count": done})
    elif not errors and not refusals:
        messages.warning(request, _("Nothing was ticked."))
    return errors | refusals


def choice_of(request: HttpRequest, row: BoardRow) -> Choice:
    """Refuses: worker_missing."""
    code, people = row.booking.code, row.people
    named = request.POST.get(f"second-{code}", "") if row.takes_two else ""
    lead, second = people.get(request.POST.get(f"lead-{code}", "")), people.get(named)
    if lead is None or (named and second is None):
        raise ValidationError(_("Choose who is to go."), code="worker_missing")
    return Choice(row.booking, lead, second, known=request.POST.get(f"was-{code}"))


def enter_error(request: HttpRequest, row: BoardRow, errors: dict[int, ValidationError]) -> None:
    """With what was chosen; of a row that somebody else has changed with what is so now."""
    code, refusal = row.booking.code, errors.get(row.booking.pk)
    row.error = refusal.messages[0] if refusal else ""
    if refusal and refusal.code == "changed_meanwhile":
        row.is_ticked = False
        return
    row.lead = request.POST.get(f"lead-{code}", row.lead)
    row.second = request.POST.get(f"second-{code}", row.second)
    row.is_ticked = code in request.POST.getlist("chosen")

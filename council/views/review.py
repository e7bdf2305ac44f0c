"""Minutes in review, for the members on the roll: to read, and to ask for other words."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.audit.log import record_refusal
from circle.booking.form_keys import answer_once
from circle.models import own_ids
from circle.web.middleware import PortalRequest, signed_in_user
from council import actions
from council.actions.amendments import items_heard
from council.models import AgendaItem, Amendment, Attendance, Meeting, MinutesVersion
from council.models.amendments import TEXT_LENGTH
from council.views.meetings import find_meeting


class AmendmentForm(forms.Form):
    item = forms.TypedChoiceField(label=_("To which item"))
    text = forms.CharField(
        label=_("What should stand there"),
        help_text=_("In public words, without names. You read here what came of it."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what should stand there.")},
    )

    def __init__(self, data: Any, *, items: list[AgendaItem]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        known = {item.pk: item for item in items}
        fields["item"].choices = [(pk, str(item)) for pk, item in known.items()]
        fields["item"].coerce = lambda pk: known[int(pk)]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def minutes_review(request: PortalRequest, month: str, body: str = "") -> HttpResponse:
    """…/review/: who is on the roll reads the text; who was there asks for other words while it is open."""
    meeting = find_meeting(Meeting.objects.filter(community=request.community), month, body)
    entry = own_entry(request, meeting)
    minutes = MinutesVersion.objects.filter(meeting=meeting).order_by("-version").first()
    is_open = minutes is not None and minutes.status == MinutesVersion.Status.IN_REVIEW
    items = items_heard(meeting, entry) if is_open else []
    form = AmendmentForm(None, items=items) if items else None
    if request.method == "POST" and minutes:
        form = AmendmentForm(request.POST, items=list(meeting.items.order_by("number")))
        if was_asked(request, form, minutes, entry):
            messages.success(request, gettext("It is put down. The chair answers it with a reason."))
            return redirect(meeting.address("minutes_review"))
    context = {
        "meeting": meeting,
        "minutes": minutes,
        "is_open": is_open,
        "sheet": minutes.sheet if minutes and is_open else None,
        "form": form,
        "can_ask": bool(items),
        "amendments": own_amendments(entry),
    }
    is_wrong = request.method == "POST"
    return render(request, "council/minutes_review.html", context, status=422 if is_wrong else 200)


def was_asked(
    request: PortalRequest, form: AmendmentForm, minutes: MinutesVersion, entry: Attendance
) -> bool:
    """Whether it was put down; who was not there is refused by the action, and that is recorded."""
    if not form.is_valid():
        return False
    by, at = signed_in_user(request), timezone.now()
    try:
        actions.ask_amendment(minutes=minutes, membership=entry.membership, at=at, by=by, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        record_refusal(
            verb="amendment_asked",
            code=refusal.code or "",
            subject=minutes,
            community=minutes.community,
            at=at,
            actor=by,
        )
        return False
    return True


def own_entry(request: PortalRequest, meeting: Meeting) -> Attendance:
    """The line of this login on the roll; to others the page is not there."""
    rows = Attendance.objects.filter(
        meeting=meeting, membership__resident__in=own_ids(signed_in_user(request))
    )
    found = rows.select_related("membership").first()
    if found is None:
        raise Http404
    return found


def own_amendments(entry: Attendance) -> list[Amendment]:
    rows = Amendment.objects.filter(minutes__meeting=entry.meeting_id, asked_by=entry.membership_id)
    return list(rows.select_related("item").order_by("pk"))

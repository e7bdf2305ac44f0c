"""The pages of an appointment for the person whose it is, as every app answers them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from circle.booking.form_keys import answer_once
from circle.booking.proof import Proof
from circle.calendar.working_days import ONE_DAY
from circle.identifiers.phone_numbers import parse_phone
from circle.identifiers.public_codes import typed_code
from circle.models import Record
from circle.web import export_formats

View = Callable[..., HttpResponse]


class FindBookingForm(forms.Form):
    """Without an account: the phone number of the booking and its code."""

    phone = forms.CharField(
        label=gettext_lazy("Mobile number"),
        help_text=gettext_lazy("The one that the booking was made with."),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("Enter the mobile number.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Booking code"),
        help_text=gettext_lazy("Eight letters and digits, in the message that we sent."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("Enter the booking code.")},
    )

    def clean_phone(self) -> str:
        return parse_phone(self.cleaned_data["phone"])

    def clean_code(self) -> str:
        return typed_code(self.cleaned_data["code"])


class MoveForm(forms.Form):
    slot = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("Please choose a time."),
            "invalid": gettext_lazy("This time does not exist. Please choose another."),
        },
    )


def find_view(proof: Proof, template: str) -> View:
    """Without an account, by phone number and booking code."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    def view(request: HttpRequest) -> HttpResponse:
        form = FindBookingForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
        if request.method == "POST" and form.is_valid():
            try:
                found = proof.find(request, form.cleaned_data["phone"], form.cleaned_data["code"])
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                proof.remember(request, found.code)
                return redirect(found)
        return render(request, template, {"form": form}, status=422 if form.errors else 200)

    return view


def forget_view(proof: Proof, *others: Proof) -> View:
    """On a computer of many people the next one finds nothing, nor what came of it, which `others` show."""

    @require_POST
    @never_cache
    def view(request: HttpRequest) -> HttpResponse:
        for each in (proof, *others):
            each.forget(request)
        messages.success(request, _("This device shows the booking no longer."))
        return redirect(proof.find_url)

    return view


def cancel_view(proof: Proof, template: str, cancel: Callable[..., object], done: Any) -> View:
    """Asks once more, then gives the place back; `done` is said afterwards."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @answer_once
    @proof.for_its_person
    def view(request: HttpRequest, found: Any) -> HttpResponse:
        refused = None
        if request.method == "POST":
            try:
                cancel(**proof.acting(request, found))
            except ValidationError as refusal:
                refused = refusal
            else:
                messages.success(request, done)
                return redirect(found)
        context = {"booking": found, "refused": refused}
        return render(request, template, context, status=422 if refused else 200)

    return view


def move_view(
    proof: Proof,
    template: str,
    *,
    slots: "QuerySet[Any]",
    move: Callable[..., object],
    done: Any,
    times: Callable[[Any, Any], dict[str, Any]],
    otherwise: Callable[[Any, Any], HttpResponse] | None = None,
) -> View:
    """Another time for the same appointment, under the same code.

    `times`: those to choose from, of request and appointment; `otherwise`: the page of one without a slot.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @answer_once
    @proof.for_its_person
    def view(request: HttpRequest, found: Any) -> HttpResponse:
        if otherwise and found.slot_id is None:
            return otherwise(request, found)
        form = MoveForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                move(slot=chosen_slot(slots, form), **proof.acting(request, found))
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, done)
                return redirect(found)
        page = {"booking": found, "form": form, **times(request, found)}
        return render(request, template, page, status=422 if form.errors else 200)

    return view


def chosen_slot(slots: "QuerySet[Any]", form: MoveForm) -> Any:
    slot = slots.filter(code=form.cleaned_data["slot"]).first()
    if slot is None:
        raise ValidationError(_("This time does not exist. Please choose another."), code="slot_unknown")
    return slot


def calendar_file(found: Any, *, title: str, place: str, is_tentative: bool) -> HttpResponse:
    """Its calendar entry, for the whole day where it has no time; `found` says whether it is stranded."""
    whole_day: tuple[dt.date, dt.date] = (found.day, found.day + ONE_DAY)
    entry = export_formats.Appointment(
        uid=f"{found.code}@{found.community.slug}",
        title=title,
        starts_at=found.starts_at or whole_day[0],
        ends_at=found.ends_at or whole_day[1],
        place=place,
        note=calendar_note(found),
        changed_at=timezone.now(),  # also where its time was closed, which leaves the booking as it was
        sequence=newest_record(),
        is_cancelled=found.status in found.FREED,
        is_tentative=is_tentative or found.is_stranded,
    )
    return export_formats.calendar_response(found.code, [entry])


def newest_record() -> int:
    """Rises with every change: of this booking, of its time, of a closure or of opening hours."""
    return Record.objects.order_by("-id").values_list("id", flat=True).first() or 0


def calendar_note(found: Any) -> str:
    code = _("Booking code %(code)s") % {"code": found.code}
    if not found.is_stranded:
        return code
    closed = _("This time has been closed. Please choose another.")
    return f"{closed} {code}"

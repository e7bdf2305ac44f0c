"""The senior school: its courses, enrolling, one's own place, and the roll."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle.booking.form_keys import answer_once
from circle.models import Mandate, Via
from circle.proximity.listed import place_states
from circle.proximity.origins import origin_of
from circle.web import export_formats
from circle.web.middleware import PortalRequest, people_for, signed_in_user
from eldercare import actions
from eldercare.forms import EnrolForm, RollForm
from eldercare.models import ClassSession, ClassWaiting, Enrolment, SchoolClass, Term

ALWAYS = ["GET", "HEAD", "POST"]
SEVERAL = 12  # meetings shown of a class
COLUMNS = 6  # of the roster


@require_safe
@never_cache
def school(request: PortalRequest) -> HttpResponse:
    """/eldercare/school/: the courses of this and the coming term, places, times, the way on foot."""
    at = timezone.now()
    asked = Count("enrolments", filter=Q(enrolments__status="asked"))
    classes = SchoolClass.objects.public(request.community).shown().annotate(asked_now=asked)
    terms = Term.objects.filter(community=request.community, last_day__gte=timezone.localdate())
    rows = Prefetch("classes", classes.order_by("weekday", "opens", "pk"))
    terms = terms.order_by("first_day").prefetch_related(rows)
    context = {"terms": [(term, term.classes.all()) for term in terms], "at": at} | way_on_foot(request)
    if request.user.is_authenticated:
        own = SchoolClass.objects.for_user(signed_in_user(request)).filter(community=request.community)
        context["rolls"] = own.current(timezone.localdate()).shown()
    return render(request, "eldercare/school.html", context)


def way_on_foot(request: PortalRequest) -> dict[str, Any]:
    building = request.building or None
    near = place_states(request.community, building, request.preferences.walking_pace)
    return {"near": near, "origin": origin_of(request.community, building)}


def public_class(request: PortalRequest, code: str) -> SchoolClass:
    found: SchoolClass = get_object_or_404(SchoolClass.objects.public(request.community).shown(), code=code)
    return found


@require_http_methods(ALWAYS)
@never_cache
@answer_once
def school_class(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/school/<code>/: one class; POST asks for a place, or to wait for one."""
    found = public_class(request, code)
    form = None
    if request.user.is_authenticated:
        people = people_for(request, Mandate.Scope.BOOKINGS)
        form = EnrolForm(request.POST if request.method == "POST" else None, people=people)
    elif request.method == "POST":
        return redirect_to_login(request.path)
    if form and form.is_valid():
        try:
            return ask(request, found, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            found.refresh_from_db(fields=["taken", "capacity"])
    at = timezone.now()
    context = {
        "found": found,
        "form": form,
        "at": at,
        "is_full": is_full(found),
        "can_join": found.can_join(at) and at >= found.term.opens_at,
        "sessions": found.sessions.filter(ends_at__gte=at)[:SEVERAL],
    }
    status = 422 if form and form.errors else 200
    return render(request, "eldercare/school_class.html", context | way_on_foot(request), status=status)


def is_full(found: SchoolClass) -> bool:
    waits_for_draw = found.term.is_drawn_by_lot and not found.term.drawn_at
    return not found.left and not waits_for_draw


def ask(request: PortalRequest, found: SchoolClass, form: EnrolForm) -> HttpResponse:
    """Refuses: as the actions."""
    said: dict[str, Any] = {"school_class": found, "resident": form.cleaned_data["resident"]}
    said |= {"via": Via.ONLINE, "at": timezone.now(), "by": signed_in_user(request)}
    if request.POST.get("verb") == "wait":
        row: ClassWaiting | Enrolment = actions.wait_for_class(**said)
        messages.success(request, _("You are in the waiting list. We tell you when a place is free."))
    else:
        row = actions.enrol(**said)
        drawn = _("Taken down. After enrolment closes the places are drawn, and we tell you.")
        messages.success(request, drawn if row.status == "asked" else _("The place is yours."))
    return redirect("school_place", row.code)


@require_http_methods(ALWAYS)
@never_cache
@login_required
@answer_once
def school_place(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/school/mine/<code>/: one's own place, wish or offer; POST cancels it or answers."""
    user, refused = signed_in_user(request), None
    row: Any = Enrolment.objects.mine(user).shown().filter(code=code).first()
    row = row or get_object_or_404(ClassWaiting.objects.mine(user).shown(), code=code)
    if request.method == "POST":
        try:
            return answer(request, row)
        except ValidationError as refusal:
            refused = refusal
            row.refresh_from_db()
    context = {
        "row": row,
        "found": row.school_class,
        "refused": refused,
        "is_line": isinstance(row, ClassWaiting),
        "at": timezone.now(),
    }
    return render(request, "eldercare/school_place.html", context, status=422 if refused else 200)


def answer(request: PortalRequest, row: Enrolment | ClassWaiting) -> HttpResponse:
    said: dict[str, Any] = {"via": Via.ONLINE, "at": timezone.now(), "by": signed_in_user(request)}
    if isinstance(row, Enrolment):
        actions.cancel_enrolment(enrolment=row, **said)
    elif request.POST.get("verb") == "accept":
        taken = actions.accept_class_offer(row=row, **said)
        messages.success(request, _("The place is yours."))
        return redirect("school_place", taken.code)
    else:
        actions.leave_class_line(row=row, **said)
    messages.success(request, _("Done. The place helps a neighbour."))
    return redirect("school_place", row.code)


@require_safe
def school_ics(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/school/<code>/calendar.ics: the meetings of a class, without names."""
    found, at = public_class(request, code), timezone.localtime()
    times = [
        export_formats.Appointment(
            uid=f"{found.code}-{meeting.day:%Y%m%d}@{request.community.slug}",
            title=found.name,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=f"{found.facility.name}, {found.room}",
            note="",
            changed_at=at,
            sequence=int(at.timestamp()) // 60,  # the file read last is the one that holds
        )
        for meeting in found.sessions.all()
    ]
    return export_formats.calendar_response(found.code, times)


@require_http_methods(ALWAYS)
@never_cache
@login_required
@answer_once
def school_roll(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/school/<code>/roll/[?day=]: names only, of the last meeting or of that day."""
    user, at = signed_in_user(request), timezone.now()
    found = get_object_or_404(SchoolClass.objects.for_user(user).shown(), code=code)
    held = found.sessions.filter(starts_at__lte=at).order_by("-day")
    meeting = session_of(held, request.GET.get("day", ""))
    pupils = Enrolment.objects.pupils().filter(school_class=found).select_related("resident")
    form = None
    if meeting:
        form = RollForm(
            request.POST if request.method == "POST" else None,
            pupils=pupils.order_by("resident__name", "pk"),
            came=came_to(meeting),
            seen=meeting.seen_roll,
        )
    if request.method == "POST" and form and meeting and form.is_valid():
        try:
            actions.take_roll(
                session=meeting, present=form.present, seen=form.cleaned_data["seen"], at=at, by=user
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Entered. Thank you."))
            return redirect(f"{request.path}?day={meeting.day.isoformat()}")
    has_changed = form is not None and form.has_error("__all__", "changed_meanwhile")
    context = {"found": found, "meeting": meeting, "held": held[:SEVERAL], "form": form}
    context |= {"has_changed": has_changed}
    return render(request, "eldercare/school_roll.html", context, status=422 if form and form.errors else 200)


@require_safe
@never_cache
@login_required
def school_roster(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/school/<code>/roster/: names only, with a column for each of the next meetings, to print."""
    found = get_object_or_404(SchoolClass.objects.for_user(signed_in_user(request)).shown(), code=code)
    pupils = Enrolment.objects.pupils().filter(school_class=found).select_related("resident")
    context = {
        "found": found,
        "pupils": pupils.order_by("resident__name", "pk"),
        "meetings": found.sessions.filter(day__gte=timezone.localdate())[:COLUMNS],
    }
    return render(request, "eldercare/school_roster.html", context)


def session_of(held: Any, day: str) -> ClassSession | None:
    """The meeting of that day, else the last one; None before the first."""
    rows: list[ClassSession] = list(held)
    return next((row for row in rows if row.day.isoformat() == day), rows[0] if rows else None)


def came_to(meeting: ClassSession) -> list[int]:
    return list(meeting.attendances.filter(is_present=True).values_list("enrolment", flat=True))

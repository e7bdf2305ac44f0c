"""Sending a topic: what is it about → is this right? → the receipt. Only its own people see it afterwards."""

import datetime as dt

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circle.actions import register_resident
from circle.audit.log import record_refusal
from circle.booking.form_keys import answer_once
from circle.booking.idempotency import new_key, once
from circle.models import Dimension, Resident
from circle.permissions.age_bands import Choice, age_bands, choices_of
from circle.web.middleware import PortalRequest, people_for, signed_in_user
from council import actions
from council.forms import ABOUT_LENGTH, TopicForm
from council.models import Body, Meeting, Topic
from council.models.topics import AGES, SCOPE
from council.views.facts import facts_of
from services.forms import ChildForm
from services.views.people import own_row, register_own_child

SIMILAR_SHOWN = 3


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def topic_new(request: PortalRequest) -> HttpResponse:
    """/council/topics/new/?topic=<dimension>&scenario=&about=: what it is about. A POST shows it to check."""
    at, people = timezone.now(), people_of(request)
    if request.method != "POST":
        about = request.GET.get("about", "")[:ABOUT_LENGTH]
        wanted = request.GET.get("topic", "") or facts_of(request, about)[1]
        chosen = wanted if wanted in Dimension.values else ""
        said = {"once": new_key(), "dimension": chosen, "scenario": request.GET.get("scenario", "")[:8]}
        said["about"] = about
        return render_topic_form(
            request, TopicForm(choices=people, community=request.community, initial=said), at
        )
    if "add_child" in request.POST:
        return add_child(request, at)
    form = TopicForm(request.POST, choices=people, community=request.community)
    if "edit" in request.POST:  # back from the check, to change a word
        back = TopicForm(choices=people, community=request.community, initial=request.POST.dict())
        return render_topic_form(request, back, at)
    if not form.is_valid():
        return render_topic_form(request, form, at)
    said = form.cleaned_data
    meeting = meeting_of(request, form)
    if said["meeting"] and (meeting is None or not meeting.is_calling(at)):
        form.add_error(None, call_closed_error())
        return render_topic_form(request, form, at)
    context = {
        "form": form,
        "meeting": meeting,
        "said": said,
        "dimension": Dimension(said["dimension"]).label if said["dimension"] else "",
        "facts": facts_of(request, said["about"])[0],
        "similar": similar_to(request, said["text"]),
        "shows_person": len(people) > 1,
    }
    return render(request, "council/topic_check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def topic_check(request: PortalRequest) -> HttpResponse:
    """/council/topics/new/check/: sends it, once."""
    if request.method != "POST":
        return redirect("topic_new")
    form = TopicForm(request.POST, choices=people_of(request), community=request.community)
    receipt = form.is_valid() and send_once(request, form)
    if receipt:
        return redirect("topic", receipt)
    return render_topic_form(request, form, timezone.now())


def add_child(request: PortalRequest, at: dt.datetime) -> HttpResponse:
    """The form as it was typed, with the child that was entered chosen where it is old enough."""
    guardian, said = own_row(request), request.POST.dict()
    child = ChildForm(request.POST)
    if guardian and not request.acting and child.is_valid():
        try:
            said["resident"] = register_own_child(request, child, guardian)
        except ValidationError as refusal:
            child.add_error(None, refusal)
    people = people_of(request)
    said["once"] = new_key()  # the one that was sent has entered the child
    return render_topic_form(
        request,
        TopicForm(choices=people, community=request.community, initial=said),
        at,
        child if child.errors else None,
    )


def render_topic_form(
    request: PortalRequest, form: TopicForm, at: dt.datetime, child: ChildForm | None = None
) -> HttpResponse:
    """The form with what was typed; where no call is open it is answered without a meeting."""
    meetings = Meeting.objects.public(request.community).of_the_council()
    context = {
        "form": form,
        "calling": meetings.calling(at).first(),
        "council": council_of(request),
        "next_call": meetings.call_to_come(at).first(),
        "facts": facts_of(request, form["about"].value() or "")[0],
        "child": child or blank_child(request),
        "refused_child": child,
    }
    is_wrong = bool(form.errors or child)
    return render(request, "council/topic_new.html", context, status=422 if is_wrong else 200)


def blank_child(request: PortalRequest) -> ChildForm | None:
    """For who is in the register and speaks for themselves."""
    can_add = own_row(request) and not request.acting
    return ChildForm() if can_add else None


def send_once(request: PortalRequest, form: TopicForm) -> str:
    """The receipt number, or nothing where it was refused; the form then says why."""
    user, said, at = signed_in_user(request), form.cleaned_data, timezone.now()
    meeting, body = meeting_of(request, form), council_of(request)
    if body is None or (said["meeting"] and meeting is None):
        form.add_error(None, call_closed_error())
        return ""

    def act() -> str:
        return actions.submit_topic(
            meeting=meeting,
            body=body,
            resident=said.get("resident") or register_newcomer(request, said["name"], at),
            text=said["text"],
            dimension=said["dimension"],
            scenario=said["scenario"],
            facts=facts_of(request, said["about"])[0],
            via=Topic.Channel.ONLINE,
            at=at,
            by=user,
        ).receipt

    try:
        return once(actor=f"user:{user.pk}", key=said["once"], at=at, act=act)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        if refusal.code == "not_allowed":
            record_refusal(
                verb="topic_received",
                code=refusal.code,
                subject=meeting or body,
                community=request.community,
                at=at,
                actor=user,
            )
        return ""


@require_safe
@never_cache
@login_required
def topic(request: PortalRequest, receipt: str) -> HttpResponse:
    """/council/topics/<receipt>/: where it stands, for who raised it."""
    topics = Topic.objects.mine(signed_in_user(request)).prefetch_related("items")
    with_rows = ("meeting__body", "meeting__place", "body", "community", "raised_by", "scenario__kind")
    found = get_object_or_404(topics.select_related(*with_rows), receipt=receipt)
    items = [item for item in found.items.all() if item.status != "proposed"]
    return render(request, "council/topic.html", {"topic": found, "items": items})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def topic_withdraw(request: PortalRequest, receipt: str) -> HttpResponse:
    """/council/topics/<receipt>/withdraw/: by who raised it, as long as it has no answer."""
    user = signed_in_user(request)
    found = get_object_or_404(Topic.objects.mine(user).select_related("body"), receipt=receipt)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_topic(topic=found, at=timezone.now(), by=user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("topic", found.receipt)
    context = {"topic": found, "form": form}
    return render(request, "council/topic_withdraw.html", context, status=422 if form.errors else 200)


def people_of(request: PortalRequest) -> list[Choice]:
    """In whose name this login may speak here."""
    people = people_for(request, SCOPE).filter(community=request.community)
    return choices_of(people, signed_in_user(request), age_bands(AGES), timezone.localdate())


@require_POST
@never_cache
@login_required
def topic_similar(request: PortalRequest) -> HttpResponse:
    """/council/topics/similar/: a part of the form, asked while somebody types; stores nothing."""
    similar = similar_to(request, request.POST.get("text", ""))
    return render(request, "council/_similar.html", {"similar": similar})


def similar_to(request: PortalRequest, text: str) -> list[Topic]:
    """Public ones of the last year that are about the same, open ones first to stand behind."""
    since = timezone.now() - dt.timedelta(days=365)
    rows = Topic.objects.filter(community=request.community, came_at__gt=since).public()
    return rows.exclude(status=Topic.Status.MERGED).like(text)[:SIMILAR_SHOWN]


def council_of(request: PortalRequest) -> Body | None:
    """To which residents of this community send topics, with or without a call."""
    return Body.objects.filter(community=request.community, kind=Body.Kind.RESIDENTS_COUNCIL).first()


def meeting_of(request: PortalRequest, form: TopicForm) -> Meeting | None:
    """The meeting that the form was written for."""
    slug = form.cleaned_data.get("meeting", "")
    meetings = Meeting.objects.public(request.community).of_the_council()
    return next((found for found in meetings.order_by("-starts_at")[:24] if found.slug == slug), None)


def register_newcomer(request: PortalRequest, name: str, at: dt.datetime) -> Resident:
    user = signed_in_user(request)
    return register_resident(
        community=request.community, name=name, phone=user.phone, login=user, at=at, by=user
    )


def call_closed_error() -> ValidationError:
    return ValidationError(_("The call for topics of this meeting is closed."), code="call_closed")

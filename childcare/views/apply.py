"""Applying for a place: begun or resumed, filled in task by task, checked, sent in, followed."""

import datetime as dt
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from childcare import actions
from childcare.forms.applications import TASKS, SubmitForm
from childcare.forms.fields import TaskForm
from childcare.forms.start import StartForm
from childcare.models import Application, EntryChild, FurtherWish, NurseryClass, Paper, PassedOver, RoundEntry
from childcare.models.applications import LIVE, WITHDRAWABLE
from childcare.views.mine import ONLINE, actor, answered, is_guardian_of, my_application
from childcare.views.siblings import may_declare
from childcare.views.trials import can_try, with_trial
from circle.actions import register_resident
from circle.booking.form_keys import answer_once
from circle.booking.idempotency import new_key, once
from circle.models import Guardianship, Mandate, Resident
from circle.web.middleware import PortalRequest, signed_in_user

SHOWN = 20
MOST_MOVES = 30
ENDS_SOON = dt.timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def apply(request: PortalRequest) -> HttpResponse:
    """/childcare/apply/[?class=]: what is running already, and a new application."""
    people = list(guardians(request))
    if request.method == "POST":
        form = StartForm(request.POST, needs_name=not people)
        made = form.is_valid() and start_once(request, form)
        if made:
            return redirect("application", made)
    else:
        wanted = request.GET.get("class", "")[:20]
        form = StartForm.empty(needs_name=not people, key=new_key(), nursery_class=wanted)
        if not wanted and has_several_nurseries(request):
            return redirect("childcare")
    running = Application.objects.mine(signed_in_user(request)).live().shown().order_by("-id")[:SHOWN]
    context = {"people": people, "form": form, "running": running}
    return answered(request, "apply.html", context, is_wrong=bool(form.errors))


def has_several_nurseries(request: PortalRequest) -> bool:
    classes = NurseryClass.objects.public(request.community).open()
    return classes.order_by().values("facility").distinct()[1:2].exists()


def guardians(request: PortalRequest) -> "QuerySet[Resident]":
    """In whose name this login may apply here: its own people and whoever empowered it, no children."""
    user, scope = signed_in_user(request), Mandate.Scope.CHILDCARE
    people = Resident.objects.represented_by(user, scope).filter(community=request.community)
    adults = people.exclude(pk__in=Guardianship.objects.current().values("child"))
    chosen = request.acting and adults.filter(pk=request.acting.pk)
    return chosen or adults


def start_once(request: PortalRequest, form: StartForm) -> str:
    """The code of the application to fill in, or nothing where it was refused; the form then says why."""
    user, name = actor(request)
    said, at = form.cleaned_data, timezone.now()
    chosen = NurseryClass.objects.public(request.community).open().filter(code=said["nursery_class"])

    def act() -> str:
        guardian = guardian_of(request, form)
        return actions.start_application(
            guardian=guardian, nursery_class=chosen.first(), via=ONLINE, at=at, by=user
        ).code

    try:
        return once(actor=name, key=said["once"], at=at, act=act)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return ""


def guardian_of(request: PortalRequest, form: StartForm) -> Resident:
    """The one who was chosen, else oneself; a newcomer is taken into the register.

    Refuses: not_allowed (chosen, and not one of one's own people), name_missing, name_too_long.
    """
    people, said, user = guardians(request), form.cleaned_data, signed_in_user(request)
    if said["guardian"]:
        people = people.filter(code=said["guardian"])
    found = people.order_by("pk").first()
    if found:
        return found
    if said["guardian"]:
        raise ValidationError(_("You may not act for this person."), code="not_allowed")
    return register_resident(
        community=request.community,
        name=said["name"],
        phone=user.phone,
        login=user,
        at=timezone.now(),
        by=user,
    )


@require_safe
@never_cache
@login_required
def application(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/applications/<code>/: the task list; once sent in, where it stands and what comes next."""
    found = my_application(request, code, partial(with_trial, user=signed_in_user(request)))
    undone = found.undone() if found.is_editable else []
    expires_at = found.offer.expires_at if found.offer else None
    context = {
        "application": found,
        "tasks": [(form.name, form.title, form.name not in undone) for form in TASKS.values()],
        "undone": undone,
        "papers": Paper.Kind.labels,
        "may_be_withdrawn": found.status in WITHDRAWABLE,
        "may_be_decided": found.status in [*WITHDRAWABLE, Application.Status.OFFERED],
        "may_decide": actions.can_decide(found, signed_in_user(request)),
        "can_try": can_try(found),
        "may_object": may_object(request, found),
        "may_declare_siblings": may_declare(found),
        "may_correct_health": may_correct_health(request, found),
        "is_over": expires_at is not None and expires_at <= timezone.now(),
        "ends_soon": expires_at is not None and expires_at - timezone.now() <= ENDS_SOON,
    }
    if found.submitted_at:
        context |= line_context(found)
    return answered(request, "application.html", context, is_wrong=False)


def line_context(found: Application) -> dict[str, object]:
    """Its place in line with every move, who was offered a place before it, and its round."""
    rows = Application.objects.filter(pk=found.pk).values_list(
        Exists(EntryChild.objects.filter(application=OuterRef("pk"))),
        Exists(PassedOver.objects.filter(application=OuterRef("pk"))),
        Exists(FurtherWish.objects.filter(application=OuterRef("pk"))),
    )
    has_entry, has_passings, has_wishes = rows.get()
    only_wish = [found.nursery_class] if found.nursery_class else []
    entries = RoundEntry.objects.filter(children__application=found).select_related("round")
    passings = PassedOver.objects.filter(application=found).select_related("nursery_class")
    return {
        "positions": actions.positions_of(found, None if has_wishes else only_wish),
        "moves": found.line_moves.select_related("nursery_class")[:MOST_MOVES],
        "entry": entries.last() if has_entry else None,
        "passings": passings if has_passings else [],
    }


def may_object(request: PortalRequest, found: Application) -> bool:
    """To what another guardian has accepted, once."""
    user = signed_in_user(request)
    is_open = found.status == Application.Status.ACCEPTED and found.objected_at is None
    return is_open and found.accepted_by_id != user.pk and is_guardian_of(user, found)


def may_correct_health(request: PortalRequest, found: Application) -> bool:
    """Once it is sent in; before that it is one of the tasks."""
    return found.status in LIVE and not found.is_editable and is_guardian_of(signed_in_user(request), found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def task(request: PortalRequest, code: str, name: str) -> HttpResponse:
    """/childcare/applications/<code>/<task>/: one task; saved when it is complete, shown again when not."""
    found = my_application(request, code)
    if name not in TASKS:
        raise Http404
    if not found.is_editable:
        return redirect(found)
    form = TASKS[name](request.POST if request.method == "POST" else None, application=found)
    if request.method == "POST" and form.is_valid() and save_task_form(request, form):
        return redirect(found)
    context = {"application": found, "form": form}
    return answered(request, "task.html", context, is_wrong=bool(form.errors))


def save_task_form(request: PortalRequest, form: TaskForm) -> bool:
    try:
        form.save(via=ONLINE, at=timezone.now(), by=signed_in_user(request))
    except ValidationError as refusal:
        form.add_error("consents" if refusal.code == "consent_missing" else None, refusal)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def check(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/applications/<code>/check/: everything on one page, the guardian's consent, and sending."""
    found = my_application(request, code)
    form = SubmitForm(request.POST if request.method == "POST" else None, initial={"once": new_key()})
    if request.method == "POST" and form.is_valid() and submit_once(request, found, form):
        messages.success(request, _("The application is sent in."))
        return redirect(found)
    if not found.is_editable and not form.errors:
        return redirect(found)
    may_decide = actions.can_decide(found, signed_in_user(request))
    context = {"application": found, "form": form, "undone": found.undone(), "may_decide": may_decide}
    return answered(request, "check.html", context, is_wrong=bool(form.errors))


def submit_once(request: PortalRequest, found: Application, form: SubmitForm) -> bool:
    user, name = actor(request)
    said, at = form.cleaned_data, timezone.now()

    def act() -> str:
        return actions.submit_application(
            application=found, consents=said["consent"], via=ONLINE, at=at, by=user
        ).code

    try:
        once(actor=name, key=said["once"], at=at, act=act)
    except ValidationError as refusal:
        form.add_error("consent" if refusal.code == "consent_missing" else None, refusal)
        return False
    return True

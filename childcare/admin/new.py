"""An application for a guardian on the phone or at the window: who → the tasks on one page → the code."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from childcare.admin.pages import (
    ADD,
    CHANGE,
    VIEW,
    application_of,
    in_reach_of,
    may_read_health,
    note_child_reading,
    page,
)
from childcare.backoffice.typed import WholeForm
from childcare.models import Application
from circle.backoffice.intake import Intake, register_newcomer, search_register
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.booking.idempotency import new_key, once
from circle.identifiers.public_codes import parse_uuids, typed_code
from circle.models import Community, Resident

ALWAYS = ["GET", "HEAD", "POST"]
READ, REGISTER = "circle.view_resident", "circle.add_resident"


def community_of(request: HttpRequest, *permissions: str) -> Community:
    """The one named in the address, else the first where this user's posts allow all of that."""
    require_permissions(request, *permissions)
    found = Community.objects.order_by("pk")
    for permission in permissions:
        found = found.filter(within_reach(request, permission, "pk"))
    named = request.GET.get("community", "")
    return get_object_or_404(found, slug=named) if named else get_object_or_404(found[:1])


@require_http_methods(ALWAYS)
def who(request: HttpRequest) -> HttpResponse:
    """application/new/[?community=]: finds the guardian, or by its code an application already begun."""
    community = community_of(request, ADD, READ)
    begun = begun_application(request)
    if begun:
        return redirect("admin:childcare_application_fill", begun.code)
    return who_page(request, community, search_register(request, community))


def begun_application(request: HttpRequest) -> Application | None:
    """The one whose code was typed instead of a name."""
    code = typed_code(request.POST.get("q", ""))
    applications = Application.objects.filter(in_reach_of(request, CHANGE))
    return applications.filter(code=code).first() if code.isalnum() else None


def who_page(request: HttpRequest, community: Community, intake: Intake) -> HttpResponse:
    return page(
        request,
        "application/who.html",
        gettext("Nursery application for a guardian"),
        status=intake.status,
        community=community,
        form=intake.form,
        people=intake.people,
        newcomer=intake.newcomer,
    )


@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """application/new/register/[?community=]: a guardian whom the register does not know yet."""
    community = community_of(request, ADD, READ, REGISTER)
    intake, code = register_newcomer(request, community)
    if not code:
        return who_page(request, community, intake)
    where = urlencode({"community": community.slug, "guardian": code})
    return redirect(f"{reverse('admin:childcare_application_form')}?{where}")


@require_http_methods(ALWAYS)
def form(request: HttpRequest) -> HttpResponse:
    """application/new/form/?guardian=[&community=]: everything on one page; POST sends it in once."""
    community = community_of(request, ADD, READ)
    people = Resident.objects.filter(community=community).living()
    guardian = get_object_or_404(people, code__in=parse_uuids(request.GET.get("guardian", "")))
    application = Application(community=community, guardian=guardian)
    return typed_in(request, application, with_health=True)


@require_http_methods(ALWAYS)
def fill(request: HttpRequest, code: str) -> HttpResponse:
    """application/fill/<code>/: the same for one that was returned, or a draft whose code is known."""
    require_permissions(request, CHANGE)
    found = Application.objects.filter(in_reach_of(request, CHANGE)).shown().select_related("health")
    application = get_object_or_404(found.prefetch_related("papers"), code=code)
    if not application.is_editable:
        return redirect("admin:childcare_application_change", application.pk)
    note_child_reading(request, application)
    is_new = application.health_or_none is None
    return typed_in(request, application, with_health=is_new or may_read_health(request, application))


def typed_in(request: HttpRequest, application: Application, *, with_health: bool) -> HttpResponse:
    whole = WholeForm(
        request.POST if request.method == "POST" else None,
        application,
        key=new_key(),
        with_health=with_health,
    )
    if request.method == "POST" and whole.is_valid():
        at = timezone.now()
        key = whole.last.cleaned_data["once"]
        try:
            code = once(
                actor=f"user:{request.user.pk}",
                key=key,
                at=at,
                act=lambda: whole.save(at=at, by=request.user).code,
            )
        except ValidationError:  # the form says why
            return form_page(request, application, whole)
        return redirect("admin:childcare_application_typed", code)
    return form_page(request, application, whole)


def form_page(request: HttpRequest, application: Application, whole: WholeForm) -> HttpResponse:
    return page(
        request,
        "application/form.html",
        gettext("Nursery application for a guardian"),
        status=422 if whole.is_wrong else 200,
        application=application,
        whole=whole,
    )


@require_safe
def typed(request: HttpRequest, code: str) -> HttpResponse:
    """application/typed/<code>/: the code, large enough to read over the phone."""
    application = application_of(request, code, VIEW)
    note_child_reading(request, application)
    return page(request, "application/typed.html", gettext("Sent in"), application=application)

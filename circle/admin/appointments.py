"""Pages on which the director gives a post, ends one, or takes a lost second step off a colleague."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.actions import end_post, give_post, remove_second_factor
from circle.actions.appointments import APPOINT, UNLOCK
from circle.audit.log import record_refusal
from circle.backoffice.confirmation import Question, render_question
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.site import CommunityAdmin
from circle.models import Building, Community, Firm, Grid, StaffPost
from circle.models.roles import Role, roles_with

PerformAction = Callable[[dict[str, Any]], Any]
DAY = forms.DateInput(attrs={"type": "date"})


class GiveForm(forms.Form):
    """Offers what this user may give; the action decides."""

    community = forms.ModelChoiceField(Community.objects.none(), label=gettext_lazy("Community"))
    login = forms.CharField(
        label=gettext_lazy("E-mail address; of a volunteer or head of a building the mobile number"),
        max_length=120,
    )
    role = forms.ChoiceField(label=gettext_lazy("Post"))
    grid = forms.ModelChoiceField(Grid.objects.none(), required=False, label=gettext_lazy("Grid"))
    building = forms.ModelChoiceField(Building.objects.none(), required=False, label=gettext_lazy("Building"))
    firm = forms.ModelChoiceField(Firm.objects.none(), required=False, label=gettext_lazy("Firm"))
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY, required=False)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, path_to in {"community": "pk", "grid": "community", "building": "community"}.items():
            offered = self.fields[name].queryset.model.objects.filter(within_reach(request, APPOINT, path_to))
            self.fields[name].queryset = offered
        self.fields["firm"].queryset = Firm.objects.filter(within_reach(request, APPOINT))
        may_all = request.user.has_global_permission(APPOINT)
        deciding = roles_with(APPOINT)
        roles = [role for role in Role if may_all or role not in deciding]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.initial["starts_on"] = timezone.localdate()
        self.initial["community"] = self.fields["community"].queryset.first()


class EndForm(forms.Form):
    last_day = forms.DateField(label=gettext_lazy("Last day in office (yesterday: at once)"), widget=DAY)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["last_day"] = timezone.localdate()


class ConfirmForm(forms.Form):
    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def give(request: HttpRequest, model_admin: CommunityAdmin) -> HttpResponse:
    """staffpost/give/"""
    if not request.user.has_perm(APPOINT):
        raise PermissionDenied
    form = GiveForm(request.POST or None, request=request)
    back = reverse("admin:circle_staffpost_changelist")
    question = Question(title=_("Give a post"), button=_("Give it"), back=back)

    def act(said: dict[str, Any]) -> None:
        login = said.pop("login")
        give_post(post=StaffPost(**said), login=login, at=timezone.now(), by=request.user)

    return ask_or_perform(request, form, question, act, _("The post is given."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def end(request: HttpRequest, pk: int, model_admin: CommunityAdmin) -> HttpResponse:
    """staffpost/<pk>/end/"""
    post = post_of(request, pk, model_admin, APPOINT)
    words = [str(post), _("From the next day on the post opens nothing; hand over the open work.")]
    question = Question(title=_("End a post"), button=_("End it"), back=post_url(post), sentences=words)

    def act(said: dict[str, Any]) -> None:
        end_post(post=post, at=timezone.now(), by=request.user, **said)

    return ask_or_perform(
        request, EndForm(request.POST or None, request=request), question, act, _("Kept."), post
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unlock(request: HttpRequest, pk: int, model_admin: CommunityAdmin) -> HttpResponse:
    """staffpost/<pk>/second-step/"""
    post = post_of(request, pk, model_admin, UNLOCK)
    words = [
        str(post),
        _("Make sure that it is them: with the password alone they set up a new one."),
        _("They are signed out everywhere, and told."),
    ]
    question = Question(
        title=_("Take off the second step"), button=_("Take it off"), back=post_url(post), sentences=words
    )

    def act(said: dict[str, Any]) -> None:
        remove_second_factor(post=post, at=timezone.now(), by=request.user)

    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    return ask_or_perform(request, form, question, act, _("The second step is taken off."), post)


def post_of(request: HttpRequest, pk: int, model_admin: CommunityAdmin, permission: str) -> StaffPost:
    post = get_object_or_404(model_admin.get_queryset(request).select_related("community", "user"), pk=pk)
    if not StaffPost.objects.filter(within_reach(request, permission), pk=pk).exists():
        raise PermissionDenied
    return post


def post_url(post: StaffPost) -> str:
    return reverse("admin:circle_staffpost_change", args=[post.pk])


def ask_or_perform(
    request: HttpRequest,
    form: forms.Form,
    question: Question,
    act: PerformAction,
    done: str,
    post: StaffPost | None = None,
) -> HttpResponse:
    """The question, or what came of the answer; a refused attempt at a colleague's post is kept."""
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if post:
                record_refusal(
                    verb="post",
                    code=refusal.code or "",
                    subject=post,
                    community=post.community,
                    at=timezone.now(),
                    actor=request.user,
                )
        else:
            messages.success(request, done)
            return redirect(question.back)
    response = render_question(request, question, "admin/circle/resident/verb.html", form=form)
    if form.errors:
        response.status_code = 422
    return response


def urls(model_admin: CommunityAdmin) -> list[URLPattern]:
    pages = [
        ("give/", give, "give"),
        ("<int:pk>/end/", end, "end"),
        ("<int:pk>/second-step/", unlock, "unlock"),
    ]
    return [
        path(
            route,
            model_admin.admin_site.admin_view(partial(view, model_admin=model_admin)),
            name=f"circle_staffpost_{name}",
        )
        for route, view, name in pages
    ]

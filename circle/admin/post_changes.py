"""Pages on which the director gives or ends a post, or removes a colleague's lost second factor."""

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.actions import end_post, give_post, remove_second_factor
from circle.actions.posts import APPOINT, UNLOCK
from circle.backoffice.affected import save_asking_first
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.row_actions import RowAction, RowForm, ask_or_perform, pass_row_as, record_refusals
from circle.backoffice.site import CommunityAdmin
from circle.models import Building, Community, Facility, Firm, Grid, StaffPost, User
from circle.models.places import Dimension
from circle.models.roles import Role, roles_with

DAY = forms.DateInput(attrs={"type": "date"})


class GiveForm(RowForm):
    """Offers the roles that this user may give; the action decides."""

    community = forms.ModelChoiceField(Community.objects.none(), label=_("Community"))
    login = forms.CharField(
        label=_("E-mail address; of a volunteer or head of a building the mobile number"),
        max_length=120,
    )
    role = forms.ChoiceField(label=_("Post"))
    grid = forms.ModelChoiceField(Grid.objects.none(), required=False, label=_("Grid"))
    building = forms.ModelChoiceField(Building.objects.none(), required=False, label=_("Building"))
    firm = forms.ModelChoiceField(Firm.objects.none(), required=False, label=_("Firm"))
    facility = forms.ModelChoiceField(
        Facility.objects.none(), required=False, label=_("Nursery, of its head or a nurse")
    )
    starts_on = forms.DateField(label=_("First day"), widget=DAY)
    ends_on = forms.DateField(label=_("Last day"), widget=DAY, required=False)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, path_to in {"community": "pk", "grid": "community", "building": "community"}.items():
            offered = self.fields[name].queryset.model.objects.filter(within_reach(request, APPOINT, path_to))
            self.fields[name].queryset = offered
        own = within_reach(request, APPOINT)
        self.fields["firm"].queryset = Firm.objects.filter(own)
        nurseries = Facility.objects.filter(own, kind__dimension=Dimension.CHILDREN)
        self.fields["facility"].queryset = nurseries.order_by("name_zh")
        may_all = request.user.has_global_permission(APPOINT)
        deciding = roles_with(APPOINT)
        roles = [role for role in Role if may_all or role not in deciding]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.initial["starts_on"] = timezone.localdate()
        self.initial["community"] = self.fields["community"].queryset.first()


class EndForm(RowForm):
    last_day = forms.DateField(label=_("Last day in office (yesterday: at once)"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["last_day"] = timezone.localdate()


def give_new_post(row: None, *, login: str, at: dt.datetime, by: User, **said: Any) -> None:
    give_post(post=StaffPost(**said), login=login, at=at, by=by)


GIVE_POST = RowAction(
    name="give",
    label=_("Give a post"),
    button=_("Give it"),
    perform=give_new_post,
    permission=APPOINT,
    done=_("The post is given."),
)
END_POST = RowAction(
    name="end",
    label=_("End a post"),
    button=_("End it"),
    perform=pass_row_as("post", end_post),
    permission=APPOINT,
    form=EndForm,
    sentence=_("From the next day on the post opens nothing; hand over the open work."),
    done=_("Kept."),
)
UNLOCK_POST = RowAction(
    name="unlock",
    label=_("Take off the second step"),
    button=_("Take it off"),
    perform=pass_row_as("post", remove_second_factor),
    permission=UNLOCK,
    sentence=(
        _("Make sure that it is them: with the password alone they set up a new one."),
        _("They are signed out everywhere, and told."),
    ),
    done=_("The second step is taken off."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def give(request: HttpRequest, model_admin: CommunityAdmin) -> HttpResponse:
    """staffpost/give/"""
    if not request.user.has_perm(APPOINT):
        raise PermissionDenied
    action = replace(GIVE_POST, form=partial(GiveForm, request=request))
    return ask_or_perform(request, action, None, reverse("admin:circle_staffpost_changelist"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def act_on_post(
    request: HttpRequest, pk: int, model_admin: CommunityAdmin, action: RowAction
) -> HttpResponse:
    """staffpost/<pk>/end/ and /second-step/; a refused attempt at a colleague's post is recorded."""
    post = post_of(request, pk, model_admin, action.permission)
    back = reverse("admin:circle_staffpost_change", args=[post.pk])
    refused = partial(record_refusals, request, post, "post")
    change = partial(ask_or_perform, request, action, post, back, refused=refused)
    return save_asking_first(request, change) if action is END_POST else change()


def post_of(request: HttpRequest, pk: int, model_admin: CommunityAdmin, permission: str) -> StaffPost:
    post = get_object_or_404(model_admin.get_queryset(request).select_related("community", "user"), pk=pk)
    if not StaffPost.objects.filter(within_reach(request, permission), pk=pk).exists():
        raise PermissionDenied
    return post


def urls(model_admin: CommunityAdmin) -> list[URLPattern]:
    pages = [
        ("give/", give, "give"),
        ("<int:pk>/end/", partial(act_on_post, action=END_POST), "end"),
        ("<int:pk>/second-step/", partial(act_on_post, action=UNLOCK_POST), "unlock"),
    ]
    return [
        path(
            route,
            model_admin.admin_site.admin_view(partial(view, model_admin=model_admin)),
            name=f"circle_staffpost_{name}",
        )
        for route, view, name in pages
    ]

"""The admin site of the back office, and admin classes limited to the rows of one's posts."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite, display
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth import REDIRECT_FIELD_NAME, get_permission_codename
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circle.audit.action_labels import action_label
from circle.backoffice.choices import RowSelects
from circle.backoffice.concurrent_edits import TellsOfOtherEdits
from circle.backoffice.district import has_district
from circle.backoffice.post_permissions import (
    communities_with_permission,
    visible_residents,
    within_reach,
)
from circle.backoffice.queues import all_queues
from circle.backoffice.quick_lists import KeptAppLists, ListsQuickly
from circle.backoffice.rearranging import rearrange
from circle.booking.form_keys import answer_once
from circle.identifiers.public_codes import typed_code
from circle.models import (
    Community,
    Record,
    Resident,
    User,
    posts_of,
)
from circle.permissions.sign_in_policy import has_required_factors, is_password_change_due
from circle.search.resident_lookup import IN_LISTS, find_resident_ids
from circle.search.site_search import find_matching_ids

Pages = Sequence[tuple[str, Callable[..., HttpResponseBase], str]]  # route, view, last part of its name


def find_people_of_rows(request: HttpRequest, rows: QuerySet[Any], path: str, typed: str) -> set[int]:
    """Ids of the people of these rows, the dead too, who match what was typed.

    Names match for everybody who may see the rows; a number, code or building matches only people whom one
    may see in the register, since a list would otherwise reveal whose number it is.
    """
    named = Resident.objects.filter(pk__in=rows.order_by().values(path))
    seen = find_resident_ids(visible_residents(request), typed, IN_LISTS, by=cast(User, request.user))
    return {*seen, *find_matching_ids(named, typed)[:IN_LISTS]}


class CommunityAdmin(RowSelects, TellsOfOtherEdits, ListsQuickly):
    """For rows that belong to a community: staff see those of the communities of their posts.

    A model's `for_user` includes one's own matters as well, which are not office work: here only the posts
    count. The form proposes the community where there is only one.
    """

    community_path = "community"
    near_path: str | None = None  # to the row's building, where grid workers reach it
    assignee_path = ""  # the login that a row is handed to, where that reaches it
    place_paths: tuple[str, ...] = ()  # to the facilities of the row, where a post may be for one of them
    person_path = ""  # to the resident whom a row is about: the list is searched by whatever finds a person

    @property
    def media(self) -> Media:
        """Without the 50 KB of slug scripts where a form has no slug."""
        packed = "" if settings.DEBUG else ".min"
        ours = [f"vendor/jquery/jquery{packed}.js", "jquery.init.js", "core.js"]
        ours += ["admin/RelatedObjectLookups.js", "actions.js"]
        spare = Media(js=[f"admin/js/{name}" for name in ours])
        return super().media if self.prepopulated_fields else spare

    def permission(self, action: str) -> str:
        return f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}"

    def covers(self, request: HttpRequest, action: str, row: Any) -> bool:
        """Whether the row lies in a community where this user may do that."""
        if row is None:
            return True
        communities = communities_with_permission(
            request, self.permission(action), of_all_facilities=bool(self.place_paths)
        )
        if communities is None or self.community_of(row) in communities:
            return True
        has_other_paths = self.near_path is not None or self.assignee_path or self.place_paths
        return bool(has_other_paths) and self.rows(request, action).filter(pk=row.pk).exists()

    def get_urls(self) -> list[Any]:
        name_of = f"{self.opts.app_label}_{self.opts.model_name}_%s"
        own = [
            path(route, self.admin_site.admin_view(view), name=name_of % name)
            for route, view, name in self.pages()
        ]
        return own + super().get_urls()

    def pages(self) -> Pages:
        """The URLs of our own pages, placed before those of Django's admin."""
        return ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if self.person_path and search_term.strip():
            people = find_people_of_rows(request, queryset, self.person_path, search_term)
            found |= queryset.filter(**{f"{self.person_path}__in": people})
        return found, may_repeat

    def community_of(self, row: Any) -> Any:
        *steps, last = self.community_path.split("__")
        for name in steps:
            row = getattr(row, name)
        return row.pk if last == "pk" else getattr(row, f"{last}_id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        action = "view" if cast(User, request.user).has_perm(self.permission("view")) else "change"
        return self.rows(request, action)

    def rows(self, request: HttpRequest, action: str) -> QuerySet[Any]:
        """The rows for which this user has that permission."""
        found = super().get_queryset(request)
        permission = self.permission(action)
        reached = within_reach(
            request,
            permission,
            self.community_path,
            self.near_path,
            self.assignee_path,
            places=self.place_paths,
        )
        return found.filter(reached)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_view_permission(request, obj)
        return may and (self.covers(request, "view", obj) or self.covers(request, "change", obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.covers(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self.covers(request, "delete", obj)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Day and time of a moment are two inputs; each gets a label of its own for screen readers."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, AdminSplitDateTime):
            for box, name in zip(field.widget.widgets, (_("day"), _("time")), strict=True):
                box.attrs["aria-label"] = f"{field.label}: {name}"
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **self.limited(db_field, request, kwargs))

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **self.limited(db_field, request, kwargs))

    def limited(self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Choices only from communities where this user may write rows such as this one."""
        model = db_field.remote_field.model
        path = "pk" if model is Community else self.path_of(model)
        communities = self.writable(request)
        if not path or communities is None:
            return kwargs
        offered = kwargs.get("queryset", model._default_manager.all())
        return kwargs | {"queryset": offered.filter(**{f"{path}__in": communities})}

    def path_of(self, model: type[Any]) -> str:
        if not self.admin_site.is_registered(model):
            return ""
        return getattr(self.admin_site.get_model_admin(model), "community_path", "")

    def writable(self, request: HttpRequest) -> set[int] | None:
        added = communities_with_permission(request, self.permission("add"))
        changed = communities_with_permission(request, self.permission("change"))
        return None if added is None or changed is None else added | changed

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        offered = Community.objects.filter(within_reach(request, self.permission("add"), "pk"))
        communities = list(offered.values_list("pk", flat=True)[:2])
        return {"community": communities[0]} | initial if len(communities) == 1 else initial


class ReadOnlyAdmin(CommunityAdmin):
    """For rows that are only read here; they are changed by buttons that call actions."""

    code_length = 0  # of rows that are found by their whole code as well, in any spelling

    @display(description=gettext_lazy("what happened"))
    def history(self, obj: Any) -> str:
        """The steps of the row, from its audit records."""
        states = dict(obj.Status.choices)
        steps = Record.objects.about(obj).select_related("actor").order_by("id")
        rows = (
            (
                date_format(timezone.localtime(step.at), "SHORT_DATETIME_FORMAT"),
                states.get(step.to_state) or self.transition_label(step),
                step.actor or "–",
            )
            for step in steps
        )
        return format_html_join("", "<p>{} · {} · {}</p>", rows)

    def transition_label(self, step: Record) -> str:
        """The label of an action that changed no state."""
        return action_label(step.verb)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A whole code in any spelling, else the `search_fields`."""
        code = typed_code(search_term)
        if code and len(code) == self.code_length and (found := queryset.filter(code=code)).exists():
            return found, False
        return super().get_search_results(request, queryset, search_term)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For the list, because of its actions; never for the form."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def may_act(self, request: HttpRequest, obj: Any) -> bool:
        return super().has_change_permission(request, obj)


class CircleAdminSite(KeptAppLists, AdminSite):
    """Plain Django admin with our theme."""

    site_header = gettext_lazy("Quarter-Hour Circle: back office")
    site_title = gettext_lazy("Back office")
    index_title = gettext_lazy("Today")
    index_template = "admin/circle_index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        may_enter = user.is_active and (user.is_staff or bool(posts_of(user)))
        return may_enter and has_required_factors(request) and not is_password_change_due(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Each page of the back office, Django's forms among them, acts once for a form with a key."""
        return super().admin_view(answer_once(view), cacheable)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseRedirect:
        """The same sign-in for all staff, which limits failed attempts and records the sign-in method."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(wanted, reverse("account_login"))

    def get_urls(self) -> list[Any]:
        """Replaces Django's "view on site", which reveals the address of any row, with its code."""
        route = "r/<int:type_id>/<path:object_id>/"
        return [
            path(route, self.admin_view(self.public_page), name="view_on_site"),
            path("affected/", self.admin_view(rearrange), name="rearrange"),
            *super().get_urls(),
        ]

    def public_page(self, request: HttpRequest, type_id: int, object_id: str) -> HttpResponseRedirect:
        """The public page of a row that this user may see here."""
        model = get_object_or_404(ContentType, pk=type_id).model_class()
        if model is None or not self.is_registered(model):
            raise Http404
        row: Any = self.get_model_admin(model).get_object(request, object_id)
        if row is None or not self.get_model_admin(model).has_view_permission(request, row):
            raise Http404
        return redirect(row.get_absolute_url())

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        more = {
            "queues": all_queues(request.user),
            "has_district": has_district(request),
            "rooms": self.render_app_list(request, self.get_app_list(request), show_changelinks=True),
        }
        return super().index(request, {**(extra_context or {}), **more})

"""What makes lists of the back office cheap: their boxes, their counts, the list of models beside them."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import PAGE_VAR
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from circle.backoffice.counting import CappedPaginator
from circle.web.kept import Kept


class ListsQuickly(ModelAdmin):
    """Of an admin class: counts that stop early, and Django's box of a row without a widget for each."""

    def get_paginator(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        per_page: int,
        orphans: int = 0,
        allow_empty_first_page: bool = True,
    ) -> Paginator:
        typed = request.GET.get(PAGE_VAR, "")
        page = int(typed) if typed.isascii() and typed.isdecimal() else 1
        return CappedPaginator(queryset, per_page, orphans, allow_empty_first_page, page=page)

    def action_checkbox(self, obj: Any) -> SafeString:
        return format_html(
            '<input type="checkbox" name="{}" value="{}" aria-label="{}" class="action-select">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            format_html(_("Select this object for an action - {}"), obj),
        )


class KeptAppLists(AdminSite):
    """Of the site: the list of models that a login may open is the same for all with the same permissions."""

    kept_lists: Kept[list[Any]] = Kept(200)
    rendered_lists: Kept[str] = Kept(500)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        key = (rights_of(request), app_label)
        return self.kept_lists.get(key, lambda: super(KeptAppLists, self).get_app_list(request, app_label))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        shown = self.render_app_list(request, context["available_apps"], show_changelinks=False)
        return context | {"sidebar_list": shown}

    def render_app_list(self, request: HttpRequest, apps: list[Any], *, show_changelinks: bool) -> str:
        """Django's template of the list; it marks what the address of the page lies under."""
        links = [app["app_url"] for app in apps]
        links += [model["admin_url"] for app in apps for model in app["models"] if model["admin_url"]]
        under = tuple(link for link in links if link in request.path)
        values = {"app_list": apps, "show_changelinks": show_changelinks, "request": request}
        return self.rendered_lists.get(
            (rights_of(request), under, show_changelinks),
            lambda: render_to_string("admin/app_list.html", values),
        )


def rights_of(request: HttpRequest) -> tuple[Any, ...]:
    """All that the list of models depends on: no admin class asks for more where no row is named."""
    user: Any = request.user
    held = user.is_superuser or frozenset(user.get_all_permissions())
    return user.is_active, held, get_language()

"""The back office: an admin site whose index begins with the work that waits."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circle.hooks import hooked
from circle.models import CalendarYear, Community, MissedSearch, PageReport, User

NOTICE_MONTH = 11  # the State Council publishes next year's days off in October or November


@dataclass(frozen=True)
class Queue:
    """One line of the admin's index: work that waits, or nothing to do."""

    label: str
    count: int
    url: str
    is_urgent: bool = False


def all_queues(user: User | AnonymousUser) -> list[Queue]:
    return [queue for offered in hooked("queues") for queue in offered(user)]


def queues(user: User) -> list[Queue]:
    """What waits in circle itself, as far as this user may open it."""
    found = []
    if user.has_perm("circle.view_pagereport"):
        url = reverse("admin:circle_pagereport_changelist") + "?settled_at__isnull=True"
        found.append(Queue(_("Reported page errors"), PageReport.objects.unsettled().count(), url))
    if user.has_perm("circle.view_missedsearch"):
        url = reverse("admin:circle_missedsearch_changelist")
        found.append(Queue(_("Searches without a result"), MissedSearch.objects.count(), url))
    if user.has_perm("circle.view_calendaryear"):
        found.append(calendar_queue(timezone.localdate()))
    return found


def calendar_queue(today: dt.date) -> Queue:
    """Years whose holidays nobody has confirmed; urgent from November on, when next year's are announced."""
    tentative = CalendarYear.objects.filter(confirmed_on=None, year__gte=today.year)
    is_due = (
        today.month >= NOTICE_MONTH
        and not CalendarYear.objects.confirmed().filter(year=today.year + 1).exists()
    )
    url = reverse("admin:circle_calendaryear_changelist")
    return Queue(_("Calendar years without a confirmed notice"), tentative.count(), url, is_urgent=is_due)


class CommunityAdmin(ModelAdmin):
    """Of rows that belong to a community: the form proposes the only one there is."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        communities = list(Community.objects.values_list("pk", flat=True)[:2])
        return {"community": communities[0]} | initial if len(communities) == 1 else initial


class CircleAdminSite(AdminSite):
    """Plain Django admin with our theme."""

    site_header = gettext_lazy("Quarter-Hour Circle: back office")
    site_title = gettext_lazy("Back office")
    index_title = gettext_lazy("Today")
    index_template = "admin/circle_index.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**(extra_context or {}), "queues": all_queues(request.user)})

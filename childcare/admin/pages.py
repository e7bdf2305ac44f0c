"""What the pages of the nursery's desk share: whose application it is, and the frame of the back office."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from childcare.models import Application
from childcare.models.applications import nurseries_of
from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions, within_reach

VIEW, ADD, CHANGE = (
    "childcare.view_application",
    "childcare.add_application",
    "childcare.change_application",
)
HEALTH = "childcare.view_health"


def in_reach_of(request: HttpRequest, permission: str) -> Q:
    """As `in_reach` of the models, with plain ids: the database walks an index of (community, …)."""
    unnamed = Q(nursery_class=None, offer=None) & within_reach(request, permission)
    return within_reach(request, permission, places=nurseries_of()) | unnamed


def application_of(request: HttpRequest, code: str, permission: str) -> Application:
    """Of the nurseries where this user's posts allow that, and nothing that guardians only have begun."""
    require_permissions(request, permission)
    found = Application.objects.filter(in_reach_of(request, permission)).for_staff()
    return get_object_or_404(found.shown().prefetch_related("papers"), code=code)


def may_read_health(request: HttpRequest, application: Application) -> bool:
    """Here, and not in another community: a post gives it for its own."""
    if not request.user.has_perm(HEALTH):
        return False
    return Application.objects.filter(in_reach_of(request, HEALTH), pk=application.pk).exists()


def note_child_reading(request: HttpRequest, application: Application) -> None:
    """One audit record for each reading of a page about the child."""
    if request.method == "GET":
        record_reading(
            by=request.user,
            resident=application.child or application.guardian,
            page="nursery_application",
            row=application.pk,
            at=timezone.now(),
        )


def page(request: HttpRequest, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    frame = admin.site.each_context(request) | {"title": title}
    return render(request, f"admin/childcare/{template}", frame | context, status=status)

"""What is missing in each community of one's posts before residents can rely on its pages."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.backoffice.post_permissions import communities_with_permission
from circle.backoffice.setup import all_steps
from circle.models import Community

PERMISSION = "circle.view_inventory"  # of planners and directors


@require_safe
def setup_status(request: HttpRequest) -> HttpResponse:
    """community/setup/: the same as the command."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    reached = communities_with_permission(request, PERMISSION)
    found = Community.objects.all() if reached is None else Community.objects.filter(pk__in=reached)
    context = admin.site.each_context(request)
    context |= {
        "title": _("What is missing before residents come"),
        "communities": [(community, all_steps(community)) for community in found],
    }
    return render(request, "admin/circle/community/setup.html", context)

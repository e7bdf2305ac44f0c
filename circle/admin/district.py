"""The planner's page: the communities of a district beside each other, in figures without people."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.backoffice.district import DAYS, PERMISSION, district_columns, district_communities


@require_safe
def district(request: HttpRequest) -> HttpResponse:
    """community/district/: one line for each community of one's posts."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    communities = district_communities(request)
    columns = list(district_columns(communities, timezone.localdate()))
    lines = [(row, [column.values.get(row.pk, "–") for column in columns]) for row in communities]
    context = admin.site.each_context(request)
    context |= {"title": _("Communities compared"), "columns": columns, "lines": lines, "days": DAYS}
    return render(request, "admin/circle/community/district.html", context)

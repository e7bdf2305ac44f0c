"""The page that shows a number to phone: asked for first, so that nothing is disclosed by a look-ahead."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.actions.phone_contacts import disclose_phone, works_for
from circle.backoffice.site import CommunityAdmin
from circle.models import Resident


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest, code: Any, model_admin: CommunityAdmin) -> HttpResponse:
    """resident/phone/<code>/: a POST shows the number as a link to phone, and is recorded."""
    people = Resident.objects.living().select_related("login", "community")
    resident = get_object_or_404(people, code=code)
    user: Any = request.user
    if not works_for(user, resident):
        raise Http404
    contacts, refused = None, None
    if request.method == "POST":
        try:
            contacts = disclose_phone(resident=resident, at=timezone.now(), by=user)
        except ValidationError as refusal:
            refused = refusal
    frame = admin.site.each_context(request) | {"title": _("Phone %(name)s") % {"name": resident.name}}
    context = frame | {"resident": resident, "contacts": contacts, "refused": refused}
    return render(request, "admin/circle/resident/phone.html", context, status=422 if refused else 200)

"""A person's own data: read and downloaded, consents withdrawn, erasure requested."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circle.models import Consent, Erasure, Resident
from circle.privacy.data_export import personal_data_sections
from circle.privacy.purposes import all_purposes
from circle.web.middleware import PortalRequest, signed_in_user


def own_people(request: PortalRequest) -> "QuerySet[Resident]":
    """Oneself and one's children, without those for whom one only has a mandate."""
    return Resident.objects.with_wards(signed_in_user(request)).select_related("community")


@require_safe
@never_cache
@login_required
def my_data(request: PortalRequest) -> HttpResponse:
    """/me/data/: every row about me, by app; my consents; the request for erasure."""
    people = list(own_people(request))
    titles = {purpose.code: purpose.title for purpose in all_purposes()}
    consents = Consent.objects.live().filter(resident__in=people).select_related("resident")
    context = {
        "people": people,
        "sections": personal_data_sections(people),
        "consents": [(consent, titles.get(consent.purpose)) for consent in consents],
        "erasures": Erasure.objects.asked().filter(resident__in=people).select_related("resident"),
    }
    return render(request, "circle/my_data.html", context)


@require_safe
@never_cache
@login_required
def my_data_file(request: PortalRequest) -> HttpResponse:
    """/me/data.json: the same rows as a file."""
    found = personal_data_sections(list(own_people(request)))
    body = {"made_at": timezone.now(), "data": {part.code: part.rows for part in found}}
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response

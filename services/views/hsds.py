"""/api/hsds/: the catalogue for programs of others, as the Human Services Data Specification 3.1 has it."""

import hashlib
import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.models import Community
from circle.search.site_search import find_matching_ids, rows_in_order
from circle.web.middleware import PortalRequest
from services.forms import HsdsForm
from services.models import ServiceItem, ServiceItemQuerySet
from services.views.hsds_documents import READ_AT, Documents, published, with_parts
from services.views.hsds_openapi import openapi_document
from services.views.hsds_terms import of_organization, service_id, with_taxonomy, with_term

VERSION = "3.1"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
COMMON = ("lang", "community")
NOT_FOUND = ("not_found", "no_such_page", "unknown_community")
View = Callable[..., Any]


def hsds_page(*filters: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """In the language asked for; refuses a filter that it does not know; 304 for what the reader has already.

    The view gives a text to send, and its type; each refusal is an object with a code and a sentence.
    """

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @require_safe
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            language = language_of(request)
            with translation.override(language):
                try:
                    refuse_unknown(request, (*COMMON, *filters))
                    text, kind = view(request, *args, **kwargs)
                    response = conditional(request, text, kind)
                except ValidationError as refusal:
                    response = refused(refusal)
            response["Content-Language"] = language
            response["Access-Control-Allow-Origin"] = "*"
            patch_vary_headers(response, ["Accept-Language"])
            return response

        return wrapper

    return decorate


def language_of(request: HttpRequest) -> str:
    """`lang`, else the address under /en/, else what the reader's program asks for, else Chinese."""
    if asked := LANGUAGES.get(request.GET.get("lang", "")):
        return asked
    if translation.get_language_from_path(request.path_info):
        return translation.get_language() or settings.LANGUAGE_CODE
    return translation.get_language_from_request(request)


def refuse_unknown(request: HttpRequest, known: tuple[str, ...]) -> None:
    """Refuses: unknown_filter, unknown_language."""
    for name in request.GET:
        if name not in known:
            said = {"name": name[:40], "known": ", ".join(known)}
            raise ValidationError(
                _("There is no filter “%(name)s” here. There are: %(known)s."), "unknown_filter", said
            )
    if request.GET.get("lang", "zh") not in LANGUAGES:
        raise ValidationError(_("There are two languages: zh and en."), code="unknown_language")


def conditional(request: HttpRequest, text: str, kind: str) -> HttpResponse:
    """Weak, since the moment of reading, which a document may carry, is not part of it."""
    response = HttpResponse(text.replace(READ_AT, timezone.now().isoformat(timespec="seconds")), kind)
    response["ETag"] = etag = f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    patch_cache_control(response, public=True, max_age=60)
    return get_conditional_response(request, etag=etag, response=response) or response


def refused(refusal: ValidationError) -> HttpResponse:
    error = refusal.error_list[0]
    body = {"code": error.code, "message": error.messages[0]}
    return HttpResponse(dumped(body), "application/json", status=404 if error.code in NOT_FOUND else 400)


def dumped(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False)


def community_asked(request: PortalRequest) -> Community:
    """Refuses: unknown_community."""
    slug = request.GET.get("community")
    found = Community.objects.filter(slug=slug).first() if slug else request.community
    if found is None:
        raise ValidationError(_("There is no such community here."), code="unknown_community")
    return found


@hsds_page()
def about(request: PortalRequest) -> tuple[str, str]:
    """/api/hsds/"""
    document = {
        "version": VERSION,
        "profile": request.build_absolute_uri(reverse("hsds_profile")),
        "openapi_url": request.build_absolute_uri(reverse("hsds_openapi")),
    }
    return dumped(document), "application/json"


@hsds_page()
def openapi(request: PortalRequest) -> tuple[str, str]:
    """/api/hsds/openapi.json"""
    base = request.build_absolute_uri(reverse("hsds"))
    return dumped(openapi_document(base, VERSION)), "application/json"


@require_safe
def profile(request: PortalRequest) -> HttpResponse:
    """/api/hsds/profile/: what this feed holds, for people."""
    return render(request, "services/hsds_profile.html", {"per_page": HsdsForm.PER_PAGE})


@hsds_page(*HsdsForm.base_fields)
def services(request: PortalRequest) -> tuple[str, str]:
    """/api/hsds/services. Refuses: no_such_page, and what the form refuses."""
    form = HsdsForm(request.GET)
    if not form.is_valid():
        field, errors = next(iter(form.errors.as_data().items()))
        said = {"field": field, "problem": errors[0].messages[0]}
        raise ValidationError(_("%(field)s: %(problem)s"), errors[0].code, said)
    said, community = form.cleaned_data, community_asked(request)
    documents = Documents(community, timezone.localtime(), request.build_absolute_uri)
    items = narrowed(published(community, documents.today), community, said)
    items = items.select_related("category", "facility").order_by("code")
    make, items = maker(documents, items, said)
    found: Any = rows_in_order(items, find_matching_ids(items, said["search"])) if said["search"] else items
    if said["format"] == "ndjson":
        return "".join(dumped(make(row)) + "\n" for row in found), "application/x-ndjson"
    try:
        page: Page[Any] = Paginator(found, said["per_page"]).page(said["page"])
    except EmptyPage as error:
        raise ValidationError(_("There is no such page."), code="no_such_page") from error
    return dumped(envelope(page, make)), "application/json"


def envelope(page: Page[Any], make: Callable[[ServiceItem], Any]) -> dict[str, Any]:
    rows = list(page)
    return {
        "total_items": page.paginator.count,
        "total_pages": page.paginator.num_pages,
        "page_number": page.number,
        "size": len(rows),
        "first_page": not page.has_previous(),
        "last_page": not page.has_next(),
        "empty": not rows,
        "contents": [make(row) for row in rows],
    }


def narrowed(items: ServiceItemQuerySet, community: Community, said: dict[str, Any]) -> ServiceItemQuerySet:
    if said["taxonomy_term_id"]:
        items = items.filter(with_term(said["taxonomy_term_id"]))
    if said["taxonomy_id"]:
        items = items.filter(with_taxonomy(said["taxonomy_id"]))
    if said["organization_id"]:
        items = items.filter(of_organization(community, said["organization_id"]))
    return items.changed_since(said["modified_after"]) if said["modified_after"] else items


def maker(
    documents: Documents, items: ServiceItemQuerySet, said: dict[str, Any]
) -> tuple[Callable[[ServiceItem], Any], ServiceItemQuerySet]:
    """How one item is told, and the items with what that needs."""
    if said["minimal"]:
        return documents.minimal, items
    documents.read_shared()
    return (documents.full, with_parts(items)) if said["full"] else (documents.brief, items)


@hsds_page()
def service(request: PortalRequest, code: uuid.UUID) -> tuple[str, str]:
    """/api/hsds/services/<id>. Refuses: not_found.

    The id is computed from the item's number and stored nowhere: the numbers of all items are read.
    """
    community = community_asked(request)
    documents = Documents(community, timezone.localtime(), request.build_absolute_uri)
    items = published(community, documents.today)
    numbers = items.order_by().values_list("pk", "code")
    mine = [pk for pk, number in numbers if service_id(community, number) == str(code)]
    found = with_parts(items.select_related("category", "facility")).filter(pk__in=mine).first()
    if found is None:
        raise ValidationError(_("There is no service with this id here."), code="not_found")
    documents.read_shared()
    return dumped(documents.full(found)), "application/json"

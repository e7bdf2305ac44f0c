import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.hooks import hook_functions
from circle.web.readiness import find_trouble


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether people can be served: 503 and one word of what is wrong (docs/operations.md) otherwise."""
    found = find_trouble(timezone.now())
    return HttpResponse(found or "ok", status=503 if found else 200, content_type="text/plain")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a weakness. It holds for half a year from now, always."""
    until = (timezone.now() + dt.timedelta(days=183)).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: zh, en",
        f"Canonical: {request.build_absolute_uri()}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it at this address on every page that is not ours, such as a picture."""
    return redirect(static("img/logo.svg"), permanent=True)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(
            f"Disallow: {path}"
            for path in (
                "/admin/",
                "/en/admin/",
                "/settings/",
                "/en/settings/",
                "/report/",
                "/me/",
                "/en/me/",
                "/sign-in/",
                "/en/sign-in/",
                *(path for offered in hook_functions("unlisted_paths") for path in offered()),
            )
        ),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")

"""Where a matter stands, without signing in."""

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from circle.forms.progress import ProgressForm
from circle.search.progress import Progress, find_progress
from circle.web.middleware import PortalRequest


@csrf_exempt  # changes nothing; the home page, whose form leads here, is the same for everybody
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def progress(request: PortalRequest) -> HttpResponse:
    """/progress/: by code or receipt number and the last four digits of the phone number."""
    form, found = ProgressForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            found = proved_progress(request, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "found": found}
    return render(request, "circle/progress.html", context, status=422 if form.errors else 200)


def proved_progress(request: PortalRequest, code: str, tail: str) -> Progress:
    """An unknown code and wrong digits get the same answer.

    Refuses: too_many (ACCOUNT_RATE_LIMITS, find_progress), not_found.
    """
    if not ratelimit.consume(request, action="find_progress", key=code):
        raise ValidationError(_("Too many attempts. Please wait ten minutes, or phone us."), code="too_many")
    found = find_progress(code, tail)
    if found is None:
        raise ValidationError(
            _("Nothing has this code and these digits. Check both, or phone us."), code="not_found"
        )
    return found

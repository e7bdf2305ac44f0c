from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from circle.forms import DisplayPreferencesForm
from circle.models import Community
from circle.walking.minutes import PACES
from circle.web.middleware import PortalRequest, host_of


def return_path(request: PortalRequest) -> str:
    """The path of ?next= if it is on this site, else the home page."""
    path = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else "/"


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PortalRequest) -> HttpResponse:
    """/settings/: size, contrast, theme, building and pace; stored in one cookie."""
    if request.method == "POST":
        form = DisplayPreferencesForm(request.POST, community=request.community)
        if form.is_valid():
            response = redirect(return_path(request))
            form.preferences().write(response, request)
            messages.success(request, _("Your settings are kept on this device."))
            return response
        status = 422
    else:
        form = DisplayPreferencesForm.from_preferences(
            request.preferences, request.community, request.GET.get("building")
        )
        status = 200
    return render(
        request,
        "circle/settings.html",
        {"form": form, "next": return_path(request)},
        status=status,
    )


@require_safe
def elder(request: PortalRequest, word: str) -> HttpResponseRedirect:
    """/settings/elder/on/: one tap from every page. A plain link, so that it works without script or form."""
    response = redirect(return_path(request))
    request.preferences.changed(size="elder" if word == "on" else "normal").write(response, request)
    return response


@require_safe
def pace(request: PortalRequest, word: str) -> HttpResponseRedirect:
    """/settings/pace/elder/: the walking pace in one tap, stored like the text size."""
    if word not in PACES:
        raise Http404
    response = redirect(return_path(request))
    request.preferences.changed(pace=word).write(response, request)
    return response


@require_safe
def community(request: PortalRequest, slug: str) -> HttpResponseRedirect:
    """/settings/community/<slug>/: the community in one tap; the building of another one is forgotten."""
    chosen = get_object_or_404(Community, slug=slug)
    if chosen.host and chosen.host != host_of(request):
        return redirect(f"{request.scheme}://{chosen.host}/")
    building = request.preferences.building if request.community == chosen else ""
    response = redirect("home")
    request.preferences.changed(community=chosen.slug, building=building).write(response, request)
    return response

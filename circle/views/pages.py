from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from circle.caching import kept_for_a_minute
from circle.middleware import Visit


@require_safe
@kept_for_a_minute
def help_page(request: Visit) -> HttpResponse:
    return render(request, "circle/help.html")


@require_safe
@kept_for_a_minute
def privacy(request: Visit) -> HttpResponse:
    return render(request, "circle/privacy.html")


@require_safe
@kept_for_a_minute
def accessibility(request: Visit) -> HttpResponse:
    return render(request, "circle/accessibility.html")

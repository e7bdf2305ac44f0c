from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from circle.middleware import Visit


@require_GET
def help_page(request: Visit) -> HttpResponse:
    return render(request, "circle/help.html")


@require_GET
def privacy(request: Visit) -> HttpResponse:
    return render(request, "circle/privacy.html")


@require_GET
def accessibility(request: Visit) -> HttpResponse:
    return render(request, "circle/accessibility.html")

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from circle.middleware import Visit


@require_GET
def eldercare(request: Visit) -> HttpResponse:
    return render(request, "eldercare/eldercare.html")

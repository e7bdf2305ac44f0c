from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from circle.caching import kept_for_a_minute
from circle.middleware import Visit


@require_safe
@kept_for_a_minute
def eldercare(request: Visit) -> HttpResponse:
    return render(request, "eldercare/eldercare.html")

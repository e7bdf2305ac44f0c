from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.caching import kept_for_a_minute
from circle.middleware import Visit
from circle.models import Notice

PER_PAGE = 20


@require_safe
@kept_for_a_minute
def notices(request: Visit) -> HttpResponse:
    visible = Notice.objects.visible(request.community, timezone.now())
    page = Paginator(visible, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "circle/notices.html", {"page": page})


@require_safe
@kept_for_a_minute
def notice(request: Visit, slug: str) -> HttpResponse:
    found = get_object_or_404(Notice.objects.visible(request.community, timezone.now()), slug=slug)
    return render(request, "circle/notice.html", {"notice": found})

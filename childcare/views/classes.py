from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from childcare.models import NurseryClass, Paper
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


@require_safe
@cache_for_a_minute
def childcare(request: PortalRequest) -> HttpResponse:
    """/childcare/: the classes with ages, places left and fee, what to bring, how it goes."""
    today = timezone.localdate()
    classes = list(NurseryClass.objects.public(request.community).with_line().prefetch_related("prices"))
    context = {
        "classes": [(each, each.price_on(today), each.price_after(today)) for each in classes],
        "takes_children": any(each.is_open for each in classes),
        "nurseries": list({each.facility for each in classes}),
        "papers": Paper.Kind.labels,
    }
    return render(request, "childcare/childcare.html", context)

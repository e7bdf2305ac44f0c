from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circle.models import Message
from circle.models.residents import WARD, people_of
from circle.notifications import text_of
from circle.notifications.waiting import what_waits
from circle.web.middleware import PortalRequest, people_with_homes, signed_in_user

MESSAGES_SHOWN = 5


@require_safe
@never_cache
@login_required
def me(request: PortalRequest) -> HttpResponse:
    """/me/: what waits for me, open matters of mine and of those I may act for, and our messages."""
    user = signed_in_user(request)
    if user.in_doubt_since:
        return redirect("number_in_doubt")
    wards = {person for person, covered in people_of(user) if covered == WARD}
    notifications = Message.objects.to_person(user).select_related("community")[:MESSAGES_SHOWN]
    context = {
        "waiting": what_waits(user, timezone.now()),
        "people": people_with_homes(request),
        "wards": wards,
        "notifications": [(message, text_of(message)) for message in notifications],
    }
    return render(request, "circle/me.html", context)

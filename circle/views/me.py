from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circle.models import Message, Resident
from circle.notifications import text_of
from circle.notifications.waiting import what_waits
from circle.web.middleware import PortalRequest, signed_in_user

MESSAGES_SHOWN = 5


@require_safe
@never_cache
@login_required
def me(request: PortalRequest) -> HttpResponse:
    """/me/: what waits for me, open matters of mine and of those I may act for, and our messages."""
    user = signed_in_user(request)
    if user.in_doubt_since:
        return redirect("number_in_doubt")
    people = Resident.objects.represented_by(user)
    is_ward = Q(pk__in=Resident.objects.with_wards(user).values("pk"))
    notifications = Message.objects.to_person(user).select_related("community")[:MESSAGES_SHOWN]
    context = {
        "waiting": what_waits(user, timezone.now()),
        "people": people.select_related("building").annotate(is_ward=is_ward),
        "notifications": [(message, text_of(message)) for message in notifications],
    }
    return render(request, "circle/me.html", context)

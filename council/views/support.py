"""“That is mine too”: instead of raising the same matter again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.booking.form_keys import answer_once
from circle.web.middleware import PortalRequest, signed_in_user
from council import actions
from council.forms import SupportForm
from council.models import Topic
from council.views.topics import people_of, register_newcomer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def topic_support(request: PortalRequest, receipt: str) -> HttpResponse:
    """/council/topics/<receipt>/support/: one click for oneself, a choice for who acts for others."""
    rows = Topic.objects.filter(community=request.community).public().select_related("body", "community")
    topic = get_object_or_404(rows, receipt=receipt)
    form = SupportForm(request.POST if request.method == "POST" else None, choices=people_of(request))
    if request.method == "POST" and form.is_valid():
        at, said = timezone.now(), form.cleaned_data
        try:
            person = said.get("resident") or register_newcomer(request, said["name"], at)
            actions.support_topic(
                topic=topic, resident=person, via=Topic.Channel.ONLINE, at=at, by=signed_in_user(request)
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("You stand behind it. You get the answer as well."))
            return redirect(topic.loop_url)
    context = {"topic": topic, "form": form}
    return render(request, "council/support.html", context, status=422 if form.errors else 200)

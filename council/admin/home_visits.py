"""A topic that somebody raises with the grid worker on a home visit."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.post_permissions import visited_resident
from circle.booking.idempotency import new_key, once
from circle.models import Resident, User
from council import actions
from council.admin.pages import page, posted
from council.backoffice.topics import HomeVisitTopicForm
from council.models import Body, Meeting, Topic


@require_http_methods(["GET", "HEAD", "POST"])
def topic_at_visit(request: HttpRequest) -> HttpResponse:
    """topic/door/?resident=: for the residents' council, for its meeting while a call is open."""
    resident = visited_resident(request)
    meetings = Meeting.objects.public(resident.community).of_the_council()
    meeting = meetings.calling(timezone.now()).first()
    body = Body.objects.filter(community=resident.community, kind=Body.Kind.RESIDENTS_COUNCIL).first()
    form = HomeVisitTopicForm(posted(request), initial={"once": new_key()})
    if request.method == "POST" and body and form.is_valid():
        try:
            receipt = submit_once(request, resident, meeting, body, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Received under the number %(receipt)s.") % {"receipt": receipt})
            return redirect("admin:circle_resident_card", resident.code)
    return page(
        request,
        "topic/door.html",
        _("Take down a topic"),
        status=422 if form.errors else 200,
        form=form,
        resident=resident,
        meeting=meeting,
        body=body,
    )


def submit_once(
    request: HttpRequest, resident: Resident, meeting: Meeting | None, body: Body, form: HomeVisitTopicForm
) -> str:
    """The receipt number; a second click gets the same one."""
    said, at, by = form.cleaned_data, timezone.now(), cast(User, request.user)
    given = {"meeting": meeting, "body": body, "resident": resident, "via": Topic.Channel.DOOR}

    def act() -> str:
        words = {name: said[name] for name in ("text", "dimension", "age_reason")}
        return actions.submit_topic(**words, **given, at=at, by=by).receipt

    return once(actor=f"user:{by.pk}", key=said["once"], at=at, act=act)

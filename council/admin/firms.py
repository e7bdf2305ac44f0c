"""What is assigned to a firm, for its people on a phone: the words for everybody, and how it stands."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from circle.models import User
from council import actions
from council.admin.pages import answered, page, posted
from council.backoffice.topics import ReplyForm
from council.models import Topic
from council.models.topics import REPLY

SHOWN = 100


def of_firm(request: HttpRequest) -> QuerySet[Topic]:
    if not request.user.has_perm(REPLY):
        raise PermissionDenied
    found = Topic.objects.of_firm(cast(User, request.user))
    return found.select_related("firm", "meeting__body").prefetch_related("replies")


@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """topic/firm/: open ones first."""
    found = of_firm(request).order_by("-status_at", "-pk")[:SHOWN]
    rows: list[Any] = sorted(found, key=lambda topic: topic.status != Topic.Status.ACCEPTED)
    return page(request, "topic/matters.html", _("Matters of the firm"), topics=rows)


@require_http_methods(["GET", "HEAD", "POST"])
def matter(request: HttpRequest, receipt: str) -> HttpResponse:
    """topic/firm/<receipt>/: what it is about, what was said, and how it stands now."""
    topic = get_object_or_404(of_firm(request), receipt=receipt)
    form, back = ReplyForm(posted(request)), reverse("admin:council_topic_firm")

    def reply(said: dict[str, Any]) -> None:
        actions.reply_as_firm(topic=topic, at=timezone.now(), by=cast(User, request.user), **said)

    done = answered(request, form, reply, _("The secretary reads what you said."), back)
    return done or page(
        request,
        "topic/matter.html",
        topic.receipt,
        status=422 if form.errors else 200,
        topic=topic,
        form=form,
        may_reply=topic.status == Topic.Status.ACCEPTED,
        back=back,
    )

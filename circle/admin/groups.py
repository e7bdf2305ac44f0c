"""Posting a notice or a closure to the residents' group: shows the text and asks first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circle.actions import post_to_group
from circle.backoffice.confirmation import Question, render_question
from circle.backoffice.site import CommunityAdmin
from circle.models import Closure, Notice
from circle.notifications import group_text_of, is_public, robot_of


def can_post(subject: Notice | Closure) -> bool:
    """Whether its page shows the button."""
    community = subject.community if isinstance(subject, Notice) else subject.facility.community
    return bool(robot_of(community)) and is_public(subject, timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, pk: int, model_admin: CommunityAdmin) -> HttpResponse:
    """notice/<pk>/group/ and closure/<pk>/group/."""
    subject: Any = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not model_admin.has_change_permission(request, subject):
        raise PermissionDenied
    back = reverse(f"admin:circle_{subject._meta.model_name}_change", args=[pk])
    refusal = None
    if request.method == "POST":
        try:
            post_to_group(subject=subject, at=timezone.now(), by=request.user)
        except ValidationError as found:
            refusal = found
        else:
            messages.success(request, _("It goes to the residents' group within a minute."))
            return redirect(back)
    label = _("Post to the residents' group")
    sentence = _("The robot posts these words, once. What is posted cannot be called back.")
    question = Question(label, label, back, [sentence], group_text_of(subject).splitlines(), refusal=refusal)
    return render_question(request, question)

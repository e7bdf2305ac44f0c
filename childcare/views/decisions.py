"""What the guardian decides once it is sent in: to take the place, leave it, or withdraw. Asked once more."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from childcare import actions
from childcare.models import Application
from childcare.models.applications import WITHDRAWABLE
from childcare.views.mine import ONLINE, answered, my_application
from circle.booking.form_keys import answer_once
from circle.web.middleware import PortalRequest, signed_in_user

Status = Application.Status
View = Callable[[PortalRequest, str], HttpResponse]


def decision(name: str, act: Callable[..., Application], done: Any, *, states: Sequence[str]) -> View:
    """A page that asks, and by POST does it and says `done`; in another state it leads back."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @login_required
    @answer_once
    def view(request: PortalRequest, code: str) -> HttpResponse:
        found, refused = my_application(request, code), None
        if request.method != "POST" and found.status not in states:
            return redirect(found)
        if request.method != "POST" and not actions.can_decide(found, signed_in_user(request)):
            return answered(request, "guardian_decides.html", {"application": found}, is_wrong=False)
        if request.method == "POST":
            try:
                act(application=found, via=ONLINE, at=timezone.now(), by=signed_in_user(request))
            except ValidationError as refusal:
                refused = refusal
            else:
                messages.success(request, str(done))
                return redirect(found)
        context = {"application": found, "refused": refused, "higher": actions.higher_wishes(found)}
        return answered(request, f"{name}.html", context, is_wrong=bool(refused))

    return view


accept = decision(
    "accept",
    actions.accept_offer,
    _("The place is yours. We have written down what comes next."),
    states=[Status.OFFERED],
)
decline = decision(
    "decline",
    actions.decline_offer,
    _("The place is free for another child. Thank you."),
    states=[Status.OFFERED],
)
object_to = decision(
    "object",
    actions.object_to_acceptance,
    _("We have noted your objection and speak with both of you."),
    states=[Status.ACCEPTED],
)
withdraw = decision(
    "withdraw",
    actions.withdraw_application,
    _("The application is withdrawn."),
    states=WITHDRAWABLE,
)

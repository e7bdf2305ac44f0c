"""What the page of a case shows, and what its person may do there: authorise, send papers, withdraw."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circle.models import Mandate, User, Via, ids_represented_by
from circle.web.middleware import PortalRequest
from services import actions
from services.models import AgencyCase, CaseStatus, CaseStep
from services.models.case_clock import clock_of
from services.models.case_papers import MOST_PHOTOS, photo_days
from services.models.case_states import WITHDRAWABLE

MONTHS = {"3": 90, "6": 180, "12": 365}  # how long an authorisation holds, in days


def read_of(request: PortalRequest) -> int | None:
    typed = request.POST.get("read", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else None


def authorise(request: PortalRequest, case: AgencyCase, said: dict[str, Any]) -> None:
    days = MONTHS.get(request.POST.get("months", ""))
    if days is None:
        raise ValidationError(_("Say how long we may act for you."), code="until_missing")
    until = timezone.localdate() + dt.timedelta(days=days)
    actions.authorise_case(case=case, valid_until=until, read=read_of(request), **said)


def send_photo(request: PortalRequest, case: AgencyCase, said: dict[str, Any]) -> None:
    photo = request.FILES.get("photo")
    if photo is None:
        raise ValidationError(_("Choose a photo first."), code="photo_missing")
    actions.add_case_photo(case=case, photo=photo, **said)


def supply(request: PortalRequest, case: AgencyCase, said: dict[str, Any]) -> None:
    actions.send_papers(case=case, read=read_of(request), at=said["at"], by=said["by"])


def withdraw(request: PortalRequest, case: AgencyCase, said: dict[str, Any]) -> None:
    reason = request.POST.get("reason", "")
    actions.withdraw_case(case=case, reason=reason, read=read_of(request), **said)


ANSWERS: dict[str, tuple[Callable[..., None], Any]] = {
    "authorise": (authorise, gettext_lazy("Thank you: we may act for you now.")),
    "photo": (send_photo, gettext_lazy("The photo is here. Send the next one, or come back later.")),
    "supply": (supply, gettext_lazy("Thank you: we look at it and tell you if anything is missing still.")),
    "withdraw": (withdraw, gettext_lazy("Withdrawn. Fetch your papers where we hold some.")),
}


def answer(request: PortalRequest, case: AgencyCase) -> HttpResponse:
    """Refuses: not_possible (an unknown answer), not_allowed (not signed in), and as the actions."""
    act, done = ANSWERS.get(request.POST.get("verb", ""), (None, ""))
    if act is None:
        raise ValidationError(_("Please choose one of the answers."), code="not_possible")
    if not isinstance(request.user, User):
        raise ValidationError(_("Sign in with your phone to do that."), code="not_allowed")
    act(request, case, {"via": Via.ONLINE, "at": timezone.now(), "by": request.user})
    messages.success(request, done)
    return redirect(case)


def page_of(request: PortalRequest, case: AgencyCase) -> dict[str, Any]:
    """What was said to the person, never what colleagues wrote to each other."""
    user = request.user
    may_act = isinstance(user, User) and case.resident_id in ids_represented_by(user, Mandate.Scope.BOOKINGS)
    return {
        "case": case,
        "clock": clock_of(case, timezone.localdate()),
        "today": timezone.localdate(),
        "steps": case.steps.order_by("-id").defer("inner_words").select_related("by"),
        "own_logins": own_logins(case),
        "must_authorise": case.waits_for_authorisation(timezone.localdate()),
        "missing": missing_papers(case),
        "papers": [paper for paper in case.papers.all() if paper.is_out],
        "visits": case.steps.filter(is_visit=True).count(),
        "photo_count": case.photos.filter(is_authorisation=False).count(),
        "most_photos": MOST_PHOTOS,
        "photo_days": photo_days(timezone.localdate()),
        "is_seen": case.resident.identities_seen.exists(),
        "may_act": may_act,
        "may_authorise": may_act and isinstance(user, User) and case.resident.login_id == user.pk,
        "may_send": may_act and case.status in WITHDRAWABLE and case.status != CaseStatus.APPROVED,
        "may_withdraw": may_act and case.status in WITHDRAWABLE,
    }


def own_logins(case: AgencyCase) -> set[int | None]:
    """Of the person and of who acts in their name: what these did, the page calls “you”."""
    agents = case.resident.mandates_given.exclude(scope=Mandate.Scope.AGENCY).values_list("agent", flat=True)
    asked_by = {case.requested_by_id} if case.via == Via.ONLINE else set()
    return {case.resident.login_id, *asked_by, *agents} - {None}


def missing_papers(case: AgencyCase) -> str:
    """What we asked for last, until it is sent."""
    if case.status != CaseStatus.SUPPLEMENT or case.supplied_at:
        return ""
    asked = case.steps.filter(kind=CaseStep.Kind.SUPPLEMENT).last()
    return asked.public_words if asked else ""

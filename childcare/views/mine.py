"""Whose application it is, and one sentence for a refusal: what the personal pages share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from childcare.models import Application
from childcare.models.applications import ApplicationQuerySet
from circle.models import Resident, User, Via
from circle.web.middleware import PortalRequest, signed_in_user

ONLINE = Via.ONLINE


def my_application(
    request: PortalRequest,
    code: str,
    more: Callable[[ApplicationQuerySet], ApplicationQuerySet] | None = None,
) -> Application:
    """Of a guardian whom this login may act for; staff have the back office. `more`: read with it."""
    found = Application.objects.mine(signed_in_user(request)).shown().select_related("health")
    return get_object_or_404(more(found) if more else found, code=code)


def is_guardian_of(user: User, application: Application) -> bool:
    """Whether this login guards the child itself, and does not merely act for a guardian."""
    return (
        Resident.objects.with_wards(user)
        .filter(pk__in=[application.child_id or application.guardian_id])
        .exists()
    )


def actor(request: PortalRequest) -> tuple[User, str]:
    """As the rate limits and the keys of submissions know this login."""
    user = signed_in_user(request)
    return user, f"user:{user.pk}"


def answered(
    request: PortalRequest, template: str, context: dict[str, Any], *, is_wrong: bool
) -> HttpResponse:
    return render(request, f"childcare/{template}", context, status=422 if is_wrong else 200)

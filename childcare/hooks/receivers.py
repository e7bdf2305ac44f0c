"""What the nursery does when something happens in circle."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import ngettext

from childcare.actions import (
    APPLYING,
    HEALTH,
    decline,
    forget_child,
    guardians_of,
    pass_on,
    stop_draft,
    stop_for_child,
    withdraw,
)
from childcare.models import Application, Health
from circle.models import Consent, Resident, User
from circle.signals import consent_withdrawn, resident_died

Status = Application.Status
ENDABLE = [Status.SUBMITTED, Status.VERIFIED, Status.ACCEPTED]


@receiver(resident_died)
def look_after_the_children(
    *, resident: Resident, at: dt.datetime, by: User, **kwargs: Any
) -> tuple[str, str] | None:
    """Whatever stands for a child that has died ends.

    A child keeps its place when a guardian dies: the other one goes on, or staff speak with the family.
    """
    for application in Application.objects.filter(child=resident).live().shown():
        stop_for_child(application=application, at=at, by=by)
    for application in Application.objects.filter(guardian=resident).live().shown():
        other = guardians_of(application.child).exclude(pk=resident.pk).first()
        if other:
            pass_on(application=application, guardian=other, at=at, by=by)
        elif application.status == Status.DRAFT:
            stop_draft(application=application, at=at, by=by)
    count = Application.objects.filter(guardian=resident).live().count()
    if not count:
        return None
    sentence = ngettext(
        "%(count)s nursery application needs another guardian. Please speak with the family.",
        "%(count)s nursery applications need another guardian. Please speak with the family.",
        count,
    )
    return sentence % {"count": count}, reverse("admin:childcare_application_changelist")


@receiver(consent_withdrawn)
def close_what_rests_on_consent(
    *, consent: Consent, via: str, at: dt.datetime, by: User, **kwargs: Any
) -> None:
    """The health answers go at once, and what was sent in ends. About an enrolled child staff phone."""
    if consent.purpose not in (APPLYING, HEALTH):
        return
    own = Application.objects.filter(community=consent.community_id, code=consent.matter)
    for application in own.shown():
        end(application, consent.purpose, via, at, by)
    Health.objects.filter(application__in=own).delete()
    if consent.purpose == APPLYING:
        forget_child(
            own.filter(status__in=[Status.WITHDRAWN, Status.DECLINED, Status.LAPSED, Status.LEFT]), at
        )


def end(application: Application, purpose: str, via: str, at: dt.datetime, by: User) -> None:
    """Whoever has only withdrawn the health answers may still fill them in again before sending."""
    if application.status == Status.OFFERED:
        decline(application=application, via=via, at=at, by=by)
    elif application.status in ENDABLE or (purpose == APPLYING and application.is_editable):
        withdraw(application=application, via=via, at=at, by=by)

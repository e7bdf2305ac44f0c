"""What the nursery does when something happens in circle."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import ngettext

from childcare.actions import (
    APPLYING,
    HEALTH,
    close_draft,
    close_for_child,
    decline_offer,
    end_health_consent,
    end_visits_of,
    forget_child,
    guardians_of,
    transfer_to_guardian,
    withdraw_application,
)
from childcare.models import Application
from circle.models import Consent, Resident, User
from circle.signals import consent_withdrawn, resident_died

Status = Application.Status
ENDABLE = [Status.SUBMITTED, Status.VERIFIED, Status.ACCEPTED]


@receiver(resident_died)
def handle_resident_death(
    *, resident: Resident, at: dt.datetime, by: User, **kwargs: Any
) -> tuple[str, str] | None:
    """Whatever stands for a child that has died ends.

    When a guardian dies the application goes to the other one, or staff speak with the family.
    """
    end_visits_of(resident, at, by)
    for application in Application.objects.filter(child=resident).live().shown():
        close_for_child(application=application, at=at, by=by)
    for application in Application.objects.filter(guardian=resident).live().shown():
        other = guardians_of(application.child).exclude(pk=resident.pk).first()
        if other:
            transfer_to_guardian(application=application, guardian=other, at=at, by=by)
        elif application.status == Status.DRAFT:
            close_draft(application=application, at=at, by=by)
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
def handle_consent_withdrawal(
    *, consent: Consent, via: str, at: dt.datetime, by: User, **kwargs: Any
) -> None:
    """The health answers go at once, and what was sent in ends. Of an enrolled child the head settles it."""
    if consent.purpose not in (APPLYING, HEALTH):
        return
    own = Application.objects.filter(community=consent.community_id, code=consent.matter)
    for application in own.shown():
        end_application(application, consent.purpose, via, at, by)
        end_health_consent(application, at)
    if consent.purpose == APPLYING:
        forget_child(
            own.filter(status__in=[Status.WITHDRAWN, Status.DECLINED, Status.LAPSED, Status.LEFT]), at
        )


def end_application(application: Application, purpose: str, via: str, at: dt.datetime, by: User) -> None:
    """Whoever has only withdrawn the health answers may still fill them in again before sending."""
    if application.status == Status.OFFERED:
        decline_offer(application=application, via=via, at=at, by=by)
    elif application.status in ENDABLE or (purpose == APPLYING and application.is_editable):
        withdraw_application(application=application, via=via, at=at, by=by, consent_ended=True)

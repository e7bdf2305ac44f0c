"""What the nursery does when something happens in circle."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import ngettext

from childcare.actions import stop_draft
from childcare.models import Application
from circle.models import Resident, User
from circle.signals import resident_died


@receiver(resident_died)
def look_after_the_children(
    *, resident: Resident, at: dt.datetime, by: User, **kwargs: Any
) -> tuple[str, str] | None:
    """A child keeps its place when a guardian dies: somebody speaks with the family. Only drafts end."""
    mine = Application.objects.filter(guardian=resident)
    for application in mine.filter(status=Application.Status.DRAFT):
        stop_draft(application=application, at=at, by=by)
    count = mine.live().count()
    if not count:
        return None
    sentence = ngettext(
        "%(count)s nursery application needs another guardian. Please speak with the family.",
        "%(count)s nursery applications need another guardian. Please speak with the family.",
        count,
    )
    return sentence % {"count": count}, reverse("admin:childcare_application_changelist")

"""In-person messages: who visits a resident whom no phone and no e-mail reaches."""

import datetime as dt

from django.utils.timezone import localtime

from circle.models import Resident, StaffPost

IN_PERSON_PERMISSION = "circle.change_message"


def in_person_assignee(resident: Resident | None, at: dt.datetime) -> int | None:
    """The login of the grid worker, else of the building head; of the substitute while they are absent.

    None where no post covers the building: then the task is for the whole office.
    """
    day = localtime(at).date()
    posts = StaffPost.objects.active(day).filter(user__is_active=True)
    post = posts.looking_after(resident.building_id).first() if resident else None
    if post is None:
        return None
    absence = post.absences.filter(starts_on__lte=day, ends_on__gte=day).select_related("substitute").first()
    may = absence is not None and posts.giving(IN_PERSON_PERMISSION).filter(pk=absence.substitute_id).exists()
    return absence.substitute.user_id if absence and may else post.user_id

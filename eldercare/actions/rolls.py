"""The roll of a class: who came, as the teacher, the class monitor or staff say."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import User
from eldercare.models import ClassAttendance, ClassSession, Enrolment, SchoolClass


@transaction.atomic
def take_roll(
    *, session: ClassSession, present: Collection[int], seen: str, at: dt.datetime, by: User
) -> int:
    """Who of the pupils came, by the ids of their enrolments; a second roll replaces the one it has `seen`.

    `seen`: `seen_roll` of the session as it was read, "" before the first roll. Returns how many came.
    Refuses: not_yours, too_early, not_a_pupil, changed_meanwhile (by somebody else's roll).
    """
    if not SchoolClass.objects.for_user(by).filter(pk=session.school_class_id).exists():
        raise ValidationError(_("This class is not among yours."), code="not_yours")
    if session.starts_at > at:
        raise ValidationError(_("This meeting has not begun yet."), code="too_early")
    now = ClassSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    if now.seen_roll != seen:
        raise ValidationError(
            _("Somebody has changed it a moment ago. Please look again."), code="changed_meanwhile"
        )
    here = Enrolment.objects.pupils().filter(school_class=session.school_class_id)
    # Who joined later was not away.
    pupils = set(here.filter(booked_at__lt=session.ends_at).values_list("pk", flat=True))
    if not set(present) <= pupils:
        raise ValidationError(
            _("Somebody has left the class meanwhile. Please look again."), code="not_a_pupil"
        )
    ClassAttendance.objects.bulk_create(
        (
            ClassAttendance(
                community_id=session.community_id,
                session=session,
                enrolment_id=pk,
                is_present=pk in present,
            )
            for pk in pupils
        ),
        update_conflicts=True,
        unique_fields=["session", "enrolment"],
        update_fields=["is_present"],
    )
    session.roll_at, session.roll_by = at, by
    session.save(update_fields=["roll_at", "roll_by"])
    record(verb="roll_taken", subject=session, community=session.community_id, at=at, actor=by)
    return len(present)

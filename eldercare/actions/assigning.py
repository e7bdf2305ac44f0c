"""Who gives the care of a booking."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from circle.booking.transitions import change_status, transition_refusal
from circle.models import StaffPost, User
from circle.models.roles import Role
from eldercare.actions.bookings import day_of
from eldercare.actions.certificates import refuse_without_certificate
from eldercare.actions.messages import notify_released_crew
from eldercare.actions.taken_times import take_crew
from eldercare.actions.wishes import refuse_broken_wish
from eldercare.actions.working_hours import refuse_off_shift
from eldercare.models import CareBooking, CareKind
from eldercare.models.bookings import VISIT

Status = CareBooking.Status
TRAINED = [Role.CARE_WORKER, Role.ELDER_COORDINATOR]


@transaction.atomic
def assign_worker(
    *,
    booking: CareBooking,
    worker: User,
    at: dt.datetime,
    by: User,
    assistant: User | None = None,
    despite_wish: bool = False,
    known: str | None = None,
) -> CareBooking:
    """Assign members of the care team, in place of who was assigned before.

    `known`: the crew that was shown to who decides, as `crew_key`; None: whoever it is.
    Refuses: certificate_missing, certificate_expired (on the day of the care), off_shift (does not work at
    that time), not_on_the_team (on the day of the care; whoever is away then is not), worker_busy (at that
    time), not_trained (the kind needs a care worker as `worker`), crew_twice (the same person as both),
    wish_refused, wish_asked (the elder wished for somebody else, and `despite_wish` was not said),
    crew_too_large (one person gives it), already_assigned (to these very people), not_possible (not
    confirmed yet, over), changed_meanwhile (another crew than the one that was shown).
    """
    refuse_crew(booking, worker, assistant)
    refuse_outside_team(booking, worker, assistant, at)
    crew = [each for each in (worker, assistant) if each]
    refuse_without_certificate(booking, crew)
    refuse_off_shift(booking, crew)
    refuse_broken_wish(booking, crew, despite_wish=despite_wish)
    before = CareBooking.objects.select_related("assigned_to", "assistant").get(pk=booking.pk)
    crew_of_before = {"assigned_to": before.assigned_to, "assistant": before.assistant}
    same = {"status": Status.ASSIGNED, "assigned_to": worker, "assistant": assistant}
    if CareBooking.objects.filter(pk=booking.pk, **same).exists():
        raise ValidationError(_("This person is assigned already."), code="already_assigned")
    if known not in (None, crew_key(before)):
        raise transition_refusal(booking, "", [booking.status])
    change_status(
        booking,
        verb="care_assigned",
        allowed=[Status.CONFIRMED, Status.ASSIGNED],
        to=Status.ASSIGNED,
        at=at,
        by=by,
        rows=CareBooking.objects.filter(**crew_of_before).exclude(**same),  # whose times are freed below
        details={"worker": worker.pk} | ({"assistant": assistant.pk} if assistant else {}),
        assigned_to=worker,
        assistant=assistant,
    )
    take_crew(booking, before.crew)
    notify_released_crew(booking, [each for each in before.crew if each not in booking.crew], at)
    return booking


def crew_key(booking: CareBooking) -> str:
    """Who is assigned, as one value."""
    return ",".join(str(worker.pk) for worker in booking.crew)


def refuse_crew(booking: CareBooking, worker: User, assistant: User | None) -> None:
    if assistant and booking.crew_size == 1:
        raise ValidationError(_("One person gives this care."), code="crew_too_large")
    if worker == assistant:
        raise ValidationError(_("The second carer is another person."), code="crew_twice")


def refuse_outside_team(booking: CareBooking, worker: User, assistant: User | None, at: dt.datetime) -> None:
    posts = list(care_team(booking, at).filter(user__in=[worker, assistant or worker]))
    if {post.user_id for post in posts} != {each.pk for each in (worker, assistant) if each}:
        raise ValidationError(_("This person is not on the care team."), code="not_on_the_team")
    if not any(post.user_id == worker.pk and may_lead(booking.kind, post) for post in posts):
        raise ValidationError(
            _("A care worker leads this care; a volunteer may come as the second."), code="not_trained"
        )


def care_team(booking: CareBooking, at: dt.datetime) -> "QuerySet[StaffPost]":
    """The posts whose holders may be sent to this elder on that day and are not away: a grid worker only
    within their grid."""
    day = booking.day or day_of(at)
    posts = (
        StaffPost.objects.active(day).giving(VISIT).exclude(pk__in=StaffPost.objects.away(day).values("pk"))
    )
    near = Q(grid=None) | Q(grid__buildings__people=booking.resident_id)
    return posts.filter(near, community=booking.community_id, building=None, user__is_active=True)


def may_lead(kind: CareKind, post: StaffPost) -> bool:
    """Of a post of the team."""
    return post.role in TRAINED or not kind.needs_trained_lead

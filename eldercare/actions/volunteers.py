"""Joining the 小棉袄 team, the elders of each volunteer, and leaving it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.models import Community, Resident, User
from eldercare.actions.near_home import refuse_far
from eldercare.actions.planned_looks import tell_that_nobody_comes
from eldercare.models import Pairing, Volunteer
from eldercare.models.duties import looked_after_by
from eldercare.models.volunteers import MOST_ELDERS

Status = Volunteer.Status


@transaction.atomic
def join_volunteers(*, community: Community, user: User, at: dt.datetime) -> Volunteer:
    """Ask to be taken on. A second call changes nothing. Refuses: removed (only staff take back)."""
    found, is_new = Volunteer.objects.get_or_create(
        community=community, user=user, defaults={"status_at": at}
    )
    if found.status == Status.REMOVED:
        raise ValidationError(_("Please talk to us about it at the window."), code="removed")
    if is_new:
        record(verb="volunteer_asked", subject=found, community=community, at=at, actor=user)
    return found


@transaction.atomic
def check_volunteer(*, volunteer: Volunteer, at: dt.datetime, by: User) -> Volunteer:
    """Staff have talked to them and seen who they are; also takes back whoever was removed.

    Refuses: own_membership, already_checked, not_possible.
    """
    refuse_oneself(volunteer, by)
    allowed = [Status.ASKED, Status.REMOVED]
    take_step(volunteer, "volunteer_checked", allowed, Status.CHECKED, at, by, reason="", trained_on=None)
    return volunteer


@transaction.atomic
def train_volunteer(*, volunteer: Volunteer, at: dt.datetime, by: User) -> Volunteer:
    """They have been trained and may look in. Refuses: own_membership, already_active, not_possible."""
    refuse_oneself(volunteer, by)
    take_step(
        volunteer,
        "volunteer_trained",
        [Status.CHECKED],
        Status.ACTIVE,
        at,
        by,
        trained_on=localdate(at),
    )
    return volunteer


@transaction.atomic
def remove_volunteer(*, volunteer: Volunteer, reason: str, at: dt.datetime, by: User) -> Volunteer:
    """They see no elder from this moment; what they did stays. Refuses: reason_missing, reason_too_long."""
    reason = checked_reason(reason)
    allowed = [Status.ASKED, Status.CHECKED, Status.ACTIVE]
    take_step(volunteer, "volunteer_removed", allowed, Status.REMOVED, at, by, reason=reason, photo=b"")
    held = Pairing.objects.filter(volunteer=volunteer, ended_at=None)
    for pairing in held.select_related("resident__login", "volunteer").order_by("pk"):
        tell_that_nobody_comes(pairing, at)
    held.update(ended_at=at)
    return volunteer


@transaction.atomic
def set_volunteer_photo(*, volunteer: Volunteer, photo: bytes, at: dt.datetime, by: User) -> Volunteer:
    """What the elder sees on the eve; an empty one takes it off. Refuses: not_active."""
    rows = Volunteer.objects.filter(pk=volunteer.pk).exclude(status=Status.REMOVED)
    if not rows.update(photo=photo):
        raise not_active()
    record(
        verb="volunteer_photo", subject=volunteer, community=volunteer.community_id, at=at, actor=by,
        has_photo=bool(photo),
    )  # fmt: skip
    return volunteer


def take_step(
    volunteer: Volunteer,
    verb: str,
    allowed: list[Status],
    to: Status,
    at: dt.datetime,
    by: User,
    **fields: Any,
) -> None:
    change_status(volunteer, verb=verb, allowed=allowed, to=to, at=at, by=by, **fields)


def refuse_oneself(volunteer: Volunteer, by: User) -> None:
    if volunteer.user_id == by.pk:
        raise ValidationError(_("Somebody else decides about yourself."), code="own_membership")


@transaction.atomic
def pair_elder(*, volunteer: Volunteer, resident: Resident, at: dt.datetime, by: User) -> Pairing:
    """One of at most five elders of a volunteer. A second call changes nothing.

    Refuses: not_active, five_at_most, other_community, home_unknown, too_far.
    """
    held = Volunteer.objects.active().select_for_update(no_key=True, of=("self",)).filter(pk=volunteer.pk)
    if not held:
        raise not_active()
    if resident.community_id != volunteer.community_id:
        raise ValidationError(_("This belongs to another community."), code="other_community")
    live = Pairing.objects.filter(volunteer=volunteer, ended_at=None)
    if found := live.filter(resident=resident).first():
        return found
    refuse_far(volunteer, resident, at)
    taken = set(live.values_list("place", flat=True))
    free = [place for place in range(1, MOST_ELDERS + 1) if place not in taken]
    if not free:
        raise five_at_most()
    try:
        with transaction.atomic():
            pairing = Pairing.objects.create(
                community_id=volunteer.community_id,
                volunteer=volunteer,
                resident=resident,
                place=free[0],
                begun_at=at,
            )
    except IntegrityError as clash:
        raise five_at_most() from clash
    record(verb="elder_paired", subject=pairing, community=pairing.community_id, at=at, actor=by)
    return pairing


def not_active() -> ValidationError:
    return ValidationError(_("They are not trained yet, or no longer on the team."), code="not_active")


def five_at_most() -> ValidationError:
    return ValidationError(_("Five elders are the most for one volunteer."), code="five_at_most")


@transaction.atomic
def introduce_volunteer(*, pairing: Pairing, at: dt.datetime, by: User) -> Pairing:
    """`by` went along on the first visit; from now on the volunteer goes alone. Twice changes nothing.

    Refuses: not_yours (neither of the grid or the office, nor a volunteer of this elder), own_membership.
    """
    refuse_oneself(pairing.volunteer, by)
    if not Resident.objects.filter(looked_after_by(by), pk=pairing.resident_id).exists():
        raise ValidationError(_("This person is not among yours."), code="not_yours")
    if Pairing.objects.filter(pk=pairing.pk, met_at=None, ended_at=None).update(met_at=at, met_with=by):
        record(verb="volunteer_introduced", subject=pairing, community=pairing.community_id, at=at, actor=by)
    pairing.refresh_from_db()
    return pairing


@transaction.atomic
def end_pairing(*, pairing: Pairing, at: dt.datetime, by: User) -> Pairing:
    """The elder is no longer among theirs; the place is free for another one."""
    if Pairing.objects.filter(pk=pairing.pk, ended_at=None).update(ended_at=at):
        tell_that_nobody_comes(pairing, at)
        record(verb="elder_unpaired", subject=pairing, community=pairing.community_id, at=at, actor=by)
    pairing.refresh_from_db()
    return pairing

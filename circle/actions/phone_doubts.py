"""Numbers in doubt: long unused when somebody signs in, until their owner is known."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record, record_refusal
from circle.models import Building, Community, Record, Resident, User

UNUSED_AFTER = dt.timedelta(days=180)
DOUBT_ATTEMPTS = 5
NUMBER_ENTRY_VERBS = ["resident_registered", "resident_changed", "phone_changed"]


def doubt_if_unused(*, user: User, at: dt.datetime) -> bool:
    """At a sign-in by code: mark the number as in doubt if unused for so long that it may have a new owner.

    Not where no resident and no mandate depends on it. Returns whether it is in doubt.
    """
    used_at = user.last_login or number_entered_at(user)
    is_old = used_at is not None and used_at < at - UNUSED_AFTER
    if is_old and (Resident.objects.with_number(user).exists() or user.mandates_held.not_ended().exists()):
        values = {"in_doubt_since": at, "doubt_attempts": 0}
        User.objects.filter(pk=user.pk, in_doubt_since=None).update(**values)
        user.refresh_from_db(fields=["in_doubt_since", "doubt_attempts"])
    return user.in_doubt_since is not None


def number_entered_at(user: User) -> dt.datetime | None:
    """When staff entered this number, for a login that is used for the first time."""
    people = Resident.objects.with_number(user).values("pk")
    about = Record.objects.filter(subject_type=Resident._meta.label_lower, subject_id__in=people)
    return about.filter(verb__in=NUMBER_ENTRY_VERBS).values_list("at", flat=True).order_by("-id").first()


def settle_doubt(
    *, user: User, building: Building | None, birth_year: int, community: Community, at: dt.datetime
) -> None:
    """Clear the doubt if they name the building and year of birth of a resident with this number.

    Refuses: doubt_locked (5 attempts; staff release the number), not_matching. Both are recorded.
    """
    tries = User.objects.filter(pk=user.pk, doubt_attempts__lt=DOUBT_ATTEMPTS)
    code = "not_matching" if tries.update(doubt_attempts=F("doubt_attempts") + 1) else "doubt_locked"
    people = Resident.objects.of_login(user)
    named = people.filter(building=building, born_on__year=birth_year)
    if code == "not_matching" and building and named.exists():
        clear_doubt(user, community, at, by=user)
        return
    record_refusal(verb="number_doubt", code=code, subject=user, community=community, at=at, actor=user)
    if code == "doubt_locked":
        sentence = _("Too many attempts. Please phone %(phone)s: a clerk will release your number.")
        raise ValidationError(sentence, code=code, params={"phone": community.phone})
    raise ValidationError(_("This does not agree with what we know. Please look again."), code=code)


def release_number(*, user: User, community: Community, at: dt.datetime, by: User) -> None:
    """Clear the doubt, for a person whom staff know; repeating it is harmless."""
    clear_doubt(user, community, at, by)


@transaction.atomic
def clear_doubt(user: User, community: Community, at: dt.datetime, by: User) -> None:
    doubted = User.objects.filter(pk=user.pk).exclude(in_doubt_since=None)
    if doubted.update(in_doubt_since=None, doubt_attempts=0):
        record(verb="number_released", subject=user, community=community, at=at, actor=by)
    user.refresh_from_db(fields=["in_doubt_since", "doubt_attempts"])

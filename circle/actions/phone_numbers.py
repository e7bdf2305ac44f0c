"""Phone numbers that change, are lost, or are used again after half a year, perhaps by another owner."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.actions.sign_in import login_for_phone
from circle.audit.log import record, record_refusal
from circle.identifiers.id_documents import IdType
from circle.identifiers.phone_numbers import is_mobile, parse_phone
from circle.models import Building, Community, Record, Resident, User

UNUSED_AFTER = dt.timedelta(days=180)
DOUBT_ATTEMPTS = 5
NUMBER_ENTRY_VERBS = ["resident_registered", "resident_changed", "phone_changed"]


@transaction.atomic
def change_phone(*, resident: Resident, phone: str, shown: str, at: dt.datetime, by: User) -> Resident:
    """Change the number, or remove a lost one, at the counter against an ID document of this kind (`shown`).

    The login of the old number is detached and its sessions end, unless it serves others as well; the
    mandates that it held go to the new number.
    Refuses: phone_invalid, document_missing, resident_gone.
    """
    if resident.died_on or resident.merged_into_id:
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")
    if shown not in IdType.values:
        raise ValidationError(_("Say which paper you have seen."), code="document_missing")
    number = parse_phone(phone) if phone else ""
    resident = Resident.objects.select_for_update(no_key=True).get(pk=resident.pk)
    if number and number == resident.phone:
        return resident
    old = resident.login
    resident.phone, resident.login = number, None
    resident.save(update_fields=["phone_sealed", "phone_index", "login"])
    if old:
        detach_login(old, resident, number, at)
    record(
        verb="phone_changed" if number else "phone_lost",
        subject=resident,
        community=resident.community_id,
        at=at,
        actor=by,
        shown=shown,
    )
    return resident


def detach_login(login: User, resident: Resident, number: str, at: dt.datetime) -> None:
    """Remove the resident from the old number's login; where others share the number, it remains theirs."""
    end_sessions(login)
    login.wechat_logins.all().delete()  # whoever has the phone may have its WeChat too
    if Resident.objects.of_login(login).exclude(pk=resident.pk).exists():
        return
    mandates = login.mandates_held.not_ended(localtime(at).date())
    if is_mobile(number):
        new = login_for_phone(phone=number, at=at)
        already_held = new.mandates_held.not_ended(localtime(at).date()).values("principal")
        mandates.exclude(principal__in=already_held).update(agent=new)
    login.mandates_held.not_ended(localtime(at).date()).update(revoked_at=at)


def end_sessions(login: User) -> None:
    """End all sessions by changing the unusable password, of which every session holds a digest."""
    if not login.has_usable_password():
        login.set_unusable_password()
        login.save(update_fields=["password"])


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

"""Phone numbers that change, are lost, or are used again after half a year, perhaps by another owner."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.actions.phone_logins import login_for_phone
from circle.audit.log import record
from circle.identifiers.id_documents import IdType
from circle.identifiers.phone_numbers import is_mobile, parse_phone
from circle.models import Resident, User


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

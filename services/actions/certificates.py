"""Certificates of the committee: made out from the register, numbered, revoked."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.models import Community, Resident, User
from services.models.certificates import PURPOSE_LENGTH, UNIT_LENGTH, CertificateMatter, CommitteeCertificate

Status = CommitteeCertificate.Status
MOST_COPIES = 9


@transaction.atomic
def issue_certificate(
    *,
    matter: CertificateMatter,
    resident: Resident,
    addressed_to: str,
    purpose: str,
    copies: int,
    at: dt.datetime,
    by: User,
) -> CommitteeCertificate:
    """Fill the text from the register and enter it in the book, under the next number of the year.

    The lock on the community makes two desks wait for each other, so no number is given twice or left out.
    Refuses: other_community, not_ours (others certify it), gone (dead, moved away or erased), no_home (the
    text names the address, and the register knows none), no_birthday, reason_missing, reason_too_long,
    copies_out_of_range.
    """
    community = Community.objects.select_for_update(no_key=True).get(pk=matter.community_id)
    refuse_certificate(matter, resident, copies)
    unit = checked_reason(addressed_to, UNIT_LENGTH)
    purpose = checked_reason(purpose, PURPOSE_LENGTH)
    found = CommitteeCertificate.objects.create(
        community=community,
        year=localtime(at).year,
        serial=next_serial(community, localtime(at).year),
        matter=matter,
        resident=resident,
        addressed_to=unit,
        purpose=purpose,
        body=fill_body(matter, resident, purpose),
        copies=copies,
        issued_at=at,
        issued_by=by,
        status_at=at,
    )
    record(
        verb="certificate_issued",
        subject=found,
        community=community,
        at=at,
        actor=by,
        after=Status.ISSUED,
        matter=matter.code,
        copies=copies,
    )
    return found


def refuse_certificate(matter: CertificateMatter, resident: Resident, copies: int) -> None:
    if resident.community_id != matter.community_id:
        raise ValidationError(_("This person belongs to another community."), code="other_community")
    if not matter.body_zh:
        raise ValidationError(_("Others certify this: see the list."), code="not_ours")
    if not Resident.objects.living().filter(pk=resident.pk).exists():
        raise ValidationError(_("This person does not live here any more."), code="gone")
    if not 1 <= copies <= MOST_COPIES:
        raise ValidationError(_("From one to nine copies."), code="copies_out_of_range")


def next_serial(community: Community, year: int) -> int:
    last = CommitteeCertificate.objects.filter(community=community, year=year).aggregate(last=Max("serial"))[
        "last"
    ]
    return (last or 0) + 1


def fill_body(matter: CertificateMatter, resident: Resident, purpose: str) -> str:
    """The ID number is not in it: it is written by hand from the card that lies on the desk.

    In one pass, so that a name with braces in it is not read as a mark.
    """
    facts = {
        "name": lambda: resident.name,
        "born": lambda: birthday_of(resident),
        "address": lambda: address_of(resident),
        "purpose": lambda: purpose,
    }
    return re.sub(r"\{(name|born|address|purpose)\}", lambda mark: facts[mark[1]](), matter.body_zh)


def address_of(resident: Resident) -> str:
    if resident.building is None:
        raise ValidationError(_("The register has no address for this person."), code="no_home")
    door = resident.household.door if resident.household else ""
    return f"{resident.community.name_zh}{resident.building.name_zh}{door}"


def birthday_of(resident: Resident) -> str:
    if resident.born_on is None:
        raise ValidationError(_("The register has no birthday for this person."), code="no_birthday")
    with translation.override("zh-hans"):
        return date_format(resident.born_on, "Y年n月j日")


@transaction.atomic
def revoke_certificate(
    *, certificate: CommitteeCertificate, reason: str, at: dt.datetime, by: User
) -> CommitteeCertificate:
    """Whoever checks its code reads from then on that it counts no more.

    Refuses: reason_missing, reason_too_long, already_revoked.
    """
    change_status(
        certificate,
        verb="certificate_revoked",
        allowed=[Status.ISSUED],
        to=Status.REVOKED,
        at=at,
        by=by,
        reason=checked_reason(reason),
    )
    return certificate

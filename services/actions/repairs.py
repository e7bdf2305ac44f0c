"""Repairs: reported with a photo, passed on to a firm, done through its link, confirmed on the phone."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason, transition_refusal
from circle.identifiers.public_codes import new_code
from circle.images.uploads import safe_photo
from circle.models import Firm, Mandate, Resident, User, Via
from circle.notifications import Value, notify
from circle.permissions.on_behalf import (
    lock_mandate,
    login_to_notify,
    mandate_details,
    mandate_for,
    mandate_to_represent,
)
from services.models import Repair, RepairLink, RepairPhoto
from services.models.repairs import (
    ADD,
    LIVE,
    MOST_PHOTOS,
    PLACE_LENGTH,
    TOKEN_LENGTH,
    WORDS_LENGTH,
    token_hash,
)

Status = Repair.Status
SCOPE = Mandate.Scope.BOOKINGS
LINK_LASTS = dt.timedelta(days=14)
SIDE = 1000  # pixels: enough to see a leak, little enough to stand in the page


def report_repair(
    *,
    resident: Resident,
    kind: str,
    place: str,
    words: str,
    via: str,
    at: dt.datetime,
    by: User,
    gives_phone: bool = False,
    photo: UploadedFile | None = None,
) -> Repair:
    """Say what is broken. The photo is decoded before anything is locked, for who may report.

    Refuses: not_allowed, resident_gone, number_in_doubt, reason_missing, reason_too_long, and what
    `safe_photo` refuses.
    """
    mandate_for(by=by, resident=resident, scope=SCOPE, via=via, staff_permission=ADD)
    image = safe_photo(photo, SIDE).read() if photo else None
    said = {
        "kind": kind,
        "place": checked_reason(place, PLACE_LENGTH),
        "words": checked_reason(words, WORDS_LENGTH),
        "gives_phone": gives_phone,
    }
    return store_report(resident=resident, via=via, at=at, by=by, image=image, **said)


@transaction.atomic
def store_report(
    *, resident: Resident, via: str, at: dt.datetime, by: User, image: bytes | None, **said: Any
) -> Repair:
    """Refuses: not_allowed, resident_gone, number_in_doubt."""
    mandate = mandate_for(by=by, resident=resident, scope=SCOPE, via=via, staff_permission=ADD)
    lock_mandate(mandate, at)
    repair = Repair.objects.create(
        community_id=resident.community_id,
        resident=resident,
        via=via,
        reported_at=at,
        reported_by=by,
        mandate=mandate,
        status_at=at,
        **said,
    )
    if image:
        RepairPhoto.of(repair, image, at).save()
    record(
        verb="repair_reported",
        subject=repair,
        community=repair.community_id,
        at=at,
        actor=by,
        after=repair.status,
        via=via,
        **mandate_details(mandate),
    )
    notify_repair(repair, "repair_reported", at)
    return repair


def add_repair_photo(*, repair: Repair, photo: UploadedFile, at: dt.datetime, by: User) -> RepairPhoto:
    """One more photo by the person. Refuses: not_allowed, not_possible (over), too_many_photos, and what
    `safe_photo` refuses.
    """
    mandate_to_represent(by, repair.resident, SCOPE)
    image = safe_photo(photo, SIDE).read()
    with transaction.atomic():
        row = Repair.objects.select_for_update(no_key=True).get(pk=repair.pk)
        if not row.is_live:
            raise transition_refusal(row, "")
        if row.photos.filter(shows_result=False).count() >= MOST_PHOTOS:
            raise ValidationError(
                _("At most %(count)s photos for one repair."),
                code="too_many_photos",
                params={"count": MOST_PHOTOS},
            )
        made = RepairPhoto.of(row, image, at)
        made.save()
        record(verb="repair_photo_added", subject=row, community=row.community_id, at=at, actor=by)
    return made


@transaction.atomic
def forward_repair(*, repair: Repair, firm: Firm, at: dt.datetime, by: User) -> tuple[RepairLink, str]:
    """Pass it on, also anew where it does not hold; gives the link and its secret part, which is not stored.

    The link before ends, so that what was sent to another firm opens nothing any more.

    Refuses: other_community, not_possible (closed or cancelled).
    """
    if firm.community_id != repair.community_id:
        raise ValidationError(_("This firm works in another community."), code="other_community")
    change_status(
        repair,
        verb="repair_forwarded",
        allowed=LIVE,
        to=Status.FORWARDED,
        at=at,
        by=by,
        details={"firm": firm.pk},
        firm=firm,
    )
    RepairLink.objects.filter(repair=repair, used_at=None, ended_at=None).update(ended_at=at)
    token = new_code(TOKEN_LENGTH)
    link = RepairLink.objects.create(
        repair=repair,
        firm=firm,
        token_hash=token_hash(token),
        made_at=at,
        made_by=by,
        valid_until=at + LINK_LASTS,
    )
    notify_repair(repair, "repair_forwarded", at)
    return link, token


def link_for(code: str, token: str, at: dt.datetime) -> RepairLink:
    """The open link with this secret part, for the repair that its address names.

    Refuses: link_unknown, link_of_another_case, link_used, link_ended (a newer one was made), link_expired.
    """
    rows = RepairLink.objects.select_related("repair__community", "repair__resident__login", "firm")
    link = rows.filter(token_hash=token_hash(token)).first()
    if link is None:
        raise ValidationError(
            _("This link leads to no repair. Please ask for it again."), code="link_unknown"
        )
    if link.repair.code != code:
        raise ValidationError(_("This link belongs to another repair."), code="link_of_another_case")
    refuse_closed_link(link, at)
    return link


def refuse_closed_link(link: RepairLink, at: dt.datetime) -> None:
    """Refuses: link_used, link_ended, link_expired."""
    if link.used_at:
        raise ValidationError(_("Thank you: this repair was reported as done already."), code="link_used")
    if link.ended_at or not link.repair.is_live:
        raise ValidationError(
            _("This link is no longer in use. Please ask for a new one."), code="link_ended"
        )
    if link.valid_until <= at:
        raise ValidationError(_("This link has expired. Please ask for a new one."), code="link_expired")


def complete_repair(*, link: RepairLink, words: str, photo: UploadedFile, at: dt.datetime) -> Repair:
    """The firm says, by its link and once, that it is done, with a photo of it.

    Refuses: link_used, link_ended, link_expired, reason_missing, reason_too_long, and what `safe_photo`
    refuses.
    """
    words = checked_reason(words, WORDS_LENGTH)
    return store_completion(link=link, words=words, image=safe_photo(photo, SIDE).read(), at=at)


@transaction.atomic
def store_completion(*, link: RepairLink, words: str, image: bytes, at: dt.datetime) -> Repair:
    """Refuses: link_used, link_ended, link_expired.

    The repair is locked first, as where it is passed on anew: of the two, one finds the link closed.
    """
    repair = Repair.objects.select_for_update(no_key=True).get(pk=link.repair_id)
    rows = RepairLink.objects.filter(pk=link.pk, used_at=None, ended_at=None, valid_until__gt=at)
    if repair.status != Status.FORWARDED or not rows.update(used_at=at):
        link.refresh_from_db()
        refuse_closed_link(link, at)
        raise transition_refusal(repair, Status.DONE)
    change_status(
        repair,
        verb="repair_done",
        allowed=[Status.FORWARDED],
        to=Status.DONE,
        at=at,
        by=None,
        details={"firm": link.firm_id},
        done_words=words,
    )
    RepairPhoto.of(repair, image, at, shows_result=True).save()
    notify_repair(repair, "repair_done", at)
    return repair


@transaction.atomic
def confirm_repair(*, repair: Repair, at: dt.datetime, by: User) -> Repair:
    """The person said on the phone that it holds.

    Refuses: already_closed, not_possible (not done yet, or cancelled).
    """
    change_status(repair, verb="repair_closed", allowed=[Status.DONE], to=Status.CLOSED, at=at, by=by)
    return repair


@transaction.atomic
def cancel_repair(*, repair: Repair, reason: str, via: str, at: dt.datetime, by: User) -> Repair:
    """Not needed any more, or nothing that we can pass on; the link of the firm ends.

    Refuses: reason_missing, reason_too_long, not_allowed, already_cancelled, not_possible (done or closed).
    """
    details: dict[str, object] = {"via": via}
    if via == Via.ONLINE:
        mandate = mandate_to_represent(by, repair.resident, SCOPE)
        lock_mandate(mandate, at)
        details |= mandate_details(mandate)
    change_status(
        repair,
        verb="repair_cancelled",
        allowed=[Status.REPORTED, Status.FORWARDED],
        to=Status.CANCELLED,
        at=at,
        by=by,
        details=details,
        reason=checked_reason(reason),
    )
    RepairLink.objects.filter(repair=repair, used_at=None, ended_at=None).update(ended_at=at)
    return repair


def notify_repair(repair: Repair, event: str, at: dt.datetime) -> None:
    """To the person, or to who reported it in their name where the person has no phone."""
    values: dict[str, Value] = {"code": repair.code}
    if repair.firm:
        values["firm"] = (repair.firm.name_zh, repair.firm.name_en)
    notify(
        event=event,
        community=repair.community_id,
        resident=repair.resident,
        user=login_to_notify(repair.resident, repair.mandate, at),
        at=at,
        dedupe=f"{event}:{repair.pk}:{at.isoformat()}",
        values=values,
    )

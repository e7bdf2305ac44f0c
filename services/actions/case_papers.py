"""Papers of an agency case: originals taken, passed on and given back; photographs; the identity seen."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason, transition_refusal
from circle.images.uploads import safe_photo
from circle.models import Mandate, Resident, User, Via
from circle.permissions.on_behalf import can_act_as_staff, mandate_to_represent, refuse_gone
from services.actions.case_changes import add_step, lock_case
from services.models import AgencyCase, CasePaper, CasePhoto, CaseStep, IdentitySeen
from services.models.case_papers import MOST_PHOTOS, PAPER_NAME_LENGTH
from services.models.cases import ADD

Place, Kind = CasePaper.Place, CaseStep.Kind


@transaction.atomic
def receive_paper(
    *, case: AgencyCase, name: str, at: dt.datetime, by: User, read: int | None = None
) -> CasePaper:
    """Take an original. The row of the case counts it, so that it cannot be closed meanwhile.

    Refuses: reason_missing, reason_too_long, not_possible (over), changed_meanwhile.
    """
    case = lock_case(case, read)
    if not case.is_live:
        raise transition_refusal(case, "")
    paper = CasePaper.objects.create(
        case=case,
        name=checked_reason(name, PAPER_NAME_LENGTH),
        received_at=at,
        received_by=by,
        since=at,
        held_by=by,
    )
    count_paper(case, 1)
    note_paper(paper, Kind.TAKEN, "case_paper_received", at, by)
    return paper


def count_paper(case: AgencyCase, change: int) -> None:
    AgencyCase.objects.filter(pk=case.pk).update(
        papers_held=F("papers_held") + change, revision=F("revision") + 1
    )


def note_paper(paper: CasePaper, kind: str, verb: str, at: dt.datetime, by: User) -> None:
    add_step(paper.case, kind=kind, at=at, by=by, public=paper.name)
    record(
        verb=verb,
        subject=paper.case,
        community=paper.case.community_id,
        at=at,
        actor=by,
        paper=paper.pk,
        place=paper.place,
    )


@transaction.atomic
def pass_paper(*, paper: CasePaper, place: str, at: dt.datetime, by: User) -> CasePaper:
    """To the office, or back from it into our drawer; it counts as held by us until it is given back.

    Refuses: not_possible (given back, or there already).
    """
    lock_case(paper.case)
    held_by = by if place == Place.US else None
    rows = CasePaper.objects.filter(pk=paper.pk).exclude(place__in=[place, Place.RETURNED])
    if place == Place.RETURNED or not rows.update(place=place, since=at, held_by=held_by):
        raise paper_elsewhere(paper)
    paper.refresh_from_db()
    count_paper(paper.case, 0)
    note_paper(paper, Kind.PAPER, "case_paper_passed", at, by)
    return paper


@transaction.atomic
def return_paper(*, paper: CasePaper, returned_to: str, at: dt.datetime, by: User) -> CasePaper:
    """Refuses: reason_missing, reason_too_long, not_possible (given back already)."""
    lock_case(paper.case)
    receiver = checked_reason(returned_to, 60)
    rows = CasePaper.objects.filter(pk=paper.pk).exclude(place=Place.RETURNED)
    if not rows.update(place=Place.RETURNED, since=at, held_by=None, returned_to=receiver):
        raise paper_elsewhere(paper)
    count_paper(paper.case, -1)
    paper.refresh_from_db()
    note_paper(paper, Kind.RETURNED, "case_paper_returned", at, by)
    return paper


def paper_elsewhere(paper: CasePaper) -> ValidationError:
    paper.refresh_from_db()
    place = {"place": paper.get_place_display()}
    return ValidationError(_("This paper is %(place)s."), code="not_possible", params=place)


def add_case_photo(
    *,
    case: AgencyCase,
    photo: UploadedFile,
    via: str,
    at: dt.datetime,
    by: User,
    is_authorisation: bool = False,
) -> CasePhoto:
    """Refuses: not_allowed, not_possible (over), too_many_photos, and what `safe_photo` refuses.

    A picture takes a while to decode, so that happens before the case is locked, for who may send one.
    """
    now_there = AgencyCase.objects.get(pk=case.pk)
    refuse_photo(now_there, via=via, by=by, is_authorisation=is_authorisation)
    image = safe_photo(photo).read()
    return store_photo(case=case, image=image, via=via, at=at, by=by, is_authorisation=is_authorisation)


@transaction.atomic
def store_photo(
    *, case: AgencyCase, image: bytes, via: str, at: dt.datetime, by: User, is_authorisation: bool = False
) -> CasePhoto:
    """What `safe_photo` made. Refuses: not_allowed, not_possible (over), too_many_photos."""
    case = lock_case(case)
    refuse_photo(case, via=via, by=by, is_authorisation=is_authorisation)
    row = CasePhoto(case=case, is_authorisation=is_authorisation, at=at, by=by)
    row.image = image
    row.save()
    record(verb="case_photo_added", subject=case, community=case.community_id, at=at, actor=by, photo=row.pk)
    return row


def refuse_photo(case: AgencyCase, *, via: str, by: User, is_authorisation: bool) -> None:
    """Refuses: not_allowed, not_possible (over), too_many_photos."""
    if via == Via.ONLINE:
        mandate_to_represent(by, case.resident, Mandate.Scope.BOOKINGS)
    if not case.is_live:
        raise transition_refusal(case, "")
    if not is_authorisation and case.photos.filter(is_authorisation=False).count() >= MOST_PHOTOS:
        raise ValidationError(
            _("At most %(count)s photos for one case. Bring the rest to the window."),
            code="too_many_photos",
            params={"count": MOST_PHOTOS},
        )


@transaction.atomic
def note_identity(*, resident: Resident, paper: str, via: str, at: dt.datetime, by: User) -> IdentitySeen:
    """Staff have seen who this is; once is enough, and a second time changes nothing.

    Refuses: resident_gone, not_allowed, not_face_to_face.
    """
    refuse_gone(resident)
    if via not in (Via.WINDOW, Via.DOOR):
        raise ValidationError(_("An identity is seen at the window or at the door."), code="not_face_to_face")
    if not can_act_as_staff(by, resident, via, ADD):
        raise ValidationError(_("Only staff may do it in this way."), code="not_allowed")
    person = Resident.objects.select_for_update(no_key=True).get(pk=resident.pk)
    if seen := IdentitySeen.objects.filter(resident=person).first():
        return seen
    seen = IdentitySeen.objects.create(
        community_id=person.community_id, resident=person, paper=paper, via=via, seen_at=at, seen_by=by
    )
    record(
        verb="identity_seen",
        subject=seen,
        community=person.community_id,
        at=at,
        actor=by,
        paper=paper,
        via=via,
    )
    return seen

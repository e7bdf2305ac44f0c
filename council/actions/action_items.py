"""What a resolution makes somebody do: given, begun, reported, and verified by another person."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.working_days import SHANGHAI
from circle.models import Firm, User
from circle.notifications import notify
from council.actions.postings import checked_words
from council.actions.private_parts import refuse_private_parts
from council.actions.replies import people_of_firm
from council.actions.topics import plain_line, refuse_too_long
from council.models import ActionItem, ActionStep, Body, Posting, Resolution
from council.models.action_items import REASON_LENGTH

Status, Kind = ActionItem.Status, ActionStep.Kind
TITLE_LENGTH = 120


@transaction.atomic
def add_action(
    *,
    resolution: Resolution,
    title_zh: str,
    due_on: dt.date,
    at: dt.datetime,
    by: User,
    title_en: str = "",
    person: User | None = None,
    firm: Firm | None = None,
    body: Body | None = None,
) -> ActionItem:
    """Say who does what until when. The same for the same owner a second time is the first one.

    Refuses: title_missing, text_too_long, id_number_shown, personal_data_shown, owner_missing (not exactly
    one), other_community, due_passed, not_posted (the resolution is not public), not_possible (it is back to
    the meeting).
    """
    title = plain_line(title_zh)
    if not title:
        raise ValidationError(_("Say what is to be done."), code="title_missing")
    refuse_too_long(title, TITLE_LENGTH)
    refuse_private_parts(resolution.community_id, title, title_en)
    owner = {"person": person, "firm": firm, "body": body}
    check_owner(resolution, owner)
    if due_on < localdate(at, SHANGHAI):
        raise ValidationError(_("It cannot be due in the past."), code="due_passed")
    check_posting(resolution)
    known = ActionItem.objects.filter(resolution=resolution, title_zh=title, due_on=due_on, **owner).first()
    if known:
        return known
    found = ActionItem.objects.create(
        community_id=resolution.community_id,
        resolution=resolution,
        title_zh=title,
        title_en=plain_line(title_en),
        due_on=due_on,
        status_at=at,
        **owner,
    )
    notify_owners(found, at, by)
    details = {"number": resolution.number, "due": due_on.isoformat()}
    record_added(found, at, by, **details)
    return found


def notify_owners(found: ActionItem, at: dt.datetime, by: User) -> None:
    """The colleague, or the people of the firm; not whoever gave it to themselves."""
    people = [found.person] if found.person else people_of_firm(found.firm, at) if found.firm else []
    for person in people:
        if person.pk != by.pk:
            notify(
                event="action_assigned",
                community=found.community,
                user=person,
                at=at,
                dedupe=f"action_assigned:{found.pk}:{person.pk}",
                values={},
            )


def record_added(found: ActionItem, at: dt.datetime, by: User, **details: Any) -> None:
    record(
        verb="action_added",
        subject=found,
        community=found.community_id,
        at=at,
        actor=by,
        after=Status.OPEN,
        **details,
    )


def check_posting(resolution: Resolution) -> None:
    """Of a locked posting. Refuses: not_posted, not_possible."""
    posting = Posting.objects.select_for_update(no_key=True).filter(resolution=resolution).first()
    if posting is None or posting.status == Posting.Status.SENT_BACK:
        raise ValidationError(
            _("Only what is posted or in force is carried out."),
            code="not_possible" if posting else "not_posted",
        )


def check_owner(resolution: Resolution, owner: dict[str, Any]) -> None:
    named = [row for row in owner.values() if row]
    if len(named) != 1:
        raise ValidationError(_("One colleague, one firm or one body does it."), code="owner_missing")
    community = getattr(named[0], "community_id", resolution.community_id)
    if community != resolution.community_id:
        raise ValidationError(_("This belongs to another community."), code="other_community")


@transaction.atomic
def begin_action(
    *, action_item: ActionItem, at: dt.datetime, by: User, urgent_reason: str = ""
) -> ActionItem:
    """Begin once the resolution is in force; earlier only where it is urgent, with the reason.

    Refuses: not_in_force, reason_too_long, id_number_shown, personal_data_shown, already_doing, not_possible.
    """
    reason = checked_reason(urgent_reason, REASON_LENGTH) if urgent_reason.strip() else ""
    refuse_private_parts(action_item.community_id, reason)
    rows = Posting.objects.select_for_update(no_key=True)
    posting = rows.get(resolution=action_item.resolution_id)
    is_early = posting.status != Posting.Status.IN_FORCE
    if is_early and not (reason and posting.status == Posting.Status.POSTED):
        raise ValidationError(
            _("The resolution is not in force yet. Say why this is urgent."), code="not_in_force"
        )
    move_action(
        action_item, "action_begun", [Status.OPEN], Status.DOING, at, by,
        urgent_reason=reason if is_early else "",
    )  # fmt: skip
    add_step(action_item, Kind.BEGUN, reason if is_early else "", "", at, by)
    return action_item


@transaction.atomic
def note_progress(
    *, action_item: ActionItem, text: str, at: dt.datetime, by: User, evidence: str = ""
) -> ActionItem:
    """How far it is, in public words.

    Refuses: text_missing, text_too_long, id_number_shown, personal_data_shown, not_possible (it is not under
    way).
    """
    text, evidence = checked_step(action_item, text, evidence)
    move_action(action_item, "action_progress", [Status.DOING], Status.DOING, at, by)
    add_step(action_item, Kind.PROGRESS, text, evidence, at, by)
    return action_item


@transaction.atomic
def report_action(
    *, action_item: ActionItem, text: str, at: dt.datetime, by: User, evidence: str = ""
) -> ActionItem:
    """It is said to be done. It stays on every agenda until another person has verified it.

    Refuses: text_missing, text_too_long, id_number_shown, personal_data_shown, already_reported,
    not_possible.
    """
    text, evidence = checked_step(action_item, text, evidence)
    move_action(action_item, "action_reported", [Status.DOING], Status.REPORTED, at, by, reported_by=by)
    add_step(action_item, Kind.REPORTED, text, evidence, at, by)
    return action_item


@transaction.atomic
def return_action(*, action_item: ActionItem, reason: str, at: dt.datetime, by: User) -> ActionItem:
    """It is not done yet, and everybody reads why.

    Refuses: text_missing, text_too_long, id_number_shown, personal_data_shown, already_doing, not_possible.
    """
    text, _evidence = checked_step(action_item, reason, "")
    move_action(action_item, "action_returned", [Status.REPORTED], Status.DOING, at, by, reported_by=None)
    add_step(action_item, Kind.RETURNED, text, "", at, by)
    return action_item


@transaction.atomic
def verify_action(*, action_item: ActionItem, at: dt.datetime, by: User) -> ActionItem:
    """Another person than who did or reported it has seen that it is done.

    Refuses: same_person, already_verified, not_possible (nobody has reported it).
    """
    rows = ActionItem.objects.select_for_update(no_key=True, of=("self",))
    found = rows.get(pk=action_item.pk)
    if found.status == Status.REPORTED and by.pk in (found.reported_by_id, found.person_id):
        raise ValidationError(_("Whoever did or reported it cannot verify it."), code="same_person")
    move_action(action_item, "action_verified", [Status.REPORTED], Status.VERIFIED, at, by, verified_by=by)
    add_step(action_item, Kind.VERIFIED, "", "", at, by)
    return action_item


def checked_step(action_item: ActionItem, text: str, evidence: str) -> tuple[str, str]:
    text, evidence = checked_words(text, action_item.community_id), plain_line(evidence)
    refuse_too_long(evidence, REASON_LENGTH)
    refuse_private_parts(action_item.community_id, evidence)
    return text, evidence


def move_action(
    row: ActionItem,
    verb: str,
    allowed: list[ActionItem.Status],
    to: ActionItem.Status,
    at: dt.datetime,
    by: User,
    **more: Any,
) -> None:
    change_status(row, verb=verb, allowed=allowed, to=to, at=at, by=by, **more)


def add_step(
    row: ActionItem, kind: ActionStep.Kind, text: str, evidence: str, at: dt.datetime, by: User
) -> None:
    ActionStep.objects.create(
        community_id=row.community_id,
        action_item=row,
        kind=kind,
        text=text,
        evidence=evidence,
        said_at=at,
        said_by=by,
    )

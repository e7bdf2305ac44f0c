"""An application is sent in, and checked by the office: sent back with what is missing, or verified."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.consents import APPLYING, ensure_application_consent
from childcare.actions.filling import CHANGE
from childcare.actions.namesakes import check_known_apart
from childcare.actions.rules import (
    check_class,
    check_start,
    decision_mandate,
    notify_guardian,
    notify_guardians,
    unchanged_birthday,
)
from childcare.models import Application, NurseryClass, Paper
from childcare.models.applications import EDITABLE, MISSING_LENGTH, has_seen_all_papers
from circle.booking.transitions import change_status, checked_reason, transition_refusal
from circle.models import User
from circle.permissions.on_behalf import mandate_details

Status = Application.Status


@transaction.atomic
def submit_application(
    *, application: Application, consents: bool, via: str, at: dt.datetime, by: User
) -> Application:
    """Send it in, also after a correction. The place in line is that of the first time with this child.

    Refuses: consent_missing, incomplete, class_closed, start_past, start_too_early, wrong_age, not_allowed,
    guardian_only, already_submitted, not_possible, changed_meanwhile.
    """
    mandate = decision_mandate(application, by=by, via=via, permission=CHANGE)
    if not application.is_editable:
        raise transition_refusal(application, Status.SUBMITTED)
    ensure_application_consent(APPLYING, application, consents=consents, via=via, at=at, by=by)
    check_same_child(application)
    nursery_class, born_on, start_on = checked_particulars(application)
    check_class(application, nursery_class)
    check_start(nursery_class, born_on, start_on, at)
    change_status(
        application,
        verb="application_submitted",
        allowed=EDITABLE,
        to=Status.SUBMITTED,
        at=at,
        by=by,
        # Nobody has filled in something else since it was checked above.
        rows=Application.objects.filter(
            unchanged_birthday(application),
            child=application.child,
            nursery_class=nursery_class,
            start_on=start_on,
        ),
        details={"class": nursery_class.pk, "via": via} | mandate_details(mandate),
        consented_at=at,
        submitted_at=first_sent_at(application, at),
        is_line_restarted=False,
        missing="",
    )
    notify_guardians(
        application,
        "application_received",
        at,
        dedupe=f"application_received:{application.pk}:{at.isoformat()}",
    )
    return application


def first_sent_at(application: Application, at: dt.datetime) -> dt.datetime:
    """Since when this child has been in line, asked of the row: another child may just have been entered."""
    row = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    return row.submitted_at if row.submitted_at and not row.is_line_restarted else at


def check_same_child(application: Application) -> None:
    """Before completeness: a child exchanged meanwhile has taken its answers along.

    Refuses: changed_meanwhile.
    """
    same = Application.objects.filter(
        unchanged_birthday(application),
        pk=application.pk,
        child=application.child,
        nursery_class=application.nursery_class,
        start_on=application.start_on,
    )
    if application.child and not same.exists():
        raise transition_refusal(application, Status.SUBMITTED, EDITABLE)


def checked_particulars(application: Application) -> tuple[NurseryClass, dt.date, dt.date]:
    """Refuses: incomplete."""
    nursery_class, start_on = application.nursery_class, application.start_on
    born_on = application.child.born_on if application.child else None
    if application.undone() or nursery_class is None or born_on is None or start_on is None:
        raise ValidationError(_("The application is not filled in completely."), code="incomplete")
    return nursery_class, born_on, start_on


@transaction.atomic
def send_back(*, application: Application, missing: str, at: dt.datetime, by: User) -> Application:
    """Say what is missing; the guardian corrects it and sends it in again.

    Refuses: reason_missing, reason_too_long, already_returned, not_possible.
    """
    change_status(
        application,
        verb="application_returned",
        allowed=[Status.SUBMITTED, Status.VERIFIED],
        to=Status.RETURNED,
        at=at,
        by=by,
        missing=checked_reason(missing, MISSING_LENGTH),
    )
    notify_guardian(
        application,
        "application_returned",
        at,
        dedupe=f"application_returned:{application.pk}:{at.isoformat()}",
        phone=application.community.phone,
    )
    return application


@transaction.atomic
def verify_application(
    *, application: Application, papers: Collection[str], at: dt.datetime, by: User
) -> Application:
    """The originals were seen and agree with what was filled in. Those seen earlier count.

    Refuses: perhaps_known, papers_missing (not all four were seen), already_verified, not_possible.
    """
    check_known_apart(application)
    change_status(
        application,
        verb="application_verified",
        allowed=[Status.SUBMITTED],
        to=Status.VERIFIED,
        at=at,
        by=by,
        details={"papers": sorted(papers)},
    )
    rows = Paper.objects.filter(application=application)
    rows.filter(kind__in=papers, seen_at=None).update(seen_at=at, seen_by=by)
    if not has_seen_all_papers(rows):
        raise ValidationError(
            _("It is checked only when all four originals were seen."), code="papers_missing"
        )
    return application

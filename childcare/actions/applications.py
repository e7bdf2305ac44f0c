"""An application from the first page to the end of the check: filled in, sent in, sent back, verified."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from childcare.actions.rules import acting, check_class, check_start, deciding, lock, tell
from childcare.models import Application, Health, NurseryClass, Paper
from childcare.models.applications import EDITABLE, MISSING_LENGTH, all_seen
from circle.acting import hold, under
from circle.actions import agreed
from circle.calendar import SHANGHAI
from circle.models import Resident, User
from circle.personal import GONE
from circle.records import record
from circle.states import change, checked_reason, impossible

Status = Application.Status
ADD, CHANGE = "childcare.add_application", "childcare.change_application"
NAME_LENGTH = 60
ANSWER_LENGTH = 500
# The two consents of an application: to the child's particulars, and apart from them to its health.
APPLYING, HEALTH = "nursery_application", "child_health"


def start(
    *,
    guardian: Resident,
    via: str,
    at: dt.datetime,
    by: User,
    nursery_class: NurseryClass | None = None,
) -> Application:
    """An application to fill in; the guardian's empty one, where there is one.

    Refuses: resident_gone, not_allowed (`by` may not act for the guardian), other_community, class_closed.
    """
    mandate = acting(by=by, guardian=guardian, via=via, permission=ADD)
    empty = Application.objects.filter(guardian=guardian, status=Status.DRAFT, child_born_on=None)
    found = empty.first()
    if found:
        return found
    application = Application(
        community=guardian.community,
        guardian=guardian,
        nursery_class=nursery_class,
        status_at=at,
        changed_at=at,
        via=via,
        started_by=by,
        mandate=mandate,
    )
    if nursery_class:
        check_class(application, nursery_class)
    try:
        with transaction.atomic():
            hold(mandate, at)
            application.save(force_insert=True)
            record(
                verb="application_started",
                subject=application,
                community=application.community_id,
                at=at,
                actor=by,
                after=Status.DRAFT,
                via=via,
                **under(mandate),
            )
    except IntegrityError:  # a second click was quicker
        return empty.get()
    return application


def fill_child(
    *,
    application: Application,
    child_name: str,
    child_born_on: dt.date,
    nursery_class: NurseryClass,
    start_on: dt.date,
    via: str,
    at: dt.datetime,
    by: User,
) -> Application:
    """Who the child is, which class, from when.

    Refuses: name_missing, name_too_long, not_born (a birthday after today), other_community, class_closed,
    start_past, start_too_early, wrong_age, already_applied (one live application per child), not_allowed,
    not_possible (it is sent in).
    """
    name = " ".join(child_name.split())
    if not name:
        raise ValidationError(_("Enter the child's name."), code="name_missing")
    if len(name) > NAME_LENGTH:
        raise ValidationError(
            _("A name has at most %(length)s characters."),
            code="name_too_long",
            params={"length": NAME_LENGTH},
        )
    if child_born_on > at.astimezone(SHANGHAI).date():
        raise ValidationError(_("The birthday lies in the future."), code="not_born")
    check_class(application, nursery_class)
    check_start(nursery_class, child_born_on, start_on, at)
    try:
        with transaction.atomic():
            fill(
                application,
                "child",
                via=via,
                at=at,
                by=by,
                child_name=name,
                child_born_on=child_born_on,
                nursery_class=nursery_class,
                start_on=start_on,
            )
    except IntegrityError as clash:
        raise ValidationError(
            _("There is already an application for this child."), code="already_applied"
        ) from clash
    return application


@transaction.atomic
def fill_guardian(
    *, application: Application, relation: str, via: str, at: dt.datetime, by: User
) -> Application:
    """What the guardian is to the child.

    Refuses: relation_missing, not_allowed, not_possible.
    """
    if relation not in Application.Relation.values:
        raise ValidationError(_("Say what you are to the child."), code="relation_missing")
    fill(application, "guardian", via=via, at=at, by=by, relation=relation)
    return application


@transaction.atomic
def fill_health(
    *,
    application: Application,
    has_allergies: bool,
    allergies: str,
    takes_medicine: bool,
    medicine: str,
    vaccinations: str,
    consents: bool,
    via: str,
    at: dt.datetime,
    by: User,
) -> Application:
    """What the nursery must know to keep the child well. A "no" drops the text beside it.

    Refuses: allergies_missing, medicine_missing (a "yes" without words), answer_too_long, consent_missing (of
    the guardian, where it was not given before), not_allowed, not_possible.
    """
    allergies = answer(has_allergies, allergies, _("Say which allergies."), "allergies_missing")
    medicine = answer(takes_medicine, medicine, _("Say which illness or medicine."), "medicine_missing")
    fill(application, "health", via=via, at=at, by=by)
    under_consent(HEALTH, application, consents=consents, via=via, at=at, by=by)
    application.health, _is_new = Health.objects.update_or_create(
        application=application,
        defaults={
            "has_allergies": has_allergies,
            "allergies_sealed": Health.sealed(allergies),
            "takes_medicine": takes_medicine,
            "medicine_sealed": Health.sealed(medicine),
            "vaccinations": vaccinations,
        },
    )
    return application


def answer(is_yes: bool, text: str, sentence: Any, code: str) -> str:
    text = " ".join(text.split()) if is_yes else ""
    if is_yes and not text:
        raise ValidationError(sentence, code=code)
    if len(text) > ANSWER_LENGTH:
        raise ValidationError(
            _("Say it in at most %(length)s characters."),
            code="answer_too_long",
            params={"length": ANSWER_LENGTH},
        )
    return text


@transaction.atomic
def fill_documents(
    *, application: Application, ready: Collection[str], via: str, at: dt.datetime, by: User
) -> Application:
    """Which of the four originals the guardian can show already; the others may follow.

    Refuses: not_allowed, not_possible.
    """
    fill(application, "documents", via=via, at=at, by=by)
    for kind in Paper.Kind.values:
        Paper.objects.update_or_create(
            application=application, kind=kind, defaults={"is_ready": kind in ready}
        )
    return application


def fill(
    application: Application, task: str, *, via: str, at: dt.datetime, by: User, **fields: object
) -> None:
    """One task of an application that is still the guardian's to fill in; the object follows."""
    mandate = acting(by=by, guardian=application.guardian, via=via, permission=CHANGE)
    values = {"changed_at": at} | fields
    rows = Application.objects.filter(pk=application.pk, status__in=EDITABLE)
    if rows.update(**values) != 1:
        application.refresh_from_db()
        raise impossible(application, "")
    for name, value in values.items():
        setattr(application, name, value)
    record(
        verb="application_filled",
        subject=application,
        community=application.community_id,
        at=at,
        actor=by,
        task=task,
        via=via,
        **under(mandate),
    )


@transaction.atomic
def submit(*, application: Application, consents: bool, via: str, at: dt.datetime, by: User) -> Application:
    """Send it in, for the first time or mended. The place in line is that of the first time.

    Refuses: consent_missing, incomplete, class_closed, start_past, start_too_early, wrong_age, not_allowed,
    guardian_only, already_applied (by the other parent), already_submitted, not_possible.
    """
    mandate = deciding(by=by, guardian=application.guardian, via=via, permission=CHANGE)
    if not application.is_editable:
        raise impossible(application, Status.SUBMITTED)
    under_consent(APPLYING, application, consents=consents, via=via, at=at, by=by)
    nursery_class, born_on, start_on = complete(application)
    check_class(application, nursery_class)
    check_start(nursery_class, born_on, start_on, at)
    try:
        with transaction.atomic():
            change(
                application,
                verb="application_submitted",
                allowed=EDITABLE,
                to=Status.SUBMITTED,
                at=at,
                by=by,
                # Nobody has filled in something else since it was checked above.
                rows=Application.objects.filter(
                    nursery_class=nursery_class, child_born_on=born_on, start_on=start_on
                ),
                details={"class": nursery_class.pk, "via": via} | under(mandate),
                consented_at=at,
                submitted_at=application.submitted_at or at,
                missing="",
            )
    except IntegrityError as clash:  # the other parent was quicker
        raise ValidationError(
            _("There is already an application for this child. Please phone us if that cannot be."),
            code="already_applied",
        ) from clash
    tell(
        application,
        "application_received",
        at,
        dedupe=f"application_received:{application.pk}:{at.isoformat()}",
    )
    return application


def under_consent(
    purpose: str, application: Application, *, consents: bool, via: str, at: dt.datetime, by: User
) -> None:
    """Refuses: consent_missing."""
    guardian = application.guardian
    agreed(
        purpose=purpose,
        resident=guardian,
        guardian=guardian,
        matter=application.code,
        consents=consents,
        via=via,
        at=at,
        by=by,
    )


def forget_child(applications: QuerySet[Application]) -> None:
    """Take the child out of applications that have ended; of its birthday the year stays, for the figures."""
    Health.objects.filter(application__in=applications).delete()
    for row in applications.exclude(child_name=""):
        born_on = row.child_born_on.replace(month=1, day=1) if row.child_born_on else None
        applications.filter(pk=row.pk).update(child_name=GONE, child_born_on=born_on, missing="")


def complete(application: Application) -> tuple[NurseryClass, dt.date, dt.date]:
    """Refuses: incomplete."""
    nursery_class, born_on, start_on = (
        application.nursery_class,
        application.child_born_on,
        application.start_on,
    )
    if application.undone() or nursery_class is None or born_on is None or start_on is None:
        raise ValidationError(_("The application is not filled in completely."), code="incomplete")
    return nursery_class, born_on, start_on


@transaction.atomic
def send_back(*, application: Application, missing: str, at: dt.datetime, by: User) -> Application:
    """Say what is missing; the guardian mends it and sends it in again.

    Refuses: reason_missing, reason_too_long, already_returned, not_possible.
    """
    change(
        application,
        verb="application_returned",
        allowed=[Status.SUBMITTED, Status.VERIFIED],
        to=Status.RETURNED,
        at=at,
        by=by,
        missing=checked_reason(missing, MISSING_LENGTH),
    )
    tell(
        application,
        "application_returned",
        at,
        dedupe=f"application_returned:{application.pk}:{at.isoformat()}",
        phone=application.community.phone,
    )
    return application


@transaction.atomic
def verify(*, application: Application, papers: Collection[str], at: dt.datetime, by: User) -> Application:
    """The originals were seen and agree with what was filled in. Those seen earlier count.

    Refuses: papers_missing (not all four were seen), already_verified, not_possible.
    """
    change(
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
    if not all_seen(rows):
        raise ValidationError(
            _("It is checked only when all four originals were seen."), code="papers_missing"
        )
    return application


@transaction.atomic
def withdraw(*, application: Application, via: str, at: dt.datetime, by: User) -> Application:
    """Take it back at the guardian's wish, up to the first day; an accepted place becomes free.

    Refuses: not_allowed, guardian_only, already_withdrawn, not_possible (an offer is declined instead).
    """
    mandate = deciding(by=by, guardian=application.guardian, via=via, permission=CHANGE)
    held = application.offered_class if application.status == Status.ACCEPTED else None
    lock(held)
    # What was offered since the row was read holds a place that this would not give back.
    same = Q(offered_class=held) if held else ~Q(status=Status.ACCEPTED)
    change(
        application,
        verb="application_withdrawn",
        allowed=[*EDITABLE, Status.SUBMITTED, Status.VERIFIED, Status.ACCEPTED],
        to=Status.WITHDRAWN,
        at=at,
        by=by,
        rows=Application.objects.filter(same),
        details={"via": via} | under(mandate),
    )
    if held:
        held.give_back(1)
    return application


@transaction.atomic
def stop_draft(*, application: Application, at: dt.datetime, by: User) -> Application:
    """End what a guardian who has died had only begun; nobody had agreed to it yet.

    Refuses: already_withdrawn, not_possible (it was sent in).
    """
    change(
        application,
        verb="application_withdrawn",
        allowed=[Status.DRAFT],
        to=Status.WITHDRAWN,
        at=at,
        by=by,
        details={"because": "guardian_died"},
    )
    return application

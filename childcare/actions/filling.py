"""An application is filled in: begun, then its four tasks, in any order and as often as needed."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import birthday_of, find_or_enter_child
from childcare.actions.consents import HEALTH, ensure_application_consent, transfer_consents
from childcare.actions.replacing import child_as_entered, reset_after_change
from childcare.actions.rules import application_mandate, check_class, check_start, nursery_mandate
from childcare.models import Application, FurtherWish, Health, NurseryClass, Paper
from childcare.models.applications import EDITABLE
from circle.audit.log import record
from circle.booking.transitions import transition_refusal
from circle.models import Resident, User
from circle.permissions.on_behalf import lock_mandate, mandate_details

Status = Application.Status
ADD, CHANGE = "childcare.add_application", "childcare.change_application"
ANSWER_LENGTH = 500


def start_application(
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
    mandate = nursery_mandate(child=None, guardian=guardian, by=by, via=via, permission=ADD)
    empty = Application.objects.filter(guardian=guardian, status=Status.DRAFT, child=None)
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
            lock_mandate(mandate, at)
            application.save(force_insert=True)
            record(
                verb="application_started",
                subject=application,
                community=application.community_id,
                at=at,
                actor=by,
                after=Status.DRAFT,
                via=via,
                **mandate_details(mandate),
            )
    except IntegrityError:  # a second click was quicker
        return empty.get()
    return application


def fill_child(
    *,
    application: Application,
    nursery_class: NurseryClass,
    start_on: dt.date,
    via: str,
    at: dt.datetime,
    by: User,
    child: Resident | None = None,
    child_name: str = "",
    child_born_on: dt.date | None = None,
    is_another: bool = False,
) -> Application:
    """Who the child is, which class, from when. `child` is one that the guardian answers for; without it
    the child is entered by name and birthday, once: the register finds it again. Another child than before
    loses the papers, the health answers, the consents and the place in line.

    Refuses: name_missing, name_too_long, birthday_missing, not_born (a birthday after today), not_your_child,
    child_known (the guardian's child of the same birthday has another name; not where it `is_another`),
    other_community, class_closed, start_past, start_too_early, wrong_age, already_applied (one live
    application per child), not_allowed, not_possible (it is sent in).
    """
    check_class(application, nursery_class)
    try:
        with transaction.atomic():
            application_mandate(application, by=by, via=via, permission=CHANGE)
            check_editable(application)
            before = child_as_entered(application)
            found, is_new = find_or_enter_child(
                application, child, child_name, child_born_on, is_another, at, by
            )
            check_start(nursery_class, birthday_of(found), start_on, at)
            entered = is_new or (application.entered_child and found == application.child)
            values = {"child": found, "entered_child": entered}
            more: dict[str, Any] = {"nursery_class": nursery_class, "start_on": start_on}
            if application.start_by and application.start_by < start_on:
                more["start_by"] = None
            fill_task(application, "child", via=via, at=at, by=by, **values, **more)
            FurtherWish.objects.filter(application=application, nursery_class=nursery_class).delete()
            reset_after_change(application, before, found, at, by)
            transfer_consents(application, found)
    except IntegrityError as clash:
        application.refresh_from_db()
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
    fill_task(application, "guardian", via=via, at=at, by=by, relation=relation)
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
    """What the nursery must know for the child's health. A "no" drops the text beside it.

    Refuses: allergies_missing, medicine_missing (a "yes" without words), answer_too_long, consent_missing (of
    the guardian, where it was not given before), not_allowed, not_possible.
    """
    fill_task(application, "health", via=via, at=at, by=by)
    write_health(
        application,
        has_allergies=has_allergies,
        allergies=allergies,
        takes_medicine=takes_medicine,
        medicine=medicine,
        vaccinations=vaccinations,
        consents=consents,
        via=via,
        at=at,
        by=by,
    )
    return application


def write_health(
    application: Application,
    *,
    has_allergies: bool,
    allergies: str,
    takes_medicine: bool,
    medicine: str,
    vaccinations: str,
    consents: bool,
    via: str,
    at: dt.datetime,
    by: User,
) -> None:
    """The answers as they stand from now on; the caller has seen to it that `by` may give them.

    Refuses: allergies_missing, medicine_missing, answer_too_long, consent_missing.
    """
    allergies = checked_answer(has_allergies, allergies, _("Say which allergies."), "allergies_missing")
    medicine = checked_answer(
        takes_medicine, medicine, _("Say which illness or medicine."), "medicine_missing"
    )
    ensure_application_consent(HEALTH, application, consents=consents, via=via, at=at, by=by)
    application.health, _is_new = Health.objects.update_or_create(
        application=application,
        defaults={
            "has_allergies": has_allergies,
            "allergies_sealed": Health.sealed(allergies),
            "takes_medicine": takes_medicine,
            "medicine_sealed": Health.sealed(medicine),
            "vaccinations": vaccinations,
            "changed_at": at,
        },
    )


def checked_answer(is_yes: bool, text: str, sentence: Any, code: str) -> str:
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
    fill_task(application, "documents", via=via, at=at, by=by)
    for kind in Paper.Kind.values:
        Paper.objects.update_or_create(
            application=application, kind=kind, defaults={"is_ready": kind in ready}
        )
    return application


def check_editable(application: Application) -> None:
    if not Application.objects.filter(pk=application.pk, status__in=EDITABLE).exists():
        application.refresh_from_db()
        raise transition_refusal(application, "")


def fill_task(
    application: Application, task: str, *, via: str, at: dt.datetime, by: User, **fields: object
) -> None:
    """One task of an application that is still the guardian's to fill in; the object follows."""
    mandate = application_mandate(application, by=by, via=via, permission=CHANGE)
    values = {"changed_at": at} | fields
    rows = Application.objects.filter(pk=application.pk, status__in=EDITABLE)
    if rows.update(**values) != 1:
        application.refresh_from_db()
        raise transition_refusal(application, "")
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
        **mandate_details(mandate),
    )

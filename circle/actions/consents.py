"""Consent where the law requires it: given to the text of a purpose, required by actions, withdrawn."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Consent, Mandate, Resident, User, Via
from circle.permissions.on_behalf import mandate_for
from circle.privacy.purposes import purpose_of
from circle.signals import consent_withdrawn


@transaction.atomic
def require_consent(
    *,
    purpose: str,
    resident: Resident,
    consents: bool,
    via: str,
    at: dt.datetime,
    by: User,
    matter: str = "",
    guardian: Resident | None = None,
) -> Consent:
    """The consent in force for a purpose, else the one given now.

    The caller has checked that `by` may act for the person. A new version of the text asks again.
    Refuses: consent_missing, guardian_missing (a child's facts need its guardian).
    """
    named = purpose_of(purpose)
    in_force = Consent.objects.live().of(purpose, resident, matter).first()
    if in_force and in_force.text_version == named.version:
        return in_force
    if not consents:
        raise consent_missing_error()
    if named.is_about_children and guardian is None:
        raise ValidationError(_("For a child its guardian has to agree."), code="guardian_missing")
    if in_force:
        Consent.objects.live().filter(pk=in_force.pk).update(withdrawn_at=at, withdrawn_by=by)
    consent = Consent(
        community_id=resident.community_id,
        purpose=purpose,
        text_version=named.version,
        language=get_language() or "zh-hans",
        resident=resident,
        guardian=guardian,
        matter=matter,
        via=via,
        given_by=by,
        given_at=at,
    )
    try:
        with transaction.atomic():
            consent.save(force_insert=True)
    except IntegrityError:  # a second click was quicker
        return Consent.objects.live().of(purpose, resident, matter).get()
    record_consent(consent, "consent_given", at, by)
    return consent


def consent_missing_error() -> ValidationError:
    return ValidationError(
        _("Without consent we may not keep these answers. Tick the sentence, or phone us."),
        code="consent_missing",
    )


def has_consent(purpose: str, resident: Resident, matter: str = "") -> bool:
    """Whether a consent to the current version of the text is in force, so that nobody need ask again."""
    version = purpose_of(purpose).version
    return Consent.objects.live().of(purpose, resident, matter).filter(text_version=version).exists()


@transaction.atomic
def withdraw_consent(*, consent: Consent, via: str, at: dt.datetime, by: User) -> Consent:
    """End a consent; the apps then delete the data that depend on it. Repeating it is harmless.

    Refuses: not_allowed, resident_gone.
    """
    mandate_for(
        by=by,
        resident=consent.resident,
        scope=Mandate.Scope.ALL,
        via=via,
        staff_permission="circle.change_consent",
    )
    end_consent(consent, via, at, by)
    return consent


def end_consent(consent: Consent, via: str, at: dt.datetime, by: User) -> None:
    if Consent.objects.live().filter(pk=consent.pk).update(withdrawn_at=at, withdrawn_by=by):
        record_consent(consent, "consent_withdrawn", at, by, via=via)
        consent.refresh_from_db()
        consent_withdrawn.send(Consent, consent=consent, via=via, at=at, by=by)
    consent.refresh_from_db()


def settle_consents(people: Sequence[Resident], at: dt.datetime, by: User) -> None:
    """Settle the consents of rows that are merged: for each purpose and matter the latest decision holds.

    One given on one row and withdrawn later on the other ends, with all that depends on it. Of two in
    force the newer one replaces the older one.
    """
    rows = Consent.objects.filter(resident__in=people)
    for consent in rows.live().order_by("given_at", "pk"):
        same = rows.filter(purpose=consent.purpose, matter=consent.matter).exclude(pk=consent.pk)
        if same.filter(withdrawn_at__gt=consent.given_at).exists():
            end_consent(consent, Via.WINDOW, at, by)
        elif later := same.live().filter(given_at__gte=consent.given_at).first():
            replaced = {"withdrawn_at": later.given_at, "withdrawn_by": by}
            Consent.objects.live().filter(pk=consent.pk).update(**replaced)
            record_consent(consent, "consent_replaced", at, by, later=later.pk)


def record_consent(consent: Consent, verb: str, at: dt.datetime, by: User, **more: Any) -> None:
    record(
        verb=verb,
        subject=consent,
        community=consent.community_id,
        at=at,
        actor=by,
        purpose=consent.purpose,
        version=consent.text_version,
        **more,
    )

"""The health answers of a child: corrected in any state, deleted where the family does not want them read."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.filling import write_health
from childcare.actions.rules import decision_mandate
from childcare.actions.tasks import open_task, settle_tasks
from childcare.models import Application, HeadTask, Health
from circle.audit.log import record
from circle.booking.transitions import transition_refusal
from circle.models import User
from circle.permissions.on_behalf import mandate_details

MAY_CORRECT = "childcare.change_health"
Kind = HeadTask.Kind


@transaction.atomic
def correct_health(
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
    """Put the answers right in whatever state the application is; a consent given with it stands again.

    Refuses: as `fill_health`, guardian_only, not_possible (the application has ended).
    """
    mandate = decision_mandate(application, by=by, via=via, permission=MAY_CORRECT)
    live = Application.objects.live().filter(pk=application.pk).select_for_update(no_key=True)
    if not live.values_list("pk").first():
        application.refresh_from_db()
        raise transition_refusal(application, "")
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
    settle_tasks(application, Kind.HEALTH_CONSENT, at=at, by=by)
    record_health_change(application, "health_corrected", at, by, via=via, **mandate_details(mandate))
    return application


@transaction.atomic
def delete_health(*, application: Application, at: dt.datetime, by: User) -> None:
    """The family stays by its withdrawal: the answers of an enrolled child go, and the task is settled.

    Refuses: consent_stands (nobody has withdrawn it).
    """
    if not HeadTask.objects.open().filter(application=application, kind=Kind.HEALTH_CONSENT).exists():
        raise ValidationError(
            _("The consent to these answers stands; nothing is deleted."), code="consent_stands"
        )
    Health.objects.filter(application=application).delete()
    settle_tasks(application, Kind.HEALTH_CONSENT, at=at, by=by)
    record_health_change(application, "health_deleted", at, by)


def end_health_consent(application: Application, at: dt.datetime) -> None:
    """Of an enrolled child the answers stay until the head has spoken with the family; of others they go."""
    own = Health.objects.filter(application=application)
    if application.status != Application.Status.ENROLLED:
        own.delete()
    elif own.exists():
        open_task(application, Kind.HEALTH_CONSENT, at)


def record_health_change(
    application: Application, verb: str, at: dt.datetime, by: User, **details: Any
) -> None:
    community = application.community_id
    record(verb=verb, subject=application, community=community, at=at, actor=by, **details)

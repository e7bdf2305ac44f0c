"""The two consents of an application: to the child's particulars, and apart from them to its health."""

import datetime as dt

from django.db.models import F

from childcare.models import Application
from circle.actions import require_consent
from circle.models import Consent, Resident, User
from circle.privacy.data_export import placeholder_resident

APPLYING, HEALTH = "nursery_application", "child_health"


def ensure_application_consent(
    purpose: str, application: Application, *, consents: bool, via: str, at: dt.datetime, by: User
) -> None:
    """The child's, whoever of its guardians gave it. While the child is not named, the guardian's.

    Refuses: consent_missing.
    """
    require_consent(
        purpose=purpose,
        resident=application.child or application.guardian,
        guardian=application.guardian,
        matter=application.code,
        consents=consents,
        via=via,
        at=at,
        by=by,
    )


def transfer_consents(application: Application, child: Resident) -> None:
    """What was agreed to before the child was named is the child's from now on."""
    given = Consent.objects.live().filter(purpose__in=[APPLYING, HEALTH], matter=application.code)
    given.exclude(resident=child).update(resident=child)


def end_consents_of_earlier_child(
    application: Application, *, is_renamed: bool, at: dt.datetime, by: User
) -> None:
    """Nobody has agreed to anything about the child that was entered in its place.

    Where the earlier child was entered here its row now names the other one (`is_renamed`): what has ended is
    the guardian's who gave it, as before the child was named, and not a fact about the other child.
    """
    own = Consent.objects.filter(purpose__in=[APPLYING, HEALTH], matter=application.code)
    own.filter(withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)
    if is_renamed:
        own.exclude(guardian=None).exclude(resident=F("guardian")).update(resident=F("guardian"))


def anonymise_consents(child: Resident) -> None:
    """What they were given for is over and forgotten: the rows stay without a name."""
    placeholder = placeholder_resident(child.community_id)
    given = Consent.objects.live().filter(purpose__in=[APPLYING, HEALTH], resident=child)
    given.update(resident=placeholder, guardian=placeholder)

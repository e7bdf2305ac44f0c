"""With the elder's consent a relative gets a line after each visit: that somebody came, never a value."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.actions import require_consent
from circle.actions.consents import end_consent
from circle.models import Consent, Mandate, Message, Resident, User
from circle.models.consents import ConsentQuerySet
from circle.notifications import notify
from circle.permissions.on_behalf import refuse_gone
from eldercare.models import Visit

NEWS = "visit_news"  # the purpose of the consent, whose matter is the relative's login
EVENT = "elder_looked_in"
SAID = {
    Visit.Outcome.WELL: ("一切都好", "all is well"),
    Visit.Outcome.NEEDS: ("有事要办，请联系", "please ring them"),
    Visit.Outcome.NOT_HOME: ("没有人应门", "nobody opened"),
    Visit.Outcome.REFUSED: ("这次不用探访", "no visit wanted"),
}
CARE_GIVEN = ("已经上门探访", "somebody was there")


def news_of(resident: Resident) -> ConsentQuerySet:
    """The consents in force, one for each relative."""
    return Consent.objects.live().filter(resident=resident, purpose=NEWS)


@transaction.atomic
def begin_visit_news(*, resident: Resident, mandate: Mandate, via: str, at: dt.datetime, by: User) -> Consent:
    """The elder wants this relative to get a line after each visit. A second call changes nothing.

    Refuses: resident_gone, not_agent (the relative does not, or no longer, act for the elder).
    """
    refuse_gone(resident)
    held = Mandate.objects.active(localdate(at)).filter(pk=mandate.pk, principal=resident)
    if not held.exists():
        raise ValidationError(_("This relative does not act for the elder any more."), code="not_agent")
    return require_consent(
        purpose=NEWS,
        resident=resident,
        consents=True,
        via=via,
        at=at,
        by=by,
        matter=str(mandate.agent_id),
    )


@transaction.atomic
def end_visit_news(*, consent: Consent, via: str, at: dt.datetime, by: User) -> Consent:
    """A word of the elder, or of the relative, ends it. A second call changes nothing."""
    end_consent(consent, via, at, by)
    return consent


def drop_news(consent: Consent) -> None:
    """What waits to be sent is dropped as well."""
    waiting = Message.objects.filter(event=EVENT, status=Message.Status.QUEUED)
    waiting.filter(dedupe__startswith=f"{EVENT}:{consent.pk}:").update(status=Message.Status.DROPPED)


def tell_relatives(resident: Resident, said: tuple[str, str], at: dt.datetime, subject: str) -> None:
    """One message for each relative who still acts for the elder."""
    consents = list(news_of(resident))
    if not consents:
        return
    agents = User.objects.filter(mandates_held__in=resident.mandates_given.active(localdate(at)))
    logins = agents.filter(is_active=True).distinct().in_bulk([int(each.matter) for each in consents])
    for consent in consents:
        if login := logins.get(int(consent.matter)):
            notify(
                event=EVENT,
                community=resident.community_id,
                user=login,
                at=at,
                dedupe=f"{EVENT}:{consent.pk}:{subject}",
                values={"said": said, "starts_at": at},
            )

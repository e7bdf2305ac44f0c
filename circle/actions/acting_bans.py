"""Bans on being acted for, which override mandates."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.actions.mandates import revoke_mandate
from circle.audit.log import record
from circle.models import ActingBan, Resident, User


@transaction.atomic
def refuse_acting(*, principal: Resident, agent: User | None, at: dt.datetime, by: User) -> ActingBan:
    """Ban this agent, or everybody (`agent` None): ends their mandates and refuses new ones.

    It takes the same lock as `give_mandate`: a mandate is either ended here or refused there.
    """
    Resident.objects.select_for_update(no_key=True).get(pk=principal.pk)
    ban, is_new = ActingBan.objects.get_or_create(
        principal=principal, agent=agent, lifted_at=None, defaults={"made_at": at}
    )
    if is_new:
        record(verb="acting_refused", subject=ban, community=principal.community_id, at=at, actor=by)
    concerned = Q(agent=agent) if agent else Q()
    for mandate in principal.mandates_given.filter(concerned, revoked_at=None).select_related("principal"):
        revoke_mandate(mandate=mandate, at=at, by=by)
    return ban


@transaction.atomic
def lift_refusal(*, ban: ActingBan, at: dt.datetime, by: User) -> ActingBan:
    """Lift a ban: mandates may be given again; those that it ended remain ended.

    Refuses: not_allowed (only the person themself).
    """
    if not Resident.objects.own(by).filter(pk=ban.principal_id).exists():
        raise ValidationError(_("Only they themselves can take that back."), code="not_allowed")
    if ActingBan.objects.in_force().filter(pk=ban.pk).update(lifted_at=at):
        community = ban.principal.community_id
        record(verb="acting_allowed_again", subject=ban, community=community, at=at, actor=by)
    ban.refresh_from_db(fields=["lifted_at"])
    return ban

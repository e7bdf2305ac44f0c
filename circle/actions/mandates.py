"""Mandates: offered, confirmed, given at the counter, revoked."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.actions.phone_logins import login_for_phone
from circle.audit.log import record
from circle.hooks import hook_functions
from circle.identifiers.phone_numbers import parse_mobile
from circle.models import Mandate, Resident, User
from circle.notifications import notify

OFFERS_AT_ONCE = 5
# What a person may leave to somebody from afar without ever having shown who they are.
WITHOUT_IDENTITY = {Mandate.Scope.BOOKINGS, Mandate.Scope.MEALS}


@transaction.atomic
def give_mandate(*, mandate: Mandate, phone: str, at: dt.datetime, by: User) -> Mandate:
    """Save a new mandate for the login of this mobile number, which is created where there is none.

    Refuses: phone_invalid, already_given (the same one is in force without an end), resident_gone, own_phone,
    refused_by_principal (they said that this person, or nobody, may act for them).
    """
    principal = Resident.objects.select_for_update(no_key=True).get(pk=mandate.principal_id)
    check_principal(principal)
    agent = login_for_phone(phone=parse_mobile(phone), at=at)
    check_agent(principal, agent)
    mandate.agent = agent
    try:
        with transaction.atomic():
            mandate.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(_("This person already holds that mandate."), code="already_given") from clash
    record(
        verb="mandate_given" if mandate.is_confirmed else "mandate_offered",
        subject=mandate,
        community=principal.community_id,
        at=at,
        actor=by,
        basis=mandate.basis,
        scope=mandate.scope,
    )
    return mandate


@transaction.atomic
def authorise_staff(
    *,
    principal: Resident,
    agent: User,
    basis: str,
    valid_until: dt.date,
    at: dt.datetime,
    by: User,
) -> Mandate:
    """A mandate for one agency case to the member of staff who handles it.

    Refuses: resident_gone, until_past, own_phone, refused_by_principal.
    """
    principal = Resident.objects.select_for_update(no_key=True).get(pk=principal.pk)
    check_principal(principal)
    check_agent(principal, agent)
    today = localtime(at).date()
    if valid_until < today:
        raise ValidationError(_("This day is over. Please choose another."), code="until_past")
    mandate = Mandate.objects.create(
        principal=principal,
        agent=agent,
        basis=basis,
        scope=Mandate.Scope.AGENCY,
        valid_from=today,
        valid_until=valid_until,
    )
    record(
        verb="mandate_given",
        subject=mandate,
        community=principal.community_id,
        at=at,
        actor=by,
        basis=mandate.basis,
        scope=mandate.scope,
    )
    return mandate


@transaction.atomic
def offer_mandate(
    *,
    principal: Resident,
    phone: str,
    scope: str,
    at: dt.datetime,
    by: User,
    valid_until: dt.date | None = None,
) -> Mandate:
    """Ask a relative to act for oneself; the mandate is in force once the relative has agreed.

    Refuses: not_allowed (`principal` is not one's own row), too_many_offers (5 wait for an answer),
    until_past, scope_unknown, identity_not_seen (beyond bookings and meals, while staff have never seen the
    person's identity card), and what `give_mandate` refuses.
    """
    today = localtime(at).date()
    if not Resident.objects.own(by).filter(pk=principal.pk).exists():
        raise ValidationError(_("You may not act for this person."), code="not_allowed")
    if scope not in set(Mandate.Scope.values) - {Mandate.Scope.AGENCY}:
        raise ValidationError(_("Say what it is for."), code="scope_unknown")
    if valid_until and valid_until < today:
        raise ValidationError(_("This day is over. Please choose another."), code="until_past")
    refuse_unseen(principal, scope)
    if principal.mandates_given.offered(today).count() >= OFFERS_AT_ONCE:
        raise ValidationError(
            _("%(count)s people have not answered yet. Please wait, or take one request back."),
            code="too_many_offers",
            params={"count": OFFERS_AT_ONCE},
        )
    mandate = Mandate(
        principal=principal,
        basis=Mandate.Basis.FAMILY,
        scope=scope,
        valid_from=today,
        valid_until=valid_until,
        is_confirmed=False,
    )
    give_mandate(mandate=mandate, phone=phone, at=at, by=by)
    notify(
        event="mandate_offered",
        community=principal.community_id,
        user=mandate.agent,
        at=at,
        dedupe=f"mandate_offered:{mandate.pk}",
    )
    return mandate


def refuse_unseen(principal: Resident, scope: str) -> None:
    if scope in WITHOUT_IDENTITY or any(is_seen(principal.pk) for is_seen in hook_functions("identity_seen")):
        return
    raise ValidationError(
        _(
            "For more than bookings and meals somebody has to see your identity card once. "
            "Come to the window, or phone %(phone)s and we come to you."
        ),
        code="identity_not_seen",
        params={"phone": principal.community.phone},
    )


def check_principal(principal: Resident) -> None:
    if principal.died_on or principal.merged_into_id:
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")


def check_agent(principal: Resident, agent: User) -> None:
    if agent.pk == principal.login_id:
        raise ValidationError(
            _("This is their own number. Nobody needs a mandate for oneself."), code="own_phone"
        )
    if principal.acting_bans.in_force().against(agent).exists():
        raise ValidationError(
            _("They have said that this person may not act for them. Only they can take that back."),
            code="refused_by_principal",
        )


@transaction.atomic
def confirm_mandate(*, mandate: Mandate, at: dt.datetime, by: User) -> Mandate:
    """The agent agrees, and the mandate is in force. Repeating it changes nothing.

    Refuses: not_allowed (asked of somebody else), mandate_over (taken back or run out meanwhile).
    """
    if mandate.agent_id != by.pk:
        raise ValidationError(_("This was asked of somebody else."), code="not_allowed")
    waiting = Mandate.objects.offered(localtime(at).date()).filter(pk=mandate.pk)
    if waiting.update(is_confirmed=True):
        community = mandate.principal.community_id
        record(verb="mandate_confirmed", subject=mandate, community=community, at=at, actor=by)
    mandate.refresh_from_db(fields=["is_confirmed", "revoked_at"])
    if not mandate.is_confirmed or mandate.revoked_at:
        raise ValidationError(_("This request was taken back."), code="mandate_over")
    return mandate


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, at: dt.datetime, by: User) -> Mandate:
    """End a mandate now; one that has ended is unchanged. What was arranged under it remains.

    The UPDATE waits for a booking that is being made under the mandate, which locks it
    (`permissions.on_behalf.lock_mandate`), and a later booking finds it ended.
    """
    if Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=at):
        community = mandate.principal.community_id
        record(verb="mandate_revoked", subject=mandate, community=community, at=at, actor=by)
    mandate.refresh_from_db(fields=["revoked_at"])
    return mandate

"""Siblings and twins that wait: whether they start together only, or one of them may start first."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import guardians_of
from childcare.actions.filling import CHANGE
from childcare.actions.rules import application_mandate
from childcare.actions.seats import lock_classes
from childcare.models import Application, SiblingGroup
from childcare.models.applications import HOLDING, ApplicationQuerySet
from childcare.models.wishes import wishes_of
from circle.audit.log import record
from circle.booking.transitions import transition_refusal
from circle.models import Guardianship, User

MOST_CHILDREN = 4
ALONE = ""  # each child by itself


def siblings_of(application: Application) -> ApplicationQuerySet:
    """Of the other children of its guardians: live, and without a place."""
    wards = Guardianship.objects.current().filter(adult__in=guardians_of(application.child))
    waiting = Application.objects.live().exclude(status__in=HOLDING).exclude(pk=application.pk)
    return waiting.filter(child__in=wards.values("child"), community=application.community_id).order_by("pk")


@transaction.atomic
def declare_siblings(
    *,
    application: Application,
    siblings: Sequence[Application],
    mode: str,
    via: str,
    at: dt.datetime,
    by: User,
) -> Application:
    """From now on these children wait as a household; without a mode each waits by itself again.

    Refuses: not_allowed, number_in_doubt, mode_unknown, not_one_household (no sibling, too many, or one of
    other guardians), not_possible (one has a place already, or its application has ended).
    """
    if mode not in (ALONE, *SiblingGroup.Mode.values):
        raise ValidationError(_("Choose one of the answers."), code="mode_unknown")
    mandate = None
    for each in (application, *siblings):
        mandate = application_mandate(each, by=by, via=via, permission=CHANGE)
    rows = hold_household(application, siblings)
    check_siblings(rows[0], rows[1:], mode)
    former = {row.siblings_id for row in rows if row.siblings_id}
    group = None
    if mode != ALONE:
        group = SiblingGroup.objects.create(community=application.community, mode=mode, made_at=at)
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(siblings=group)
    SiblingGroup.objects.filter(pk__in=former, applications=None).delete()
    application.siblings = group
    details: dict[str, Any] = {"mode": mode, "via": via, "applications": [row.pk for row in rows]}
    if mandate:
        details["mandate"] = mandate.pk
    record(
        verb="application_siblings",
        subject=application,
        community=application.community_id,
        at=at,
        actor=by,
        **details,
    )
    return application


def hold_household(application: Application, siblings: Sequence[Application]) -> list[Application]:
    """Their classes and rows, as an offer takes them: the one that is asked about first."""
    chosen = [application, *siblings]
    groups = [group for each in chosen for group in wishes_of(each)]
    if groups:
        lock_classes(*groups)
    rows = Application.objects.filter(pk__in=[each.pk for each in chosen]).order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(no_key=True, of=("self",))}
    return [found[each.pk] for each in chosen if each.pk in found]


def check_siblings(application: Application, siblings: Sequence[Application], mode: str) -> None:
    if any(not row.is_live or row.status in HOLDING for row in (application, *siblings)):
        raise transition_refusal(application, "")
    known = set(siblings_of(application).values_list("pk", flat=True))
    too_few = mode != ALONE and not siblings
    if too_few or len(siblings) >= MOST_CHILDREN or not {row.pk for row in siblings} <= known:
        raise ValidationError(_("Choose the children of one household."), code="not_one_household")

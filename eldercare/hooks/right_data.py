"""Personal data of rights that are announced and of cards that people hold: purposes, export, erasure."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import Section, build_section
from circle.privacy.purposes import Basis, Purpose
from eldercare.models import HeldCard, RightNotice

NAME = {"resident.name": pgettext_lazy("of a person", "name"), "right.name": _("right")}


def old_notices(community: int, before: dt.datetime) -> QuerySet[RightNotice]:
    return RightNotice.objects.filter(community=community, day__lt=before.date())


def forget_notices(rows: QuerySet[RightNotice], at: dt.datetime) -> int:
    return rows.delete()[0]


def right_sections(people: Sequence[Resident]) -> list[Section]:
    notices = RightNotice.objects.filter(resident__in=people).select_related("resident", "right")
    cards = HeldCard.objects.filter(resident__in=people).select_related("resident", "right")
    answered = {
        "cause": _("what happens"),
        "day": _("day"),
        "told_at": _("message written at"),
        "status": _("answer"),
        "via": pgettext_lazy("how an answer came", "answered"),
        "is_on_paper": _("signed on the slip"),
    }
    return [
        build_section("right_notices", _("Rights of which we told you"), notices, NAME | answered),
        build_section("held_cards", _("Cards that you hold"), cards, NAME | {"ends_on": _("last day")}),
    ]


def wipe_right_data(resident: Resident) -> None:
    for model in (RightNotice, HeldCard):
        model._default_manager.filter(resident=resident).delete()


NOTICES = Purpose(
    code="right_notices",
    title=_("Rights of which we tell you before you ask"),
    why=_("So that nobody misses a right that begins, or is asked again about what they do not want."),
    what=_("Which right, from which day, when we told you, what you said and how."),
    basis=Basis.DUTY,
    columns={"eldercare.RightNotice": ["resident"]},
    ends=_("after the day on which the right begins or the card ends"),
    rule="retention_care",
    stale=old_notices,
    forget=forget_notices,
)
CARDS = Purpose(
    code="held_cards",
    title=_("Cards that you hold"),
    why=_("To tell you before a card ends."),
    what=_("Which card, and its last day; no number."),
    basis=Basis.DUTY,
    columns={"eldercare.HeldCard": ["resident"]},
    ends=_("with the row of the register; at once if you ask us to forget you"),
)
RIGHT_PURPOSES = [NOTICES, CARDS]

"""What people must not eat and where their meals are brought."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.actions import require_consent
from circle.audit.log import record
from circle.models import Building, Resident, User
from circle.permissions.on_behalf import mandate_for
from eldercare.actions.answers import CONSENT
from eldercare.models import Dish, MealProfile
from eldercare.models.canteen import Allergen, Way
from eldercare.models.canteen.menus import labels_of
from eldercare.models.canteen.orders import DOOR_LENGTH, MOST_PORTIONS, ORDER_ADD, meal_scope_of


@dataclass(frozen=True)
class MealWish:
    """How a meal is to be; `allergens` is what they say now that they must not eat, None where not asked."""

    way: str
    portions: int = 1
    variants: Sequence[str] = ()
    building: Building | None = None
    door: str = ""
    allergens: Sequence[str] | None = None
    consents: bool = False  # to the storage of the allergens
    eats_anyway: bool = False  # the person's own word about a dish that contains what they must not eat


def checked_wish(wish: MealWish, community: int) -> MealWish:
    """As it is stored: an address only where a meal is brought home.

    Refuses: way_unknown, portions_wrong, allergen_unknown, address_missing, other_community.
    """
    if wish.way not in Way.values:
        raise ValidationError(_("Say how the meal reaches you."), code="way_unknown")
    if not 1 <= wish.portions <= MOST_PORTIONS:
        raise ValidationError(
            _("One to %(most)s portions."), code="portions_wrong", params={"most": MOST_PORTIONS}
        )
    if set(wish.allergens or ()) - set(Allergen.values):
        raise ValidationError(_("This is not asked."), code="allergen_unknown")
    if wish.way != Way.DELIVERY:
        return replace(wish, building=None, door="")
    door = " ".join(wish.door.split())[:DOOR_LENGTH]
    if wish.building is None or not door:
        raise ValidationError(_("Say where we are to come: building and door."), code="address_missing")
    if wish.building.community_id != community:
        raise ValidationError(_("This building stands in another community."), code="other_community")
    return replace(wish, door=door)


def address_of(wish: MealWish) -> dict[str, Any]:
    return {"building": wish.building, "door": wish.door}


def save_profile(resident: Resident, wish: MealWish, *, via: str, at: dt.datetime, by: User) -> MealProfile:
    """What was said now replaces what was said before; what was not asked stays.

    Refuses: consent_missing (what they must not eat is a matter of health).
    """
    columns: dict[str, Any] = {"said_at": at}
    found = MealProfile.objects.filter(resident=resident).first()
    if wish.allergens:
        require_consent(purpose=CONSENT, resident=resident, consents=wish.consents, via=via, at=at, by=by)
    if wish.allergens is not None:
        columns["allergens"] = sorted(wish.allergens)
    if wish.building:
        columns |= address_of(wish)
    if found and all(getattr(found, name) == value for name, value in columns.items() if name != "said_at"):
        return found
    row, _new = MealProfile.objects.update_or_create(
        resident=resident, defaults=columns | {"community_id": resident.community_id}
    )
    record(verb="meal_profile_changed", subject=row, community=row.community_id, at=at, actor=by, via=via)
    return row


@transaction.atomic
def note_meal_profile(
    *, resident: Resident, wish: MealWish, via: str, at: dt.datetime, by: User
) -> MealProfile:
    """As the person, who acts for them or staff on their word.

    Refuses: not_allowed, resident_gone, number_in_doubt, allergen_unknown, consent_missing.
    """
    mandate_for(
        by=by,
        resident=resident,
        scope=meal_scope_of(by, resident.pk),
        via=via,
        staff_permission=ORDER_ADD,
    )
    if set(wish.allergens or ()) - set(Allergen.values):
        raise ValidationError(_("This is not asked."), code="allergen_unknown")
    return save_profile(resident, wish, via=via, at=at, by=by)


def forbidden_in(dish: Dish, profile: MealProfile | None) -> list[str]:
    """What the dish contains and the person must not eat."""
    return [code for code in dish.allergens if profile and code in profile.allergens]


def refuse_allergen(dish: Dish, profile: MealProfile | None, *, eats_anyway: bool) -> list[str]:
    """What they eat all the same by their own word.

    Refuses: allergen.
    """
    found = forbidden_in(dish, profile)
    if found and not eats_anyway:
        raise ValidationError(
            _("“%(dish)s” contains what you must not eat: %(allergens)s."),
            code="allergen",
            params={"dish": dish.name, "allergens": "、".join(labels_of(Allergen, found))},
        )
    return found

"""A menu as the cook types or pastes it: one dish a line, its facts between strokes, in any order.

红烧肉 / Braised pork / 15元 / 80+20份 / 可软、少盐 / 含大豆
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eldercare.models import Dish, Portion
from eldercare.models.canteen import Allergen, Variant
from eldercare.models.canteen.menus import MOST_CENTS

# In the language of the kitchen, whatever the page's is; the first word of each is written back.
ALLERGENS: dict[str, tuple[str, ...]] = {
    Allergen.WHEAT: ("麦", "小麦", "面粉", "麸质"),
    Allergen.SHELLFISH: ("虾蟹", "虾", "蟹", "贝", "海鲜"),
    Allergen.FISH: ("鱼",),
    Allergen.EGG: ("蛋", "鸡蛋"),
    Allergen.PEANUT: ("花生",),
    Allergen.SOY: ("大豆", "豆", "豆制品", "黄豆"),
    Allergen.MILK: ("奶", "牛奶", "乳"),
    Allergen.NUTS: ("坚果", "核桃", "腰果"),
}
VARIANTS: dict[str, tuple[str, ...]] = {
    Variant.SOFT: ("软", "软烂", "软饭"),
    Variant.LOW_SALT: ("少盐", "低盐"),
    Variant.MILD: ("不辣", "免辣"),
    Variant.HALAL: ("清真",),
    Variant.NO_SUGAR: ("无糖", "少糖"),
}
PRICE = re.compile(r"[¥]?(\d{1,4}(?:\.\d{1,2})?)元?")
PORTIONS = re.compile(r"(\d{1,4})(?:\+(\d{1,4}))?份")
LATIN = re.compile(r"[A-Za-z][\x20-\x7e’]*")
NAME_LENGTH, ENGLISH_LENGTH, MOST_DISHES = 40, 80, 20


@dataclass
class DishLine:
    name_zh: str
    name_en: str = ""
    price_cents: int | None = None
    reserved: int | None = None
    walk_in: int = 0
    variants: list[str] = field(default_factory=list)
    allergens: list[str] = field(default_factory=list)


def read_menu(text: str) -> list[DishLine]:
    """The dishes in the order in which they stand.

    Refuses: line_unreadable, dish_twice, too_many_dishes.
    """
    lines = [line.strip() for line in unicodedata.normalize("NFKC", text).splitlines()]
    found = [read_line(line) for line in lines if line]
    names = [each.name_zh for each in found]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise ValidationError(_("“%(dish)s” stands there twice."), code="dish_twice", params={"dish": twice})
    if len(found) > MOST_DISHES:
        raise ValidationError(
            _("At most %(most)s dishes a meal."), code="too_many_dishes", params={"most": MOST_DISHES}
        )
    return found


def read_line(line: str) -> DishLine:
    first, *parts = [part.strip() for part in re.split(r"[/|\t]", line)]
    dish = DishLine(first)
    for part in filter(None, parts):
        read_part(dish, part, line)
    if not first or len(first) > NAME_LENGTH or dish.price_cents is None or dish.reserved is None:
        raise unreadable(line)
    return dish


def read_part(dish: DishLine, part: str, line: str) -> None:
    if portions := PORTIONS.fullmatch(part):
        dish.reserved, dish.walk_in = int(portions[1]), int(portions[2] or 0)
    elif price := PRICE.fullmatch(part):
        dish.price_cents = int(Decimal(price[1]) * 100)
        if dish.price_cents > MOST_CENTS:
            raise unreadable(line)
    elif part[0] == "可":
        dish.variants = codes_of(part[1:], VARIANTS, line)
    elif part[0] == "含":
        dish.allergens = codes_of(part[1:], ALLERGENS, line)
    elif LATIN.fullmatch(part) and len(part) <= ENGLISH_LENGTH:
        dish.name_en = part
    else:
        raise unreadable(line)


def codes_of(words: str, table: Mapping[str, tuple[str, ...]], line: str) -> list[str]:
    """What contains something that the table does not know is refused: an allergy may hang on it."""
    known = {word: str(code) for code, names in table.items() for word in names}
    found = [word.strip() for word in re.split(r"[、,，\s]+", words) if word.strip()]
    if unknown := [word for word in found if word not in known]:
        raise ValidationError(
            _("“%(word)s” is not known. Known are: %(words)s."),
            code="line_unreadable",
            params={"word": unknown[0], "words": "、".join(names[0] for names in table.values())},
        )
    return [str(code) for code in table if str(code) in {known[word] for word in found}]


def unreadable(line: str) -> ValidationError:
    return ValidationError(
        _("This line cannot be read: “%(line)s”. It needs a name, a price and portions."),
        code="line_unreadable",
        params={"line": line[:60]},
    )


def line_of(dish: Dish) -> str:
    """The line from which this dish could be typed again; its portions loaded."""
    reserved, walk_in = (dish.share(share) for share in Portion.Share.values)
    kept = f"+{walk_in.capacity}" if walk_in and walk_in.capacity else ""
    parts = [dish.name_zh, dish.name_en, f"{Decimal(dish.price_cents) / 100:g}元"]
    parts += [f"{reserved.capacity if reserved else 0}{kept}份"]
    for sign, codes, table in (("可", dish.variants, VARIANTS), ("含", dish.allergens, ALLERGENS)):
        words = "、".join(names[0] for code, names in table.items() if code in codes)
        parts.append(f"{sign}{words}" if words else "")
    return " / ".join(part for part in parts if part)

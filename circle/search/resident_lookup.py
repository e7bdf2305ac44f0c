"""Finds a resident for staff by phone number or its last digits, name, initials, code or building."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from circle.hooks import hook_functions
from circle.identifiers.phone_numbers import parse_phone
from circle.identifiers.public_codes import typed_code
from circle.models import Building, Resident
from circle.search.site_search import find_matching_ids

SHOWN = 20
TAIL = re.compile(r"[0-9]{4}")


def find_residents(people: QuerySet[Resident], typed: str) -> list[Resident]:
    """The matches among `people`, best first; `people` must hold only residents the asker may see."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return []
    shown = people.select_related("building", "household")
    for found in (find_by_number(shown, text), find_by_code(shown, text)):
        if found:
            return found
    return find_by_name(shown, text)


def find_by_number(people: QuerySet[Resident], text: str) -> list[Resident]:
    if TAIL.fullmatch(text):
        return list(people.filter(pk__in=Resident.objects.with_phone_tail(text).values("pk"))[:SHOWN])
    try:
        number = parse_phone(text)
    except ValidationError:
        return []
    return list(people.filter(pk__in=Resident.objects.with_phone(number).values("pk"))[:SHOWN])


def find_by_code(people: QuerySet[Resident], text: str) -> list[Resident]:
    """By the code of a booking, an application or a topic, in any spelling."""
    code = typed_code(text)
    if not code.isascii() or len(code) < 6:
        return []
    found = {pk for person_of in hook_functions("person_of_code") if (pk := person_of(code)) is not None}
    return list(people.filter(pk__in=found)[:SHOWN]) if found else []


def find_by_name(people: QuerySet[Resident], text: str) -> list[Resident]:
    """By characters, pinyin or initials; then the residents of a building of this name or code."""
    ranked = find_matching_ids(people, text)[:SHOWN]
    rows = {row.pk: row for row in people.filter(pk__in=ranked)}
    found = [rows[pk] for pk in ranked if pk in rows]
    houses = Building.objects.filter(Q(name_zh=text) | Q(name_en__iexact=text) | Q(code__iexact=text))
    living_there = people.filter(building__in=houses).order_by("household__door", "name")
    return (found + [row for row in living_there[:SHOWN] if row.pk not in rows])[:SHOWN]

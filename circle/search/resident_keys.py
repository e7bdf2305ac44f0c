"""Residents by one kind of what staff type: a phone, a number, a code, a name."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from circle.hooks import hook_functions
from circle.identifiers.id_documents import normalise_id_number
from circle.identifiers.phone_numbers import parse_phone
from circle.identifiers.public_codes import typed_code
from circle.models import Building, Resident, User
from circle.search.site_search import find_matching_ids

TAIL = re.compile(r"[0-9]{4}")
ID_NUMBER = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,18}")


def find_by_phone(people: QuerySet[Resident], text: str) -> QuerySet[Resident] | None:
    """By the whole number in any spelling, or its last four digits."""
    if TAIL.fullmatch(text):
        return people.filter(pk__in=Resident.objects.with_phone_tail(text).values("pk"))
    try:
        number = parse_phone(text)
    except ValidationError:
        return None
    return people.filter(pk__in=Resident.objects.with_phone(number).values("pk"))


def find_by_id_number(people: QuerySet[Resident], text: str) -> QuerySet[Resident] | None:
    """By the whole number only, since no part of it is stored in a searchable form."""
    number = normalise_id_number(text)
    if not ID_NUMBER.fullmatch(number):
        return None
    return people.filter(pk__in=Resident.objects.with_id_number(number).values("pk"))


def find_by_code(people: QuerySet[Resident], text: str, *, by: User | None) -> QuerySet[Resident] | None:
    """By the code of a booking, an application or a topic, in any spelling."""
    code = typed_code(text)
    if not code.isascii() or len(code) < 6:
        return None
    found = {pk for person_of in hook_functions("person_of_code") if (pk := person_of(code, by)) is not None}
    return people.filter(pk__in=found) if found else None


def find_by_name(people: QuerySet[Resident], text: str, limit: int) -> list[int]:
    """By characters, pinyin or initials; then the residents of a building of this name or code."""
    found = find_matching_ids(people, text)[:limit]
    houses = Building.objects.filter(Q(name_zh=text) | Q(name_en__iexact=text) | Q(code__iexact=text))
    living_there = people.filter(building__in=houses).order_by("household__door", "name")
    return list(dict.fromkeys([*found, *living_there.values_list("pk", flat=True)[:limit]]))[:limit]

"""Finds a resident for staff by phone number or its last digits, ID number, name, code or building."""

import re
import unicodedata
from functools import partial

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from circle.hooks import hook_functions
from circle.identifiers.id_documents import normalise_id_number
from circle.identifiers.phone_numbers import parse_phone
from circle.identifiers.public_codes import typed_code
from circle.models import Building, Resident, User
from circle.search.site_search import find_matching_ids, rows_in_order

SHOWN = 20
# So many people may be behind the rows of a list that is searched: SQLite takes some hundreds in one query.
IN_LISTS = 300
TAIL = re.compile(r"[0-9]{4}")
ID_NUMBER = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,18}")


def find_residents(people: QuerySet[Resident], typed: str, *, by: User | None = None) -> list[Resident]:
    """The matches among `people`, best first; `people` must hold only residents the asker may see.

    `by` is who asks: some codes lead only those to a person who may read the matter.
    """
    ids = find_resident_ids(people, typed, by=by)
    return rows_in_order(people.select_related("building", "household"), ids) if ids else []


def find_resident_ids(
    people: QuerySet[Resident], typed: str, limit: int = SHOWN, *, by: User | None = None
) -> list[int]:
    """The ids of the matches, best first; the number of queries does not depend on that of the matches."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return []
    for find in (find_by_phone, find_by_id_number, partial(find_by_code, by=by)):
        found = find(people, text)
        ids = list(found.values_list("pk", flat=True)[:limit]) if found is not None else []
        if ids:
            return ids
    return find_by_name(people, text, limit)


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

"""Finds a resident for staff by phone number or its last digits, ID number, name, code or building."""

import unicodedata
from functools import partial

from django.db.models import QuerySet

from circle.models import Resident, User
from circle.search.resident_keys import find_by_code, find_by_id_number, find_by_name, find_by_phone
from circle.search.site_search import rows_in_order

SHOWN = 20
# So many people may be behind the rows of a list that is searched: SQLite takes some hundreds in one query.
IN_LISTS = 300


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

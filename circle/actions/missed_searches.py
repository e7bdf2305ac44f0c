"""Searches that found nothing, counted as synonyms to add."""

import datetime as dt
import re

from django.db import transaction
from django.db.models import F

from circle.models import Community, MissedSearch

MISSED_SEARCHES_LIMIT = 2000


@transaction.atomic
def note_missed_search(*, community: Community, words: str, at: dt.datetime) -> MissedSearch | None:
    """Count words that found nothing, as a synonym to add.

    One letter, long texts and numbers are not stored: they may be a phone or ID number typed by mistake.
    """
    words = " ".join(words.split()).lower()
    if not 2 <= len(words) <= 40 or re.search(r"\d{4}", re.sub(r"[\s-]", "", words)):
        return None
    counted = MissedSearch.objects.filter(community=community)
    if counted.filter(words=words).update(count=F("count") + 1, last_at=at):
        return counted.get(words=words)
    if counted.count() >= MISSED_SEARCHES_LIMIT:
        return None
    return MissedSearch.objects.get_or_create(community=community, words=words, defaults={"last_at": at})[0]

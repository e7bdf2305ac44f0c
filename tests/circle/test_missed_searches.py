import datetime as dt

import pytest
from django.utils import timezone

from circle.actions import MISSED_SEARCHES_LIMIT, note_missed_search
from circle.models import MissedSearch
from tests import make

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def note(words: str, **values) -> MissedSearch | None:
    return note_missed_search(**{"community": make.here(), "words": words, "at": NOW} | values)


def test_missed_search_is_counted_and_dated():
    later = NOW + dt.timedelta(days=1)
    assert note("老年证").count == 1
    assert (note("老年证", at=later).count, MissedSearch.objects.get().last_at) == (2, later)


def test_missed_search_ignores_case_and_spaces():
    note("Senior  CARD ")
    note(" senior card")
    assert [(row.words, row.count) for row in MissedSearch.objects.all()] == [("senior card", 2)]


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "a",
        "证",
        "长" * 41,
        "13800000000",
        "138 0000 0000",
        "138-0000-0000",
        "王1234",
        "２０２６年",
        "520102199001010000",
    ],
)
def test_missed_search_keeps_no_letters_texts_or_numbers(words):
    assert note(words) is None
    assert not MissedSearch.objects.exists()


@pytest.mark.parametrize("words", ["证件", "65岁", "120", "ab", "长" * 40])
def test_missed_search_keeps_plain_words(words):
    assert note(words).words == words


def test_missed_searches_are_capped_but_known_words_still_count():
    community = make.community()
    MissedSearch.objects.bulk_create(
        MissedSearch(community=community, words=f"w{n}", last_at=NOW) for n in range(MISSED_SEARCHES_LIMIT)
    )
    assert note("one more") is None
    assert note("w7").count == 2
    assert MissedSearch.objects.count() == MISSED_SEARCHES_LIMIT
    assert note("one more", community=make.community()).count == 1


def test_missed_searches_of_two_communities_stay_apart():
    note("老年证")
    assert note("老年证", community=make.community()).count == 1

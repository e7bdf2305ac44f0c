import pytest

from council.hooks.search import search_group
from tests import make
from tests import make_council as council

pytestmark = pytest.mark.django_db


def test_published_agenda_is_found_by_a_word_in_either_language():
    meeting = council.noticed()
    item = meeting.items.get()
    for words in (item.title_zh, item.title_en):
        assert [hit.url for hit in search_group(meeting.community, words, 3, like=False).hits] == [
            meeting.get_absolute_url()
        ]


def test_proposed_item_and_another_community_are_not_found():
    proposed = council.item(meeting=council.calling())
    assert search_group(make.here(), proposed.title_zh, 3, like=False).hits == []
    assert search_group(make.community(), proposed.title_zh, 3, like=False).hits == []


def test_suggestions_hold_no_agenda():
    council.noticed()
    assert search_group(make.here(), "x", 3, like=True).hits == []


def test_words_of_published_minutes_are_found_and_names_of_their_fields_are_not():
    minutes = council.published()
    [hit] = search_group(make.here(), "都发了言", 3, like=False).hits
    assert hit.url == f"{minutes.meeting.get_absolute_url()}#minutes-text"
    assert search_group(make.here(), "minutes_zh", 3, like=False).hits == []


def test_words_of_a_draft_and_of_replaced_minutes_are_not_found():
    council.corrected(council.published(), "现在的话。")
    council.written(council.draft(body=council.committee(), members=3, present=3), "草稿的话。")
    assert search_group(make.here(), "都发了言", 3, like=False).hits == []
    assert search_group(make.here(), "草稿的话", 3, like=False).hits == []
    assert len(search_group(make.here(), "现在的话", 3, like=False).hits) == 1

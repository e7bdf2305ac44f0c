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

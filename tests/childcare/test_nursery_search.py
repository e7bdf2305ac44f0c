import pytest

from childcare.hooks.search import search_group
from tests import make
from tests import make_childcare as nursery

pytestmark = pytest.mark.django_db


def test_class_is_found_by_its_name_in_either_language():
    found = nursery.nursery_class()
    for words in (found.name_zh, found.name_en):
        assert [hit.title for hit in search_group(found.community, words, 3, like=False).hits] == [found.name]


def test_class_of_another_community_is_not_found():
    found = nursery.nursery_class()
    assert search_group(make.community(), found.name_zh, 3, like=False).hits == []

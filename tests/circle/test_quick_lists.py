"""Lists of the back office stay cheap: counts that stop early, one list of models for equal rights."""

import subprocess
import sys

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from circle.backoffice import counting
from circle.backoffice.counting import CappedPaginator, count_together
from circle.backoffice.queues import Queue, count_queues
from circle.models import Building, User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_are_many(monkeypatch):
    monkeypatch.setattr(counting, "COUNTED_AT_MOST", 2)
    monkeypatch.setattr("circle.backoffice.queues.COUNTED_AT_MOST", 2)


def test_count_together_takes_one_query(ours, django_assert_num_queries):
    make.building(community=ours)
    rows = [Building.objects.all(), Building.objects.none(), Building.objects.filter(code="nowhere")]
    expected = [each.count() for each in rows]
    with django_assert_num_queries(1):
        assert count_together(rows) == expected
    assert count_together([]) == count_together([Building.objects.none()])[1:] == []


def test_queue_says_more_than(ours, few_are_many, django_assert_num_queries):
    for _number in range(4):
        make.building(community=ours)
    several = Queue("several", Building.objects.all(), "/", urgent_if_any=True)
    none, known = Queue("none", Building.objects.none(), "/", urgent_if_any=True), Queue("known", 7, "/")
    with django_assert_num_queries(1):
        count_queues([several, none, known])
        assert (several.count, none.count, known.count) == (3, 0, 7)
        assert (several.is_urgent, none.is_urgent) == (True, False)
    assert (several.shown_count, none.shown_count) == ("超过2", "0")


def test_capped_list_has_a_next_page_until_its_end(ours, few_are_many):
    for _number in range(5):
        make.building(community=ours)
    rows = Building.objects.order_by("pk")
    pages = [CappedPaginator(rows, 1, page=number) for number in (1, 3, rows.count())]
    assert [(each.num_pages, each.is_capped) for each in pages[:2]] == [(3, True), (4, True)]
    assert (pages[2].num_pages, pages[2].is_capped) == (rows.count(), False)


def test_list_that_was_not_counted_to_its_end_says_so(few_are_many, client, ours, monkeypatch):
    for _number in range(4):
        make.building(community=ours)
    monkeypatch.setattr(admin.site.get_model_admin(Building), "list_per_page", 1)
    client.force_login(make.director())
    url = reverse("admin:circle_building_changelist")
    assert "超过2" in client.get(url).content.decode()
    assert "超过" not in client.get(url, {"q": "nowhere"}).content.decode()


def test_list_of_models_is_of_ones_own_rights():
    factory = RequestFactory()

    def listed(user, path="/admin/"):
        request = factory.get(path)
        request.session = {}
        request.user = User.objects.get(pk=user.pk)
        return admin.site.each_context(request)["sidebar_list"]

    director, clerk = make.director(), make.clerk()
    of_director, of_clerk = listed(director), listed(clerk)
    assert "/circle/staffpost/" in of_director
    assert "/circle/staffpost/" not in of_clerk
    assert listed(director) == of_director
    marked = listed(director, "/admin/circle/staffpost/")
    assert 'aria-current="page"' in marked
    assert 'aria-current="page"' not in listed(director)
    clerk.posts.all().delete()
    assert "/circle/" not in listed(clerk)


def test_server_starts_without_pinyin_and_requests():
    code = (
        "import circle.wsgi, sys; from django.urls import reverse; reverse('home');"
        "print([name for name in ('pypinyin', 'requests', 'openpyxl', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"DEBUG": "on", "DATABASE_URL": "sqlite://:memory:", "DJANGO_SETTINGS_MODULE": "circle.settings"},
    )
    assert done.stdout.strip() == "[]", done.stderr

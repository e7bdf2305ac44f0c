import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from circle import hooks
from circle.backoffice.queues import Queue
from circle.hooks import hook_functions
from circle.search.site_search import SearchGroup
from tests import make

TABLE = [
    (config.name, hook, path)
    for config in apps.get_app_configs()
    for hook, path in getattr(config, "hooks", {}).items()
]


@pytest.mark.parametrize(("app", "hook", "path"), TABLE)
def test_every_hook_leads_to_a_function_of_its_own_app(app, hook, path):
    assert callable(import_string(path))
    assert path.startswith(f"{app}.")


def test_known_hooks_only():
    known = {"demo", "queues", "search", "sitemaps", "tick", "invariants", "open_work", "purposes"}
    known |= {"personal_data", "resident_card", "person_of_code", "erasure", "doorstep"}
    assert {hook for _app, hook, _path in TABLE} <= known


def test_every_hook_that_is_offered_has_a_line_in_the_table_of_hooks():
    assert all(f"| {hook} " in hooks.__doc__ for _app, hook, _path in TABLE)


def test_hooks_come_in_the_order_of_the_apps():
    assert [function.__module__ for function in hook_functions("demo")][:2] == [
        "circle.demo",
        "services.demo",
    ]


def test_unknown_hook_has_no_functions():
    assert hook_functions("no such hook") == []


def test_search_hooks_give_groups(db):
    community = make.community()
    for function in hook_functions("search"):
        assert isinstance(function(community, "x", 3, like=False), SearchGroup)


def test_queue_hooks_give_queues(db):
    director = make.director()
    found = [queue for function in hook_functions("queues") for queue in function(director)]
    assert found
    assert {type(queue) for queue in found} == {Queue}


def test_queue_hooks_show_nothing_to_staff_without_permission(db):
    clerk = make.staff()
    assert [queue for function in hook_functions("queues") for queue in function(clerk)] == []

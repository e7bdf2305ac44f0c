import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from circle import hooks
from circle.backoffice.queues import Queue
from circle.hooks import hook_functions, join_tables
from circle.models.roles import Role
from circle.search.site_search import SearchGroup
from tests import make

APPS = ["circle", "services", "eldercare", "childcare", "council"]
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
    known |= {"personal_data", "resident_card", "person_of_code", "erasure", "home_visit"}
    known |= {
        "audit_labels",
        "message_events",
        "monthly_report",
        "official_lists",
        "permissions",
        "unlisted_paths",
        "works_for",
        "last_places",
        "progress",
        "waiting",
        "site_pages",
        "own_matters",
    }
    known |= {"appointments", "week", "district_figures", "demo_district", "flows", "at_place"}
    known |= {"real", "paper_forms", "rule_checks", "identity_seen", "ratable", "new_community", "setup"}
    known |= {"stamped"}
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


@pytest.mark.parametrize("hook", ["audit_labels", "message_events", "permissions"])
def test_every_app_has_rows_of_its_own(hook):
    assert [app for app, offered, _path in TABLE if offered == hook] == APPS
    assert all(rows() for rows in hook_functions(hook))


def test_joined_tables_hold_the_rows_of_each():
    assert join_tables([{"made": 1}, {"moved": 2}, {}]) == {"made": 1, "moved": 2}


def test_row_of_two_tables_is_refused():
    with pytest.raises(ImproperlyConfigured, match="made, moved"):
        join_tables([{"moved": 1, "made": 1, "lapsed": 1}, {"made": 1, "moved": 2}])


@pytest.mark.parametrize(("app", "path"), [(app, path) for app, hook, path in TABLE if hook == "permissions"])
def test_app_gives_known_roles_permissions_for_its_own_models_only(app, path):
    rows = import_string(path)()
    assert set(rows) <= set(Role)
    assert {name.partition(".")[0] for granted in rows.values() for name in granted} == {app}


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

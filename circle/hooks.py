"""The hook table: how circle calls functions of the upper apps without importing them.

An AppConfig names its functions in `hooks = {"demo": "circle.demo.load_demo", ...}`. The hooks so far:

| hook | called as | gives |
|---|---|---|
| demo | f(community) | loads the app's demo data, harmless when repeated |
| demo_district | f(community) | loads what it shows of the demo's second community, harmless when repeated |
| new_community | f(community, at) | loads what a new community begins with; returns a sentence |
| setup | f(community) | list of backoffice.setup.SetupStep: what residents would miss so far |
| queues | f(user) | list of Queue for the admin's index |
| open_work | f(login pks) | list of permissions.handover.Work that is assigned to them |
| search | f(community, query, limit, like=) | search.site_search.SearchGroup for the header search |
| sitemaps | f() | {name: Sitemap class} |
| unlisted_paths | f() | list of paths that robots.txt asks search engines to leave out |
| tick | f(at) | does what is due at that minute; yields lines to print |
| invariants | f() | a sentence for each invariant that is violated |
| purposes | f() | list of privacy.purposes.Purpose: what personal data is stored for |
| personal_data | f(residents) | list of privacy.data_export.Section: what is held about them |
| resident_card | f(resident, user) | CardSection or None: what the app offers there |
| works_for | f(resident, user) | rows that this post has to do with for this person now |
| last_places | f(user) | ids of the places where matters of this login took place last |
| progress | f(code) | search.progress.Progress of the matter with this code, or None |
| waiting | f(user, at) | list of notifications.waiting.Waiting: what waits for this login |
| own_matters | f(user) | {name: expression}: facts about this login's matters, for web.own_matters |
| site_pages | f() | list of search.site_pages.SitePage: pages that the search finds |
| flows | f(community) | list of FlowPage: pages of the app on which items of the catalogue are done |
| at_place | f() | proximity.place_offers.PlaceSource: what the app offers at a place |
| paper_forms | f(community) | list of forms.paper.PaperForm: the app's forms on paper |
| real | f(code) | list of (what it is, when) of papers of ours with this code |
| home_visit | f(resident) | list of CardAction: what a grid worker can file on a home visit |
| week | f(community, first, last, at) | calendar.weeks.WeekPart: what takes place and is closed then |
| appointments | f() | booking.affected.Appointments: what a closure, new hours … can hit |
| identity_seen | f(resident id) | whether staff have seen the identity card of this person |
| person_of_code | f(code, user) | the id of the resident whose matter has this code, or None |
| erasure | f(resident) | privacy.data_export.ErasurePlan: what blocks it, what is retained, what is wiped |
| ratable | f() | list of booking.ratable.Ratable: the app's things that people rate |
| rule_checks | f() | {kind of a rule: f(params), which refuses values that the app cannot read} |
| audit_labels | f() | {verb of a record: what it is called} |
| message_events | f() | {name: notifications.events.Event} |
| district_figures | f(communities, since, until) | list of coverage.district.Column: one figure of each |
| monthly_report | f(community, spans, today) | list of reporting.figures.ReportPart |
| official_lists | f() | list of reporting.lists.OfficialList: what fills the district's forms |
| stamped | f() | list of models whose rows public pages show, for web.town_stamp |
| permissions | f() | {role: set of permissions for models of this app} |

The last three are tables that circle reads on every request, so they are joined once per process.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


def hook_functions(name: str) -> list[Callable[..., Any]]:
    """The functions that the apps offer under this hook, in the order of INSTALLED_APPS."""
    paths = [getattr(config, "hooks", {}).get(name) for config in apps.get_app_configs()]
    return [import_string(path) for path in paths if path]


def join_tables(tables: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One table with the rows of all; ImproperlyConfigured where a row is in two of them."""
    joined: dict[str, Any] = {}
    for table in tables:
        if twice := joined.keys() & table.keys():
            raise ImproperlyConfigured(f"Two apps name {', '.join(sorted(twice))}.")
        joined |= table
    return joined

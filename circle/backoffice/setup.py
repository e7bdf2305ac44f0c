"""What is missing before residents can rely on a community's pages: of each step how much, and where."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circle.calendar.working_days import ONE_DAY
from circle.hooks import hook_functions
from circle.models import (
    Building,
    CalendarYear,
    Community,
    Coverage,
    Facility,
    FacilityKind,
    Inventory,
    Rule,
    StaffPost,
    StreetNetwork,
    WalkRun,
)
from circle.models.roles import Role
from circle.proximity.street_cache import streets_of
from circle.walking.minutes import straight_line

OLD = 2 * 365 * ONE_DAY  # streets older than that are worth a new extract
MARGIN_M = 1_500  # which streets beyond the outermost home the way to a place may take


@dataclass(frozen=True)
class SetupStep:
    """One line: what it is about, what is missing (empty: nothing), and the page or command for it."""

    label: str
    missing: str = ""
    url: str = ""
    command: str = ""

    @property
    def is_warning(self) -> bool:
        """Open, and no command mends it."""
        return bool(self.missing and not self.command)

    @property
    def is_done(self) -> bool:
        return not self.missing


def all_steps(community: Community) -> list[SetupStep]:
    return [step for offered in hook_functions("setup") for step in offered(community)]


def setup_steps(community: Community) -> list[SetupStep]:
    """The hook `setup` of circle."""
    today = timezone.localdate()
    return [
        *ground_steps(community),
        *street_steps(community, today),
        *place_steps(community),
        *figure_steps(community, today),
    ]


def ground_steps(community: Community) -> Iterator[SetupStep]:
    director = StaffPost.objects.active(timezone.localdate()).filter(community=community, role=Role.DIRECTOR)
    url = reverse("admin:circle_staffpost_changelist")
    yield SetupStep(_("Director"), "" if director.exists() else _("nobody holds the post"), url)
    url = reverse("admin:circle_building_changelist")
    homes = Building.objects.filter(community=community)
    count = homes.count()
    yield SetupStep(_("Buildings"), "" if count else _("none"), url, "import_buildings")
    empty = homes.filter(residents=0).count()
    sentence = ngettext(
        "%(count)s has no number of residents", "%(count)s have no number of residents", empty
    )
    yield SetupStep(_("Residents of each building"), sentence % {"count": empty} if empty else "", url)


def street_steps(community: Community, today: dt.date) -> Iterator[SetupStep]:
    url, network = reverse("admin:circle_streetnetwork_changelist"), StreetNetwork.objects.current(community)
    if network is None:
        yield SetupStep(_("Streets"), _("not imported: all minutes are estimates"), url, "import_streets")
        return
    yield SetupStep(_("Streets"), "", url)
    is_old = network.source_on is None or network.source_on < today - OLD
    yield SetupStep(
        _("Age of the streets"), _("older than two years, or of unknown date") if is_old else "", url
    )
    near = homes_near_edge(community)
    sentence = ngettext(
        "%(count)s building lies within 1.5 km of the edge of the map that was imported",
        "%(count)s buildings lie within 1.5 km of the edge of the map that was imported",
        near,
    )
    yield SetupStep(_("Streets around the community"), sentence % {"count": near} if near else "", url)
    runs = WalkRun.objects.filter(community=community)
    waiting = runs.filter(state=WalkRun.State.QUEUED).count()
    sentence = ngettext("%(count)s kind waits for them", "%(count)s kinds wait for them", waiting)
    yield SetupStep(
        _("Walking times"), sentence % {"count": waiting} if waiting else "", url, "compute_walking"
    )
    lost = {
        pk
        for run in runs.filter(state=WalkRun.State.PUBLISHED)
        for pk in run.off_street.get("facilities", [])
    }
    sentence = ngettext("%(count)s place lies far from any", "%(count)s places lie far from any", len(lost))
    yield SetupStep(_("Places beside a street"), sentence % {"count": len(lost)} if lost else "", url)


def homes_near_edge(community: Community) -> int:
    """Buildings whose quarter hour may lead over streets that the imported map does not have."""
    streets = streets_of(community)
    if streets is None:
        return 0
    west, south, east, north = streets.network.bounds()
    return sum(
        min(
            straight_line((longitude, latitude), edge)
            for edge in ((west, latitude), (east, latitude), (longitude, south), (longitude, north))
        )
        < MARGIN_M
        for longitude, latitude in (home.point for home in Building.objects.filter(community=community))
    )


def place_steps(community: Community) -> Iterator[SetupStep]:
    url, places = reverse("admin:circle_facility_changelist"), Facility.objects.public(community)
    count = places.count()
    yield SetupStep(_("Places"), "" if count else _("none"), url, "import_facilities")
    without = without_hours(places).count()
    sentence = ngettext("%(count)s place has none", "%(count)s places have none", without)
    yield SetupStep(_("Opening hours"), sentence % {"count": without} if without else "", url)
    open_kinds = kinds_to_confirm(community).count()
    sentence = ngettext(
        "the list of %(count)s kind is not confirmed",
        "the lists of %(count)s kinds are not confirmed",
        open_kinds,
    )
    yield SetupStep(
        _("Complete lists"),
        sentence % {"count": open_kinds} if open_kinds else "",
        reverse("admin:circle_inventory_changelist"),
    )


def without_hours(places: QuerySet[Facility]) -> QuerySet[Facility]:
    """Of kinds that have hours."""
    return places.filter(opening_hours=None, kind__always_open=False)


def kinds_to_confirm(community: Community) -> QuerySet[FacilityKind]:
    """Kinds with a norm that counts whose places nobody has confirmed to be all entered."""
    confirmed = Inventory.objects.filter(community=community).values("kind")
    return FacilityKind.objects.filter(norms__is_counted=True).exclude(pk__in=confirmed).distinct()


def figure_steps(community: Community, today: dt.date) -> Iterator[SetupStep]:
    is_computed = Coverage.objects.filter(community=community).exists()
    yield SetupStep(
        _("Figures of the circle"), "" if is_computed else _("not computed yet"), "", "compute_coverage"
    )
    year = CalendarYear.objects.filter(year=today.year).exclude(confirmed_on=None)
    url = reverse("admin:circle_calendaryear_changelist")
    yield SetupStep(_("Working calendar of this year"), "" if year.exists() else _("not confirmed"), url)
    rules = Rule.objects.filter(is_verified=False).count()
    sentence = ngettext("%(count)s is unverified", "%(count)s are unverified", rules)
    url = reverse("admin:circle_rule_changelist")
    yield SetupStep(_("Legal parameters"), sentence % {"count": rules} if rules else "", url)

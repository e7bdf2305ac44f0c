"""The walk filter: which ways of OpenStreetMap people may walk on. One table, with a version.

The filter decides more than any algorithm: in one extract eleven cycleways moved 9 % of all answers. Whoever
changes a line here changes VERSION, so that every page says by which table it counts.
"""

from collections.abc import Mapping
from enum import IntFlag

VERSION = "walk-2"

# What a way is, by its highway=…; a value that is not here is no way on foot.
CARRIAGEWAYS = {  # one walks along them, where no pavement of their own is drawn
    "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link",
    "unclassified", "residential", "living_street", "service", "road", "track",
}  # fmt: skip
FOOTWAYS = {"footway", "pedestrian", "path", "steps", "corridor", "crossing", "bridleway"}
CYCLEWAYS = {"cycleway"}  # with foot=yes always; without a word about walkers only by the setting
BIG_ROADS = {"trunk", "trunk_link"}  # only where walkers are named or a pavement is
NEVER = {"motorway", "motorway_link"}  # whatever the other tags say; nobody's door is across one either

YES = {"yes", "designated", "permissive", "official", "public"}
CLOSED = {
    "no", "private", "use_sidepath", "customers", "delivery", "permit", "residents", "service",
    "military", "agricultural", "forestry", "employees",
}  # fmt: skip
PAVEMENTS = {"both", "left", "right", "yes"}

# A gate like this on a way ends it; hours and cards are a note for people, never routed.
GATES = {
    "gate",
    "swing_gate",
    "sliding_gate",
    "kissing_gate",
    "turnstile",
}  # cars alone mind bollards and booms
WALLS_ON_A_WAY = {"wall", "fence", "hedge", "debris", "jersey_barrier"}

# No straight step from a door to the street leads across one of these.
BARRIERS = {
    "barrier": {"wall", "fence", "city_wall", "retaining_wall", "hedge", "guard_rail", "jersey_barrier"},
    "waterway": {"river", "canal", "stream", "riverbank"},
    "natural": {"water", "coastline", "cliff"},
    "railway": {"rail", "light_rail"},
    "highway": NEVER | BIG_ROADS,
}
STEEPEST_STEP_FREE = 1 / 12  # of a ramp for wheelchairs; unverified, see docs/how-we-count.md


class Kind(IntFlag):
    """What is to be known of an edge of the network."""

    STAIRS = 1  # or another hindrance to a wheelchair: left out of step-free ways
    NO_DOOR = 2  # bridge, tunnel, crossing, stairs, parking aisle: nobody's door opens onto it
    CARRIAGEWAY = 4


def exclusion_reason(tags: Mapping[str, str], *, cycleways: bool) -> str:
    """Empty for a way that people may walk on, else why not: a word for the report."""
    highway, foot = tags.get("highway", ""), tags.get("foot", "")
    known = CARRIAGEWAYS | FOOTWAYS | CYCLEWAYS | BIG_ROADS
    if highway not in known:
        return "motorway" if highway in NEVER else "not_walkable"
    if foot in CLOSED or (foot not in YES and tags.get("access", "") in CLOSED):
        return "private"
    if foot in YES:
        return ""
    if tags.get("motorroad") == "yes" or (highway in BIG_ROADS and tags.get("sidewalk") not in PAVEMENTS):
        return "big_road"
    return "cycleway" if highway in CYCLEWAYS and not cycleways else ""


def edge_kind(tags: Mapping[str, str]) -> Kind:
    """Of a way that people may walk on."""
    found = Kind(0)
    if not is_step_free(tags):
        found |= Kind.STAIRS | Kind.NO_DOOR
    if is_off_the_ground(tags) or is_crossing(tags) or tags.get("service") == "parking_aisle":
        found |= Kind.NO_DOOR
    if tags["highway"] in CARRIAGEWAYS | BIG_ROADS:
        found |= Kind.CARRIAGEWAY
    return found


def is_step_free(tags: Mapping[str, str]) -> bool:
    """What the map says of wheelchairs counts first; else stairs and steep slopes are out."""
    if "yes" in (tags.get("wheelchair"), tags.get("ramp:wheelchair")):
        return True
    is_steep = abs(read_slope(tags)) > STEEPEST_STEP_FREE
    return not (is_steep or tags["highway"] == "steps" or tags.get("wheelchair") == "no")


def is_crossing(tags: Mapping[str, str]) -> bool:
    ways = (tags.get(name) for name in ("footway", "path", "cycleway", "highway"))
    return "crossing" in ways


def is_off_the_ground(tags: Mapping[str, str]) -> bool:
    return any(tags.get(name, "no") != "no" for name in ("bridge", "tunnel")) or tags.get("layer", "0") != "0"


def is_barrier(tags: Mapping[str, str]) -> bool:
    if is_off_the_ground(tags):
        return False
    return any(tags.get(name) in values for name, values in BARRIERS.items())


def is_blocking_node(tags: Mapping[str, str]) -> bool:
    """Of a node on a way: a wall, or a gate that is locked or not for everybody."""
    barrier = tags.get("barrier", "")
    if barrier in WALLS_ON_A_WAY:
        return True
    if barrier not in GATES or tags.get("foot") in YES:
        return False
    return tags.get("locked") == "yes" or tags.get("foot", tags.get("access")) in CLOSED


def read_slope(tags: Mapping[str, str]) -> float:
    """Rise over run where incline=… gives a number such as 8 % or 5°, else 0; up and down are no number."""
    text = tags.get("incline", "").replace(" ", "")
    try:
        if text.endswith("%"):
            return float(text[:-1]) / 100
        if text.endswith("°"):
            return float(text[:-1]) / 57.3
    except ValueError:
        pass
    return 0.0

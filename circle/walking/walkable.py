"""The walk filter: which ways of OpenStreetMap people may walk on.

The filter matters more than any algorithm: in one extract eleven cycleways changed 9 % of all results. Change
VERSION with every line, so that each page names the filter it counts by.
"""

from collections.abc import Mapping
from enum import IntFlag

VERSION = "walk-3"

# Values of highway=…; ways with any other value are not walkable.
CARRIAGEWAYS = {  # walkable where no pavement is mapped separately
    "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link",
    "unclassified", "residential", "living_street", "service", "road", "track",
}  # fmt: skip
FOOTWAYS = {"footway", "pedestrian", "path", "steps", "corridor", "crossing", "bridleway"}
CYCLEWAYS = {"cycleway"}  # with foot=yes always; without a foot tag only by the setting
BIG_ROADS = {"trunk", "trunk_link"}  # only with a foot tag or a pavement
NEVER = {"motorway", "motorway_link"}  # whatever the other tags say; no door lies across one either

YES = {"yes", "designated", "permissive", "official", "public"}
CLOSED = {
    "no", "private", "use_sidepath", "customers", "delivery", "permit", "residents", "service",
    "military", "agricultural", "forestry", "employees",
}  # fmt: skip
PAVEMENTS = {"both", "left", "right", "yes"}
SIDES = ("sidewalk:both", "sidewalk:left", "sidewalk:right")  # each yes where that side has one

# Such a gate, locked or private, cuts the way. Opening hours and entry cards are not routed.
GATES = {
    "gate",
    "swing_gate",
    "sliding_gate",
    "kissing_gate",
    "turnstile",
}  # not bollards and booms, which stop cars alone
WALLS_ON_A_WAY = {"wall", "fence", "hedge", "debris", "jersey_barrier"}

# The straight line from a door to the street must not cross any of these.
BARRIERS = {
    "barrier": {"wall", "fence", "city_wall", "retaining_wall", "hedge", "guard_rail", "jersey_barrier"},
    "waterway": {"river", "canal", "stream", "riverbank"},
    "natural": {"water", "coastline", "cliff"},
    "railway": {"rail", "light_rail"},
    "highway": NEVER | BIG_ROADS,
}
STEEPEST_STEP_FREE = 1 / 12  # of a ramp for wheelchairs; unverified, see docs/how-we-count.md


class Kind(IntFlag):
    """Properties of an edge of the network."""

    STAIRS = 1  # or another hindrance to a wheelchair: left out of step-free ways
    NO_DOOR = 2  # bridge, tunnel, crossing, stairs, parking aisle: no door opens onto it
    CARRIAGEWAY = 4


def exclusion_reason(tags: Mapping[str, str], *, cycleways: bool) -> str:
    """Empty for a way that people may walk on, else the reason, a key of the import's figures."""
    highway, foot = tags.get("highway", ""), tags.get("foot", "")
    known = CARRIAGEWAYS | FOOTWAYS | CYCLEWAYS | BIG_ROADS
    if highway not in known:
        return "motorway" if highway in NEVER else "not_walkable"
    if foot in CLOSED or (foot not in YES and tags.get("access", "") in CLOSED):
        return "private"
    if foot in YES:
        return ""
    if tags.get("motorroad") == "yes" or (highway in BIG_ROADS and not has_pavement(tags)):
        return "big_road"
    return "cycleway" if highway in CYCLEWAYS and not cycleways else ""


def has_pavement(tags: Mapping[str, str]) -> bool:
    return tags.get("sidewalk") in PAVEMENTS or any(tags.get(side) == "yes" for side in SIDES)


def edge_kind(tags: Mapping[str, str]) -> Kind:
    """The kind of a way that people may walk on."""
    found = Kind(0)
    if not is_step_free(tags):
        is_steps = tags["highway"] == "steps"
        found |= Kind.STAIRS | Kind.NO_DOOR if is_steps else Kind.STAIRS  # a steep street still has doors
    if is_off_the_ground(tags) or is_crossing(tags) or tags.get("service") == "parking_aisle":
        found |= Kind.NO_DOOR
    if tags["highway"] in CARRIAGEWAYS | BIG_ROADS:
        found |= Kind.CARRIAGEWAY
    return found


def is_step_free(tags: Mapping[str, str]) -> bool:
    """By the wheelchair tags where there are any; else without stairs and steep slopes."""
    if "yes" in (tags.get("wheelchair"), tags.get("ramp:wheelchair")):
        return True
    is_steep = abs(read_slope(tags)) > STEEPEST_STEP_FREE
    return not (is_steep or tags["highway"] == "steps" or tags.get("wheelchair") == "no")


def is_crossing(tags: Mapping[str, str]) -> bool:
    values = (tags.get(name) for name in ("footway", "path", "cycleway", "highway"))
    return "crossing" in values


def is_off_the_ground(tags: Mapping[str, str]) -> bool:
    return any(tags.get(name, "no") != "no" for name in ("bridge", "tunnel")) or tags.get("layer", "0") != "0"


def is_barrier(tags: Mapping[str, str]) -> bool:
    if is_off_the_ground(tags):
        return False
    return any(tags.get(name) in values for name, values in BARRIERS.items())


def is_blocking_node(tags: Mapping[str, str]) -> bool:
    """Whether a node on a way is a wall, or a gate that is locked or not for everybody."""
    barrier = tags.get("barrier", "")
    if barrier in WALLS_ON_A_WAY:
        return True
    if barrier not in GATES or tags.get("foot") in YES:
        return False
    return tags.get("locked") == "yes" or tags.get("foot", tags.get("access")) in CLOSED


def read_slope(tags: Mapping[str, str]) -> float:
    """Rise over run where incline=… is a number such as 8 %, 1:12 or 5°, else 0, also for "up" and "down"."""
    text = tags.get("incline", "").replace(" ", "").replace(",", ".")
    try:
        rise, colon, run = text.partition(":")
        if colon:
            return float(rise) / float(run) if float(run) else 0.0
        if text.endswith("%"):
            return float(text[:-1]) / 100
        if text.endswith("°"):
            return float(text[:-1]) / 57.3
    except ValueError:
        pass
    return 0.0

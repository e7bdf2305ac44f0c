"""Reads a street network from an OpenStreetMap file and checks that it is the community's."""

import datetime as dt
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import Community
from circle.walking.build import CROSSING_WAIT_S, build_network
from circle.walking.minutes import straight_line
from circle.walking.network import Network
from circle.walking.osm import Box, UnreadableStreetsError, read_extract

FARTHEST_M = 5_000  # from the community's gate to the streets; farther ones are another town's
SENTENCES = {
    "not_osm": _("This is not an OpenStreetMap file (.osm.pbf or .osm), or it is cut off."),
    "outside_box": _("No street of this file lies in the box, given as west,south,east,north in degrees."),
    "no_way": _("There is no way on foot in this file."),
}


def read_network(
    path: Path,
    *,
    box: Box | None = None,
    cycleways: bool = False,
    crossing_wait_s: int = CROSSING_WAIT_S,
    source_on: dt.date | None = None,
) -> Network:
    """The street network of an OpenStreetMap file.

    Refuses: no_file, not_osm, outside_box, no_way, odd_wait.
    """
    if not path.is_file():
        raise ValidationError(_("There is no file %(path)s."), code="no_file", params={"path": path})
    if crossing_wait_s < 0 or crossing_wait_s % 2:
        sentence = _("The wait at a crossing must be an even number of seconds: half counts on either side.")
        raise ValidationError(sentence, code="odd_wait")
    try:
        extract = read_extract(path, box=box, cycleways=cycleways)
    except UnreadableStreetsError as error:
        raise ValidationError(SENTENCES[error.code], code=error.code) from error
    extract.source_on = source_on or extract.source_on
    return build_network(extract, crossing_wait_s=crossing_wait_s, source=path.name, cycleways=cycleways)


def check_place(network: Network, community: Community) -> None:
    """Refuses: elsewhere (the streets lie more than 5 km from the community's gate)."""
    west, south, east, north = network.bounds()
    longitude, latitude = community.point
    nearest = (min(max(longitude, west), east), min(max(latitude, south), north))
    metres = straight_line(community.point, nearest)
    if metres > FARTHEST_M:
        raise ValidationError(
            _("These streets lie %(km)s km from the community: is it the right file?"),
            code="elsewhere",
            params={"km": round(metres / 1000)},
        )

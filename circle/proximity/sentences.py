"""The quarter hour of a home said in one sentence."""

from django.utils.translation import gettext as _

from circle.models import Dimension
from circle.proximity.nearby import NearbyFacility
from circle.proximity.origins import Origin
from circle.walking.limits import LIMIT_MINUTES


def missing_dimensions(nearest: dict[str, NearbyFacility]) -> list[Dimension]:
    """The dimensions without a place within fifteen minutes."""
    return [
        dimension
        for dimension in Dimension.ten()
        if dimension not in nearest or not nearest[dimension].is_within
    ]


def circle_sentence(origin: Origin, pace: str, missing: list[Dimension]) -> str:
    """The title of the ring: how many of the ten kinds lie within fifteen minutes, in one sentence."""
    values = {"origin": origin.name, "count": 10 - len(missing), "limit": LIMIT_MINUTES}
    if not missing:
        texts = {
            "adult": _("All ten kinds of place lie within %(limit)s minutes' walk of %(origin)s."),
            "elder": _("All ten kinds of place lie within %(limit)s minutes' slow walk of %(origin)s."),
            "pram": _("All ten kinds of place lie within %(limit)s minutes of %(origin)s with a pram."),
            "wheelchair": _(
                "All ten kinds of place lie within %(limit)s minutes of %(origin)s by wheelchair."
            ),
        }
        return texts[pace] % values
    values["missing"] = _(", ").join(str(dimension.label) for dimension in missing)
    texts = {
        "adult": _(
            "%(limit)s minutes' walk from %(origin)s: %(count)s of ten kinds of place. Missing: %(missing)s."
        ),
        "elder": _(
            "%(limit)s minutes' slow walk from %(origin)s: %(count)s of ten kinds of place. "
            "Missing: %(missing)s."
        ),
        "pram": _(
            "%(limit)s minutes from %(origin)s with a pram: %(count)s of ten kinds of place. "
            "Missing: %(missing)s."
        ),
        "wheelchair": _(
            "%(limit)s minutes from %(origin)s by wheelchair: %(count)s of ten kinds of place. "
            "Missing: %(missing)s."
        ),
    }
    return texts[pace] % values

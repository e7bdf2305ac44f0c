"""How far a volunteer lives from an elder, and the rule that says how far is near."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circle.calendar.legal_parameters import rule_value
from circle.models import Building, Resident
from circle.proximity.street_cache import streets_of
from circle.walking.minutes import REACH_MINUTES, estimate_walk
from eldercare.models import Volunteer

NEAR_RULE = "volunteer_near"


def minutes_between(one: Building, other: Building) -> float:
    """On foot over the streets, or as estimated from the straight line where there are none."""
    if one.pk == other.pk:
        return 0.0
    streets = streets_of(one.community)
    if streets is None:
        return estimate_walk(one.point, other.point).minutes("adult")
    walk = streets.walks(one.point, {other.pk: other.point}).get(other.pk)
    minutes = walk.minutes("adult") if walk else None
    return REACH_MINUTES if minutes is None else minutes


def refuse_far(volunteer: Volunteer, resident: Resident, at: dt.datetime) -> None:
    """Refuses: home_unknown (the register names no building of one of them), too_far, rule_missing."""
    # One phone may serve several people of a family; they live under one roof or the nearest roof counts.
    people = Resident.objects.living().filter(login=volunteer.user_id, community=volunteer.community_id)
    people = people.filter(building__isnull=False).select_related("building__community")
    homes = {person.building.pk: person.building for person in people if person.building}
    if not homes or resident.building is None:
        raise ValidationError(
            _("The register does not say where both of them live. Enter the building first."),
            code="home_unknown",
        )
    most = rule_value(NEAR_RULE, "minutes", on=localdate(at))
    if min(minutes_between(home, resident.building) for home in homes.values()) > most:
        raise ValidationError(
            ngettext(
                "The elder lives more than %(minutes)d minute on foot from this volunteer.",
                "The elder lives more than %(minutes)d minutes on foot from this volunteer.",
                most,
            )
            % {"minutes": most},
            code="too_far",
        )

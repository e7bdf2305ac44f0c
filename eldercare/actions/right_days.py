"""From which day somebody has a right, by what the register knows of them."""

import datetime as dt
from collections.abc import Iterable

from circle.models import Resident
from circle.models.guardians import age_in_years
from eldercare.models import CareProfile, RiskTag
from eldercare.models.rights import QUESTIONS, Ability, Facts, Living, Means, Right

ONE_DAY = dt.timedelta(days=1)
Kind = RiskTag.Kind
OF_TAGS: dict[str, str] = {
    Kind.DESTITUTE: Means.DESTITUTE,
    Kind.ALONE: Living.ALONE,
    Kind.EMPTY_NEST: Living.COUPLE,
    Kind.BEREAVED: Living.BEREAVED,
    Kind.DISABLED: Ability.MOST,
    Kind.SEVERE: Ability.CARD,
}
OF_GRADES: dict[int, str] = {
    CareProfile.Grade.ABLE: Ability.ABLE,
    CareProfile.Grade.MILD: Ability.SOME,
    CareProfile.Grade.MODERATE: Ability.SOME,
    CareProfile.Grade.SEVERE: Ability.MOST,
    CareProfile.Grade.TOTAL: Ability.MOST,
}


def birthday(born_on: dt.date, age: int) -> dt.date:
    """On which this age is reached; who is born on 29 February reaches it on 1 March of a common year."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return dt.date(born_on.year + age, 3, 1)


def facts_on(person: Resident, day: dt.date) -> Facts:
    """With tags and profile loaded, without a query."""
    tags = [each for each in person.risk_tags.all() if each.since <= day <= (each.until or day)]
    known = {OF_TAGS[each.kind] for each in tags if each.kind in OF_TAGS}
    profile = getattr(person, "care_profile", None)
    if profile and profile.grade is not None and profile.graded_on <= day:
        known.add(OF_GRADES[profile.grade])
    age = age_in_years(person.born_on, day) if person.born_on else -1
    return Facts(age, frozenset(known), frozenset(QUESTIONS))


def has_right(right: Right, person: Resident, day: dt.date) -> bool:
    terms = right.terms_on(day)
    return terms is not None and person.born_on is not None and terms.holds(facts_on(person, day))


def turning_days(right: Right, person: Resident) -> Iterable[dt.date]:
    """On which the person may begin to have the right."""
    for terms in right.terms.all():
        yield terms.valid_from
        if person.born_on:
            yield birthday(person.born_on, terms.from_age)
    for tag in person.risk_tags.all():
        yield tag.since
    profile = getattr(person, "care_profile", None)
    if profile and profile.graded_on:
        yield profile.graded_on


def begins_within(right: Right, person: Resident, first: dt.date, last: dt.date) -> dt.date | None:
    """The first of these days on which they have it and had it not the day before."""
    days = sorted({day for day in turning_days(right, person) if first <= day <= last})
    for day in days:
        if has_right(right, person, day) and not has_right(right, person, day - ONE_DAY):
            return day
    return None

"""Valid rows of the senior school, on top of tests/make.py."""

import datetime as dt
from typing import Any

from eldercare import actions
from eldercare.models import ClassWaiting, Enrolment, SchoolClass, Term
from tests import make
from tests import make_eldercare as care

AT = make.MORNING
DAY = dt.timedelta(days=1)


def term(**values: Any) -> Term:
    """First come, first served; the window is open for a week, the term begins in ten days."""
    make.belongs(values, community=make.here)
    defaults = {
        "year": 2026,
        "season": "autumn",
        "filling": "first",
        "first_day": (AT + 10 * DAY).date(),
        "last_day": (AT + 80 * DAY).date(),
        "opens_at": AT - DAY,
        "closes_at": AT + 7 * DAY,
    }
    return Term.objects.create(**defaults | values)


def drawn_term(**values: Any) -> Term:
    return term(**{"filling": "draw"} | values)


def school_class(**values: Any) -> SchoolClass:
    """Two places, on Tuesdays from nine to half past ten."""
    make.belongs(values, term=term, facility=lambda: make.facility(hours="8:00-20:00"))
    defaults = make.names("合唱班", "Choir") | {
        "community": values["term"].community,
        "teacher": "老师（测试）",
        "room": "二楼教室",
        "weekday": 1,
        "opens": dt.time(9),
        "closes": dt.time(10, 30),
        "last_join_day": values["term"].first_day + 14 * DAY,
        "capacity": 2,
    }
    return SchoolClass.objects.create(**defaults | values)


def enrolment(*, at: dt.datetime = AT, **values: Any) -> Enrolment:
    """Made by staff on the phone, through the action."""
    make.belongs(values, school_class=school_class)
    community = values["school_class"].community
    make.belongs(values, resident=lambda: care.elder(community=community))
    values.setdefault("by", care.coordinator(community=community))
    return actions.enrol(at=at, **{"via": "phone"} | values)


def waiting(*, at: dt.datetime = AT, **values: Any) -> ClassWaiting:
    """In the line of a full class."""
    make.belongs(values, school_class=lambda: school_class(capacity=0))
    community = values["school_class"].community
    make.belongs(values, resident=lambda: care.elder(community=community))
    values.setdefault("by", care.coordinator(community=community))
    return actions.wait_for_class(at=at, **{"via": "phone"} | values)

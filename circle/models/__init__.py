from circle.models.base import Bilingual
from circle.models.calendar import CalendarDay, CalendarYear
from circle.models.facilities import Closure, Facility, FacilityChange, FacilityKind, OpeningHours
from circle.models.feedback import MissedSearch, PageReport
from circle.models.notices import Notice
from circle.models.people import User
from circle.models.places import Building, Community, Dimension, Grid, Located
from circle.models.searchable import Searchable

__all__ = [
    "Bilingual",
    "Building",
    "CalendarDay",
    "CalendarYear",
    "Closure",
    "Community",
    "Dimension",
    "Facility",
    "FacilityChange",
    "FacilityKind",
    "Grid",
    "Located",
    "MissedSearch",
    "Notice",
    "OpeningHours",
    "PageReport",
    "Searchable",
    "User",
]

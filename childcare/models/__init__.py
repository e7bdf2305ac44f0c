from childcare.models.applications import Application, Health, Paper
from childcare.models.classes import LIMITS, Band, NurseryClass
from childcare.models.days import ChildDay, DayOuting
from childcare.models.limits import ClassLimit
from childcare.models.namesakes import KnownApart
from childcare.models.offers import Offer
from childcare.models.passing import PassedOver
from childcare.models.pickup import PickupPerson
from childcare.models.prices import ClassPrice
from childcare.models.rounds import DrawResult, EntryChild, Round, RoundEntry, RoundPlaces
from childcare.models.seats import Seat, SeatDay, Stay
from childcare.models.tasks import HeadTask
from childcare.models.teachers import ClassTeacher

__all__ = [
    "LIMITS",
    "Application",
    "Band",
    "ChildDay",
    "ClassLimit",
    "ClassPrice",
    "ClassTeacher",
    "DayOuting",
    "DrawResult",
    "EntryChild",
    "HeadTask",
    "Health",
    "KnownApart",
    "NurseryClass",
    "Offer",
    "Paper",
    "PassedOver",
    "PickupPerson",
    "Round",
    "RoundEntry",
    "RoundPlaces",
    "Seat",
    "SeatDay",
    "Stay",
]

from childcare.models.applications import Application, Health, Paper
from childcare.models.classes import LIMITS, Band, NurseryClass
from childcare.models.days import ChildDay, DayOuting
from childcare.models.late import LateEntry
from childcare.models.limits import ClassLimit
from childcare.models.line import LineMove
from childcare.models.namesakes import KnownApart
from childcare.models.offers import Offer
from childcare.models.parents import SecondParent
from childcare.models.passing import PassedOver
from childcare.models.pickup import PickupPerson
from childcare.models.prices import ClassPrice
from childcare.models.ratio import CarerCount, RatioConfirmation
from childcare.models.rounds import DrawResult, EntryChild, Round, RoundEntry, RoundPlaces
from childcare.models.seats import Seat, SeatDay, Stay
from childcare.models.siblings import SiblingGroup
from childcare.models.tasks import HeadTask
from childcare.models.teachers import ClassTeacher
from childcare.models.visit_times import VisitPlan, VisitShift, VisitSlot
from childcare.models.visits import NurseryVisit
from childcare.models.voids import VoidedSecret
from childcare.models.wishes import FurtherWish

__all__ = [
    "LIMITS",
    "Application",
    "Band",
    "CarerCount",
    "ChildDay",
    "ClassLimit",
    "ClassPrice",
    "ClassTeacher",
    "DayOuting",
    "DrawResult",
    "EntryChild",
    "FurtherWish",
    "HeadTask",
    "Health",
    "KnownApart",
    "LateEntry",
    "LineMove",
    "NurseryClass",
    "NurseryVisit",
    "Offer",
    "Paper",
    "PassedOver",
    "PickupPerson",
    "RatioConfirmation",
    "Round",
    "RoundEntry",
    "RoundPlaces",
    "Seat",
    "SeatDay",
    "SecondParent",
    "SiblingGroup",
    "Stay",
    "VisitPlan",
    "VisitShift",
    "VisitSlot",
    "VoidedSecret",
]

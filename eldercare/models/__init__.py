from eldercare.models.bookings import CareBooking, CareBookingQuerySet
from eldercare.models.canteen import (
    Dish,
    MealCharge,
    MealOrder,
    MealPause,
    MealProfile,
    MealSubsidy,
    MenuDay,
    Portion,
    StandingDate,
    StandingOrder,
)
from eldercare.models.care_workers import CareWorker, WorkerShift
from eldercare.models.certificates import Certificate, Skill
from eldercare.models.checks import CareCheck
from eldercare.models.day_care import DayAgreement, DayStay
from eldercare.models.duties import DutyRest, VisitDuty
from eldercare.models.duty_layouts import DutyLayout
from eldercare.models.enrolments import ClassAttendance, ClassWaiting, Enrolment
from eldercare.models.holidays import HolidayLook, HolidayStay
from eldercare.models.kinds import Arrangement, CareKind, CareQuestion
from eldercare.models.prices import CarePrice
from eldercare.models.profiles import CareProfile
from eldercare.models.right_notices import HeldCard, RightNotice
from eldercare.models.rights import Right, RightTerms
from eldercare.models.risk_tags import RiskTag
from eldercare.models.school import ClassSession, SchoolClass, Term
from eldercare.models.series import CareSeries, SeriesDate, SeriesPause
from eldercare.models.service_records import DrawnSignature, ServiceRecord
from eldercare.models.slots import CareShift, CareSlot
from eldercare.models.visits import Visit
from eldercare.models.volunteers import Pairing, Volunteer

__all__ = [
    "Arrangement",
    "CareBooking",
    "CareBookingQuerySet",
    "CareCheck",
    "CareKind",
    "CarePrice",
    "CareProfile",
    "CareQuestion",
    "CareSeries",
    "CareShift",
    "CareSlot",
    "CareWorker",
    "Certificate",
    "ClassAttendance",
    "ClassSession",
    "ClassWaiting",
    "DayAgreement",
    "DayStay",
    "Dish",
    "DrawnSignature",
    "DutyLayout",
    "DutyRest",
    "Enrolment",
    "HeldCard",
    "HolidayLook",
    "HolidayStay",
    "MealCharge",
    "MealOrder",
    "MealPause",
    "MealProfile",
    "MealSubsidy",
    "MenuDay",
    "Pairing",
    "Portion",
    "Right",
    "RightNotice",
    "RightTerms",
    "RiskTag",
    "SchoolClass",
    "SeriesDate",
    "SeriesPause",
    "ServiceRecord",
    "Skill",
    "StandingDate",
    "StandingOrder",
    "Term",
    "Visit",
    "VisitDuty",
    "Volunteer",
    "WorkerShift",
]

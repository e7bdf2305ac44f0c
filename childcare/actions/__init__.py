"""Changes of state in childcare: one verb, one function, one transaction; doing it twice is harmless."""

from childcare.actions.absences import cancel_absence, report_absence
from childcare.actions.checking import send_back, submit, verify
from childcare.actions.children import children_of, guardians_of, look_alikes, pass_on
from childcare.actions.collectors import Collector, collectors_of
from childcare.actions.consents import APPLYING, HEALTH
from childcare.actions.days import arrive, collect, undo, write_day
from childcare.actions.ending import forget_child, forget_in_register, stop_draft, stop_for_child, withdraw
from childcare.actions.filling import fill_child, fill_documents, fill_guardian, fill_health, start
from childcare.actions.leaving import end_stays, leave, stay
from childcare.actions.offers import accept, decline, enrol, lapse_offers, offer, remind
from childcare.actions.teachers import end_class, give_class, hand_over_class

__all__ = [
    "APPLYING",
    "HEALTH",
    "Collector",
    "accept",
    "arrive",
    "cancel_absence",
    "children_of",
    "collect",
    "collectors_of",
    "decline",
    "end_class",
    "end_stays",
    "enrol",
    "fill_child",
    "fill_documents",
    "fill_guardian",
    "fill_health",
    "forget_child",
    "forget_in_register",
    "give_class",
    "guardians_of",
    "hand_over_class",
    "lapse_offers",
    "leave",
    "look_alikes",
    "offer",
    "pass_on",
    "remind",
    "report_absence",
    "send_back",
    "start",
    "stay",
    "stop_draft",
    "stop_for_child",
    "submit",
    "undo",
    "verify",
    "withdraw",
    "write_day",
]

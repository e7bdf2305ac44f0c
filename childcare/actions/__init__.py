"""Changes of state in childcare: one verb, one function, one transaction; doing it twice is harmless."""

from childcare.actions.checking import send_back, submit, verify
from childcare.actions.children import children_of, guardians_of, look_alikes, pass_on
from childcare.actions.consents import APPLYING, HEALTH
from childcare.actions.ending import forget_child, forget_in_register, stop_draft, withdraw
from childcare.actions.filling import fill_child, fill_documents, fill_guardian, fill_health, start
from childcare.actions.offers import accept, decline, enrol, lapse_offers, offer, remind

__all__ = [
    "APPLYING",
    "HEALTH",
    "accept",
    "children_of",
    "decline",
    "enrol",
    "fill_child",
    "fill_documents",
    "fill_guardian",
    "fill_health",
    "forget_child",
    "forget_in_register",
    "guardians_of",
    "lapse_offers",
    "look_alikes",
    "offer",
    "pass_on",
    "remind",
    "send_back",
    "start",
    "stop_draft",
    "submit",
    "verify",
    "withdraw",
]

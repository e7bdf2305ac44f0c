"""Changes of state in childcare: one verb, one function, one transaction; doing it twice is harmless."""

from childcare.actions.applications import (
    APPLYING,
    HEALTH,
    fill_child,
    fill_documents,
    fill_guardian,
    fill_health,
    forget_child,
    send_back,
    start,
    stop_draft,
    submit,
    verify,
    withdraw,
)
from childcare.actions.offers import accept, decline, enrol, lapse_offers, offer, remind

__all__ = [
    "APPLYING",
    "HEALTH",
    "accept",
    "decline",
    "enrol",
    "fill_child",
    "fill_documents",
    "fill_guardian",
    "fill_health",
    "forget_child",
    "lapse_offers",
    "offer",
    "remind",
    "send_back",
    "start",
    "stop_draft",
    "submit",
    "verify",
    "withdraw",
]

"""Changes of state in circle. Each is one function, one transaction; doing it twice is harmless."""

from circle.actions.coverage import recompute_coverage, refresh_coverage
from circle.actions.feedback import (
    MISSED_SEARCHES_KEPT,
    OUTCOME_LENGTH,
    REPORTS_PER_HOUR,
    note_missed_search,
    report_page,
    settle_report,
)
from circle.actions.mandates import give_mandate, revoke_mandate
from circle.actions.messages import (
    put_on_knock_list,
    send_again,
    tell_in_person,
    wish_how_to_be_told,
)
from circle.actions.residents import NAME_LENGTH, find_or_register, register_resident
from circle.actions.sign_in import login_for_phone, send_sign_in_code, sweep_unverified, verify_phone
from circle.actions.walking import adopt_streets, queue_walks

__all__ = [
    "MISSED_SEARCHES_KEPT",
    "NAME_LENGTH",
    "OUTCOME_LENGTH",
    "REPORTS_PER_HOUR",
    "adopt_streets",
    "find_or_register",
    "give_mandate",
    "login_for_phone",
    "note_missed_search",
    "put_on_knock_list",
    "queue_walks",
    "recompute_coverage",
    "refresh_coverage",
    "register_resident",
    "report_page",
    "revoke_mandate",
    "send_again",
    "send_sign_in_code",
    "settle_report",
    "sweep_unverified",
    "tell_in_person",
    "verify_phone",
    "wish_how_to_be_told",
]

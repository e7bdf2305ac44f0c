"""Changes of state in services: one verb, one function, one transaction; doing it twice is harmless."""

from circle.booking.slots import close_slot
from services.actions.attendance import (
    check_in_booking,
    complete_booking,
    excuse_absence,
    record_no_show,
    undo_transition,
)
from services.actions.bookings import book_slot
from services.actions.case_missing import ask_again, send_papers
from services.actions.case_office import (
    accept_case,
    approve_case,
    ask_supplement,
    correct_stop,
    refuse_case,
    stop_clock,
    submit_case,
    supply_papers,
)
from services.actions.case_papers import (
    add_case_photo,
    note_identity,
    pass_paper,
    receive_paper,
    return_paper,
    store_photo,
)
from services.actions.case_requests import (
    assign_case,
    authorise_case,
    check_case,
    request_case,
    withdraw_case,
)
from services.actions.case_results import close_case, hand_over_result, note_case
from services.actions.certificates import issue_certificate, revoke_certificate
from services.actions.changes import cancel_booking, move_booking, revoke_booking
from services.actions.line_clock import tend_line
from services.actions.loans import (
    cancel_loan,
    extend_loan,
    hand_out_aid,
    lend_aid,
    lose_aid,
    reserve_aid,
    return_aid,
    tend_loans,
)
from services.actions.no_shows import object_to_no_show, reject_objection
from services.actions.registers import confirm_entry, end_entry, enter_in_register, revise_entry
from services.actions.reminders import send_reminders, send_second_reminders
from services.actions.repairs import (
    add_repair_photo,
    cancel_repair,
    complete_repair,
    confirm_repair,
    forward_repair,
    link_for,
    report_repair,
)
from services.actions.rooms import release_unused
from services.actions.slots import forget_empty_slots, lay_out_slots, move_places, open_share, reopen_slot
from services.actions.stranded import move_to_like_time
from services.actions.ticket_calls import call_again, call_next, call_ticket
from services.actions.ticket_devices import renew_device_key
from services.actions.ticket_draws import draw_ticket
from services.actions.ticket_news import close_earlier_days
from services.actions.ticket_notes import add_item, name_ticket
from services.actions.ticket_outcomes import (
    finish_ticket,
    give_up_ticket,
    park_ticket,
    return_ticket,
    skip_ticket,
    start_serving,
    transfer_ticket,
)
from services.actions.ticket_pad import enter_pad_number
from services.actions.ticket_ratings import open_ticket_rating, rate_last_visit
from services.actions.time_taken import measure_items
from services.actions.waiting import accept_offer, decline_offer, join_line, leave_line

__all__ = [
    "accept_case",
    "accept_offer",
    "add_case_photo",
    "add_item",
    "add_repair_photo",
    "approve_case",
    "ask_again",
    "ask_supplement",
    "assign_case",
    "authorise_case",
    "book_slot",
    "call_again",
    "call_next",
    "call_ticket",
    "cancel_booking",
    "cancel_loan",
    "cancel_repair",
    "check_case",
    "check_in_booking",
    "close_case",
    "close_earlier_days",
    "close_slot",
    "complete_booking",
    "complete_repair",
    "confirm_entry",
    "confirm_repair",
    "correct_stop",
    "decline_offer",
    "draw_ticket",
    "end_entry",
    "enter_in_register",
    "enter_pad_number",
    "excuse_absence",
    "extend_loan",
    "finish_ticket",
    "forget_empty_slots",
    "forward_repair",
    "give_up_ticket",
    "hand_out_aid",
    "hand_over_result",
    "issue_certificate",
    "join_line",
    "lay_out_slots",
    "leave_line",
    "lend_aid",
    "link_for",
    "lose_aid",
    "measure_items",
    "move_booking",
    "move_places",
    "move_to_like_time",
    "name_ticket",
    "note_case",
    "note_identity",
    "object_to_no_show",
    "open_share",
    "open_ticket_rating",
    "park_ticket",
    "pass_paper",
    "rate_last_visit",
    "receive_paper",
    "record_no_show",
    "refuse_case",
    "reject_objection",
    "release_unused",
    "renew_device_key",
    "reopen_slot",
    "report_repair",
    "request_case",
    "reserve_aid",
    "return_aid",
    "return_paper",
    "return_ticket",
    "revise_entry",
    "revoke_booking",
    "revoke_certificate",
    "send_papers",
    "send_reminders",
    "send_second_reminders",
    "skip_ticket",
    "start_serving",
    "stop_clock",
    "store_photo",
    "submit_case",
    "supply_papers",
    "tend_line",
    "tend_loans",
    "transfer_ticket",
    "undo_transition",
    "withdraw_case",
]

"""Changes of state in the council: one verb, one function, one transaction; doing it twice is harmless."""

from council.actions.action_items import (
    add_action,
    begin_action,
    note_progress,
    report_action,
    return_action,
    verify_action,
)
from council.actions.agenda import AgendaLine, drop_item, publish_agenda, raise_item, save_agenda, save_item
from council.actions.amendments import accept_amendment, ask_amendment, refuse_amendment
from council.actions.answers import answer_for_now, answer_topic, correct_answer, decline_topic
from council.actions.ballots import OptionCount
from council.actions.bodies import end_membership
from council.actions.evaluations import evaluate_topic
from council.actions.handling import (
    acknowledge_topic,
    extend_topic,
    hand_on_topic,
    hide_topic,
    merge_topics,
    refer_topic,
    return_topic,
    withdraw_topic,
)
from council.actions.meetings import (
    cancel_meeting,
    close_call,
    close_meeting,
    move_meeting,
    open_call,
    open_due_calls,
    plan_meeting,
)
from council.actions.member_messages import remind_members
from council.actions.minutes import (
    MINUTES_LENGTH,
    approve_minutes,
    correct_minutes,
    draft_minutes,
    drop_correction,
    publish_minutes,
    return_minutes,
    submit_minutes,
    write_minutes,
)
from council.actions.paper_meetings import PaperItem, enter_paper_meeting
from council.actions.papers import add_paper, remove_paper, remove_paper_everywhere
from council.actions.postings import answer_objection, put_due_in_force, record_objection, uphold_objection
from council.actions.proposals import plan_next_meeting, remove_plan, take_over_items
from council.actions.redaction import ask_redaction, redact_minutes, refuse_redaction
from council.actions.replies import assign_topic, reply_as_firm
from council.actions.resolutions import annul_resolution, defer_item, note_item, record_resolution
from council.actions.roll import Mark, record_attendance
from council.actions.sessions import end_session, open_session, set_session_times
from council.actions.successors import adjourn_meeting
from council.actions.supports import begin_signing, signed_households, support_topic
from council.actions.topic_stations import move_due_dates
from council.actions.topics import Facts, Outside, accept_topic, submit_topic
from council.actions.waivers import add_late_item, record_waiver

__all__ = [
    "MINUTES_LENGTH",
    "AgendaLine",
    "Facts",
    "Mark",
    "OptionCount",
    "Outside",
    "PaperItem",
    "accept_amendment",
    "accept_topic",
    "acknowledge_topic",
    "add_action",
    "add_late_item",
    "add_paper",
    "adjourn_meeting",
    "annul_resolution",
    "answer_for_now",
    "answer_objection",
    "answer_topic",
    "approve_minutes",
    "ask_amendment",
    "ask_redaction",
    "assign_topic",
    "begin_action",
    "begin_signing",
    "cancel_meeting",
    "close_call",
    "close_meeting",
    "correct_answer",
    "correct_minutes",
    "decline_topic",
    "defer_item",
    "draft_minutes",
    "drop_correction",
    "drop_item",
    "end_membership",
    "end_session",
    "enter_paper_meeting",
    "evaluate_topic",
    "extend_topic",
    "hand_on_topic",
    "hide_topic",
    "merge_topics",
    "move_due_dates",
    "move_meeting",
    "note_item",
    "note_progress",
    "open_call",
    "open_due_calls",
    "open_session",
    "plan_meeting",
    "plan_next_meeting",
    "publish_agenda",
    "publish_minutes",
    "put_due_in_force",
    "raise_item",
    "record_attendance",
    "record_objection",
    "record_resolution",
    "record_waiver",
    "redact_minutes",
    "refer_topic",
    "refuse_amendment",
    "refuse_redaction",
    "remind_members",
    "remove_paper",
    "remove_paper_everywhere",
    "remove_plan",
    "reply_as_firm",
    "report_action",
    "return_action",
    "return_minutes",
    "return_topic",
    "save_agenda",
    "save_item",
    "set_session_times",
    "signed_households",
    "submit_minutes",
    "submit_topic",
    "support_topic",
    "take_over_items",
    "uphold_objection",
    "verify_action",
    "withdraw_topic",
    "write_minutes",
]

"""Changes of state in circle. Each is one function, one transaction; doing it twice is harmless."""

from circle.actions.acting_bans import lift_refusal, refuse_acting
from circle.actions.alarm_clock import escalate_alarms
from circle.actions.alarms import (
    acknowledge_alarm,
    call_for_help,
    close_alarm,
    note_alarm,
    raise_alarm,
    settle_alarm,
)
from circle.actions.children import add_own_child, register_child
from circle.actions.communities import invite_director, open_community
from circle.actions.consents import consent_missing_error, has_consent, require_consent, withdraw_consent
from circle.actions.coverage import recompute_coverage, refresh_coverage
from circle.actions.deaths import report_death, sweep_after_deaths, take_back_death
from circle.actions.erasure_requests import ask_erasure, refuse_erasure, take_back_erasure
from circle.actions.erasures import anonymise_resident, erase_resident
from circle.actions.groups import post_to_group
from circle.actions.guardians import add_guardian, end_guardianship
from circle.actions.handover import hand_over
from circle.actions.in_person import reassign_in_person_message, record_in_person_outcome
from circle.actions.mandates import (
    authorise_staff,
    confirm_mandate,
    give_mandate,
    offer_mandate,
    revoke_mandate,
)
from circle.actions.merges import merge_residents
from circle.actions.message_addresses import confirm_address, send_address_codes
from circle.actions.message_preferences import set_message_preference
from circle.actions.messages import queue_in_person_message, send_again
from circle.actions.missed_searches import MISSED_SEARCHES_LIMIT, note_missed_search
from circle.actions.moves import move_in, move_out
from circle.actions.notices import expire_notices, pin_notice, publish_notice, unpin_notice, withdraw_notice
from circle.actions.outages import Reach, reach_of, tell_who_is_hit
from circle.actions.pass_use import sweep_passes, use_pass
from circle.actions.passes import give_pass
from circle.actions.phone_doubts import doubt_if_unused, release_number, settle_doubt
from circle.actions.phone_logins import forget_factors, login_for_phone, sweep_unverified, verify_phone
from circle.actions.phone_numbers import change_phone, end_sessions
from circle.actions.posts import end_post, give_post, remove_second_factor
from circle.actions.ratings import (
    answer_rating,
    ask_for_ratings,
    call_back_about_rating,
    give_rating,
    open_rating,
)
from circle.actions.reports import (
    OUTCOME_LENGTH,
    REPORTS_PER_HOUR,
    report_page,
    settle_report,
)
from circle.actions.residents import NAME_LENGTH, find_or_register, register_resident
from circle.actions.reveals import reveal_number
from circle.actions.scenarios import SCENARIOS_PER_DAY, save_scenario
from circle.actions.sign_in import send_sign_in_code
from circle.actions.surveys import answer_survey, count_sheets, open_survey, open_surveys
from circle.actions.walking import adopt_streets, queue_walks
from circle.actions.wechat import connect_wechat, disconnect_wechat, login_of_wechat

__all__ = [
    "MISSED_SEARCHES_LIMIT",
    "NAME_LENGTH",
    "OUTCOME_LENGTH",
    "REPORTS_PER_HOUR",
    "SCENARIOS_PER_DAY",
    "Reach",
    "acknowledge_alarm",
    "add_guardian",
    "add_own_child",
    "adopt_streets",
    "anonymise_resident",
    "answer_rating",
    "answer_survey",
    "ask_erasure",
    "ask_for_ratings",
    "authorise_staff",
    "call_back_about_rating",
    "call_for_help",
    "change_phone",
    "close_alarm",
    "confirm_address",
    "confirm_mandate",
    "connect_wechat",
    "consent_missing_error",
    "count_sheets",
    "disconnect_wechat",
    "doubt_if_unused",
    "end_guardianship",
    "end_post",
    "end_sessions",
    "erase_resident",
    "escalate_alarms",
    "expire_notices",
    "find_or_register",
    "forget_factors",
    "give_mandate",
    "give_pass",
    "give_post",
    "give_rating",
    "hand_over",
    "has_consent",
    "invite_director",
    "lift_refusal",
    "login_for_phone",
    "login_of_wechat",
    "merge_residents",
    "move_in",
    "move_out",
    "note_alarm",
    "note_missed_search",
    "offer_mandate",
    "open_community",
    "open_rating",
    "open_survey",
    "open_surveys",
    "pin_notice",
    "post_to_group",
    "publish_notice",
    "queue_in_person_message",
    "queue_walks",
    "raise_alarm",
    "reach_of",
    "reassign_in_person_message",
    "recompute_coverage",
    "record_in_person_outcome",
    "refresh_coverage",
    "refuse_acting",
    "refuse_erasure",
    "register_child",
    "register_resident",
    "release_number",
    "remove_second_factor",
    "report_death",
    "report_page",
    "require_consent",
    "reveal_number",
    "revoke_mandate",
    "save_scenario",
    "send_address_codes",
    "send_again",
    "send_sign_in_code",
    "set_message_preference",
    "settle_alarm",
    "settle_doubt",
    "settle_report",
    "sweep_after_deaths",
    "sweep_passes",
    "sweep_unverified",
    "take_back_death",
    "take_back_erasure",
    "tell_who_is_hit",
    "unpin_notice",
    "use_pass",
    "verify_phone",
    "withdraw_consent",
    "withdraw_notice",
]

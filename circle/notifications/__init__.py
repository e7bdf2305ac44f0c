"""The outbox: `notify` writes a row in the transaction of the event, `send_messages` sends it later.

Nobody is notified twice of the same thing (`dedupe` is unique), and nothing is lost: a row whose sender died
is sent again after its lease, under the same dedupe id, so that a gateway can drop the second copy.
"""

from circle.notifications.channels import phone_of
from circle.notifications.events import Event, message_events
from circle.notifications.groups import (
    GROUP_EVENTS,
    group_text_of,
    is_public,
    queue_post,
    robot_of,
    share_of_closure,
    share_of_notice,
)
from circle.notifications.outbox import (
    SECRET_LIFETIME,
    Value,
    can_be_notified,
    drop_messages,
    notify,
    wipe_old_secrets,
)
from circle.notifications.quiet import community_quiet_hours
from circle.notifications.sending import BACK_OFF, BATCH, LEASE, give_up, send_messages, send_one
from circle.notifications.still_true import drop_untrue_in_person_messages, find_untrue
from circle.notifications.texts import short_text_of, text_of, wording_to_submit

__all__ = [
    "BACK_OFF",
    "BATCH",
    "GROUP_EVENTS",
    "LEASE",
    "SECRET_LIFETIME",
    "Event",
    "Value",
    "can_be_notified",
    "community_quiet_hours",
    "drop_messages",
    "drop_untrue_in_person_messages",
    "find_untrue",
    "give_up",
    "group_text_of",
    "is_public",
    "message_events",
    "notify",
    "phone_of",
    "queue_post",
    "robot_of",
    "send_messages",
    "send_one",
    "share_of_closure",
    "share_of_notice",
    "short_text_of",
    "text_of",
    "wipe_old_secrets",
    "wording_to_submit",
]

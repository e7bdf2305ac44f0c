"""Messages in every state: in quiet hours, refused by a gateway, delivered in person or not."""

import datetime as dt

from django.utils import timezone

from circle.actions import record_in_person_outcome, set_message_preference
from circle.demo.staff import demo_clerk
from circle.models import Community, Message, Resident
from circle.notifications import LEASE, Value, give_up, notify, send_one
from services.models import Booking

HOUR = dt.timedelta(hours=1)
SLEEPER, UNREACHABLE = "何小姐（演示）", "吴先生（演示）"
Outcome = Message.Outcome


def load_messages(community: Community) -> None:
    """Once: afterwards the staff who try the demo decide what becomes of them."""
    now = timezone.now()
    if Message.objects.filter(community=community, dedupe__startswith="demo:").exists():
        return
    add_delayed_message(community, now)
    add_refused_message(community, now)
    deliver_in_person_messages(community, now)


def find_person(community: Community, name: str) -> Resident:
    return Resident.objects.select_related("login").get(community=community, name=name)


def add_reminder(community: Community, resident: Resident, key: str, at: dt.datetime) -> Message:
    """Of a booking that is there, whoever made it: names and times are invented anyway."""
    bookings = Booking.objects.filter(community=community).select_related("item", "slot")
    booking = bookings.latest("slot__starts_at")
    values: dict[str, Value] = {
        "code": booking.code,
        "starts_at": booking.slot.starts_at,
        "item": booking.item.name_pair,
        "place": (community.name_zh, community.name_en),
    }
    dedupe = f"demo:{key}"
    event = "booking_reminder"
    notify(event=event, community=community, resident=resident, at=at, dedupe=dedupe, values=values)
    return Message.objects.get(dedupe=dedupe)


def add_delayed_message(community: Community, now: dt.datetime) -> None:
    """She works at night and wants to sleep for some hours from now on."""
    sleeper, local = find_person(community, SLEEPER), timezone.localtime(now)
    set_message_preference(
        resident=sleeper,
        first_channel=Message.Channel.SMS,
        language=sleeper.language,
        quiet_from=(local - HOUR).time().replace(second=0, microsecond=0),
        quiet_to=(local + 6 * HOUR).time().replace(second=0, microsecond=0),
        at=now,
        by=sleeper.login or demo_clerk(community),
    )
    # She alone: what else is due may have a real gateway before it.
    letter = add_reminder(community, sleeper, "waiting", now)
    send_one(letter.pk, now, now + LEASE, also_at_night=False)


def add_refused_message(community: Community, now: dt.datetime) -> None:
    """What a vendor's gateway has answered to it."""
    letter = add_reminder(community, find_person(community, UNREACHABLE), "refused", now - 2 * HOUR)
    Message.objects.filter(pk=letter.pk).update(status=Message.Status.SENDING, attempts=1)
    letter.refresh_from_db()
    give_up(letter, "isv.MOBILE_NUMBER_ILLEGAL")


def deliver_in_person_messages(community: Community, now: dt.datetime) -> None:
    """One of the oldest in-person messages for each outcome of a home visit."""
    clerk = demo_clerk(community)
    waiting = Message.objects.awaiting_in_person().filter(community=community).order_by("created_at", "id")
    for message, outcome in zip(waiting[:3], Outcome.values, strict=False):
        record_in_person_outcome(message=message, at=now - HOUR, by=clerk, outcome=outcome)

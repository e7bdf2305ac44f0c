"""The addresses of a hall's kiosk and entrance display, which have no login."""

import datetime as dt

from django.db import transaction

from circle.audit.log import record
from circle.models import User
from services.models import TicketHall
from services.models.ticket_halls import new_device_key


@transaction.atomic
def renew_device_key(*, hall: TicketHall, at: dt.datetime, by: User) -> TicketHall:
    """The old addresses lead nowhere from now on: after a device was lost, or its address got about."""
    hall.device_key = new_device_key()
    hall.save(update_fields=["device_key"])
    record(verb="device_key_renewed", subject=hall, community=hall.community_id, at=at, actor=by)
    return hall

"""When bookings of any app are reminded of."""

import datetime as dt

from circle.calendar.working_days import SHANGHAI

REMINDED_FROM = dt.time(16)  # the day before, when elders are back from their walk and awake


def day_to_remind(at: dt.datetime) -> dt.date | None:
    """Tomorrow from REMINDED_FROM on; before it None."""
    local = at.astimezone(SHANGHAI)
    return local.date() + dt.timedelta(days=1) if local.time() >= REMINDED_FROM else None

"""Leaves a channel alone for a while that has failed twice in a row, so that the other messages go out."""

import datetime as dt

FAULTS_IN_A_ROW = 2
PAUSE = dt.timedelta(minutes=1)


class Pauses:
    """Of one sender, as long as it runs; a second sender finds out for itself."""

    def __init__(self) -> None:
        self.faults: dict[str, int] = {}
        self.ends: dict[str, dt.datetime] = {}

    def end_of(self, channel: str, at: dt.datetime) -> dt.datetime | None:
        """When the channel may be tried again; None while nothing is held against it."""
        end = self.ends.get(channel)
        return end if end and end > at else None

    def note(self, channel: str, *, failed: bool, at: dt.datetime) -> None:
        self.faults[channel] = self.faults.get(channel, 0) + 1 if failed else 0
        if self.faults[channel] >= FAULTS_IN_A_ROW:
            self.ends[channel] = at + PAUSE

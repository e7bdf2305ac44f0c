"""Events in circle to which the upper apps react."""

from django.dispatch import Signal

# A closure was entered or changed: sent with closure= and at=, in the transaction that saves it. A receiver
# returns (sentence, address) to be shown to whoever saved it, or None.
facility_closed = Signal()

# Opening hours, holidays, the end of a closure or whether a place is published were changed: sent with
# facility= (None: a holiday, which concerns all places) and at=, in the transaction that saves it. A receiver
# lays its slots out anew and returns (sentence, address) of what no longer takes place, or None.
timetable_changed = Signal()

# Somebody has died: sent with resident=, at= and by=, in the transaction that records it, and again by `tick`
# in the days after, so that what was booked in the same moment is cancelled as well. A receiver cancels open
# matters without notifying anybody, and returns (sentence, address) of what is left to do, or None.
resident_died = Signal()
# A consent was withdrawn: sent with consent=, via=, at= and by=, in the transaction that withdraws it.
# A receiver ends or deletes what depends on it.
consent_withdrawn = Signal()

# Two rows of one person become one: sent with kept=, duplicate= and at=, in the transaction that moves the
# rows, before it does. A receiver drops what both have and of which there can be only one.
residents_merging = Signal()

# An alarm was closed: sent with alarm=, at=, by= and words= (how the person is), in the transaction that
# closes it. A receiver settles the matters that raised it.
alarm_closed = Signal()

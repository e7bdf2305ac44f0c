"""Events in circle that the apps above may want to know of."""

from django.dispatch import Signal

# A closure was entered or changed: sent with closure= and at=, in the transaction that saves it. A receiver
# answers with (sentence, address) for whoever saved it to read and follow, or with None.
facility_closed = Signal()

# Somebody has died: sent with resident=, at= and by=, in the transaction that keeps it, and again by `tick`
# in the days after, so that what was booked in the same moment stops as well. A receiver stops what stands,
# without a word to the dead, and answers with (sentence, address) of what is left to see to, or with None.
resident_died = Signal()
# A consent was withdrawn: sent with consent=, via=, at= and by=, in the transaction that withdraws it.
# A receiver ends or wipes what rests on it.
consent_withdrawn = Signal()

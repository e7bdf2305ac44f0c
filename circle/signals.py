"""Events in circle that the apps above may want to know of."""

from django.dispatch import Signal

# A closure was entered or changed: sent with closure= and at=, in the transaction that saves it. A receiver
# answers with (sentence, address) for whoever saved it to read and follow, or with None.
facility_closed = Signal()

"""libfaketime refuses the absolute sleeps of Python 3.11 where the monotonic clock is left alone (0.9.10)."""

import select
import time

time.sleep = lambda seconds: select.select([], [], [], seconds)

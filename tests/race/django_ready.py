"""Django, set up: what the fork server of tests/race/children.py imports once for all children."""

import django
import pytest  # noqa: F401 - where it is loaded, circle.settings takes the keys of a test run

django.setup()

from circle import urls  # noqa: E402, F401 - and with them every view

"""Pages read stored minutes and search by heapq: scipy and osmium are for commands alone."""

import subprocess
import sys

from django.conf import settings

SERVES_PAGES = """
import circle.wsgi, sys
from django.urls import get_resolver
get_resolver().url_patterns
from circle import admin
from circle.proximity import nearby, street_cache, walk_times
print(sorted({"numpy", "osmium", "scipy"} & set(sys.modules)))
"""


def test_a_process_that_serves_pages_loads_no_batch_engine(monkeypatch):
    monkeypatch.setenv("DEBUG", "on")
    command = [sys.executable, "-c", SERVES_PAGES]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

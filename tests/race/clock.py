"""The clock of a server's processes, moved by libfaketime while they run."""

import time
from pathlib import Path

from tests.browser.demo_site import ROOT

AHEAD, BACK = "+1d", "+0"
AWAY_SECONDS = 3
READ_EVERY = 1  # seconds
# Under libfaketime (0.9.10) a timed wait on a condition ends at once, so threads that wait for the lock of
# the interpreter turn round and round, and a booking takes seconds: as many processes of one thread instead.
WITHOUT_THREADS = ["--workers=8", "--threads=1"]


def find_libfaketime() -> Path | None:
    """Where Debian and Ubuntu have it; CI installs it."""
    for where in ("/usr/lib", "/usr/local/lib"):
        for found in sorted(Path(where).glob("**/faketime/libfaketime.so.1")):
            return found
    return None


class Clock:
    """Of processes that are begun with its environment; their timeouts and their files keep their time."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.file.write_text(BACK)
        self.library = find_libfaketime()

    @property
    def options(self) -> list[str]:
        """Those of the server of gunicorn."""
        return WITHOUT_THREADS if self.library else []

    def environment(self) -> dict[str, str]:
        if self.library is None:
            return {}
        return {
            "LD_PRELOAD": str(self.library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": str(READ_EVERY),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            "PYTHONPATH": str(ROOT / ".ci/faketime"),
        }

    def jump(self) -> bool:
        """A day ahead, and back after some seconds; False where there is no libfaketime."""
        if self.library is None:
            return False
        self.file.write_text(AHEAD)
        time.sleep(AWAY_SECONDS)
        self.file.write_text(BACK)
        return True

"""A progress bar for commands."""

from typing import Any


class ProgressBar:
    """One line that fills on a terminal; a line for each tenth in a log."""

    def __init__(self, out: Any, total: int, what: str) -> None:
        self.out, self.total, self.what = out, max(1, total), what
        self.is_terminal = out.isatty()
        self.tenths = -1

    def show(self, done: int, now: str = "") -> None:
        tenths = 10 * done // self.total
        if self.is_terminal:
            line = f"\r{self.what} [{'#' * tenths:.<10}] {done}/{self.total} {now:40.40}"
            self.out.write(line, ending="\n" if done >= self.total else "")
            self.out.flush()
        elif tenths > self.tenths:
            self.out.write(f"{self.what} {done}/{self.total} {now}".rstrip())
        self.tenths = tenths

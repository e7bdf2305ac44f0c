"""CPU of the workers for each page behind gunicorn, as a multiple of the empty view, beside its target.

    make bench        (or: python bench/served.py [rounds])

Two sync workers, a new connection for each request. Their CPU is read from /proc/PID/task/*/schedstat, so
other work on the machine does not count. Each page's burst lies between two bursts of /healthz, and its ratio
is to their mean; printed are median and spread of the rounds. "anew": each time with an address of its own
(?n=…), so that no whole page is kept, while parts are; "kept": the same address again, with a cookie of
another site. Then the memory (PSS) of each worker, and the CPU of `import circle.wsgi` in a fresh process.
"""

import http.client
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from fresh import ROOT, SETTINGS, start

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
BURST = 20
PORT = 8039
KEPT_TARGET = 2.5
MEMORY_TARGET, START_TARGET = 80, 1.1  # MB of a worker, seconds of CPU
TARGETS = {
    "/": 10,
    "/circle/": 12,
    "/services/": 14,
    "/services/EL02/": 15,
    "/circle/hall/": 15,
    "/settings/": 8,
    "/council/": 15,
    "/eldercare/": 12,
    "/childcare/": 12,
}
BOOTED = re.compile(r"Booting worker with pid: (\d+)")
numbers = count()


class Server:
    def __init__(self, folder: str) -> None:
        self.log = Path(folder, "gunicorn.log")
        where = [
            f"--bind=127.0.0.1:{PORT}",
            "--workers=2",
            f"--worker-tmp-dir={folder}",
            "--no-control-socket",
        ]
        command = [sys.executable, "-m", "gunicorn", "circle.wsgi", "--workers=2", *where]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        for _try in range(600):
            try:
                self.ask("/healthz")
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(2)  # the second worker
        self.workers = [
            int(pid) for pid in re.findall(r"Booting worker with pid: (\d+)", self.log.read_text())
        ]

    def ask(self, path: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        headers = {"Host": "bench", "Cookie": "of_another_site=1", "Accept-Encoding": "gzip"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")

    def cpu(self) -> float:
        """Milliseconds of both workers since they began."""
        files = [file for pid in self.workers for file in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(int(file.read_text().split()[0]) for file in files) / 1e6

    def burst(self, path: str, *, anew: bool) -> float:
        before = self.cpu()
        for _ask in range(BURST):
            self.ask(f"{path}?n={next(numbers)}" if anew else path)
        return (self.cpu() - before) / BURST

    def memory(self) -> list[float]:
        found = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.workers]
        return [int(re.findall(r"^Pss:\s+(\d+)", each, re.MULTILINE)[0]) / 1024 for each in found]


def start_cpu() -> float:
    """Seconds of `import circle.wsgi` in a process of its own, with compiled files."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "import circle.wsgi"], cwd=ROOT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def shown(figures: list[float]) -> str:
    return f"{statistics.median(figures):6.1f} ({min(figures):5.1f}–{max(figures):5.1f})"


def measure(server: Server) -> None:
    ratios: dict[tuple[str, bool], list[float]] = {
        (path, anew): [] for path in TARGETS for anew in (True, False)
    }
    empties = []
    for path in TARGETS:  # both workers have seen each page
        server.burst(path, anew=False)
    for _round in range(ROUNDS):
        before = server.burst("/healthz", anew=False)
        for path, anew in ratios:
            took, after = server.burst(path, anew=anew), server.burst("/healthz", anew=False)
            ratios[path, anew].append(2 * took / (before + after))
            empties.append(before)
            before = after
    print(f"empty view {shown(empties)} ms of CPU, {ROUNDS} rounds of {BURST}")
    for path, target in TARGETS.items():
        kept, anew = shown(ratios[path, False]), shown(ratios[path, True])
        print(f"  {path:18} anew {anew} × (target {target})   kept {kept} × (target {KEPT_TARGET})")
    print(f"  PSS of the workers {[round(each) for each in server.memory()]} MB (target {MEMORY_TARGET})")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from django.core.management import call_command

        call_command("load_demo", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        os.environ["ALLOWED_HOSTS"] = SETTINGS["ALLOWED_HOSTS"]
        server = Server(folder)
        try:
            measure(server)
        finally:
            server.process.terminate()
            server.process.wait()
        starts = [start_cpu() for _round in range(ROUNDS)]
        print(f"  import circle.wsgi {shown(starts)} s of CPU (target {START_TARGET})")


if __name__ == "__main__":
    main()

"""Server CPU of each page as a multiple of an empty view, and search over 5,400 items, all in one run.

    make bench        (or: python bench/pages.py [rounds])

The empty view is /healthz behind the same middleware. Pages are asked through the WSGI handler, so neither a
network nor a load generator is in the figures. Every round measures every page once; printed are the ratio's
median and its spread over the rounds, because the machine under it is never quiet. "built" is a page rendered
from the database; "kept" is the same page while the stamp of the town stands (circle/web/page_cache.py).
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO

from fresh import ROOT, SETTINGS

sys.path.insert(0, str(ROOT))
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 7
REPEATS = 20
ITEMS = 5400
PAGES = {
    "/": "home",
    "/services/": "catalogue, 54 items",
    "/services/?q=gljt": "catalogue search",
    "/services/EL02/": "item",
    "/circle/": "circle, 48 places",
    "/circle/hall/": "facility",
    "/search/?q=yaofang": "header search",
    "/settings/": "settings form",
    "/notices/": "notices",
    "/sign-in/": "sign-in",
    "/eldercare/entitled/": "four questions",
    "/services/loans/": "aids to borrow",
    "/ratings/": "ratings",
    "/api/hsds/services": "open catalogue, 54 items",
    "/api/hsds/services?full=true": "open catalogue, 54 items whole",
}


def start(folder: str) -> Callable[..., bytes]:
    """Set up Django on a fresh demo database; returns a function that asks for a path."""
    os.environ |= SETTINGS | {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
    from django.conf import settings
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    for command in (["migrate", "-v0"], ["createcachetable"], ["compile_translations"], ["load_demo"]):
        call_command(*command, **({} if command[0] == "migrate" else {"verbosity": 0}))
    call_command("collectstatic", interactive=False, verbosity=0)

    def ask(path: str, *, built: bool = True) -> bytes:
        address, _, query = path.partition("?")
        status = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": query, "SERVER_NAME": "bench",
            "SERVER_PORT": "80", "HTTP_HOST": "bench", "wsgi.input": BytesIO(), "wsgi.url_scheme": "http",
        }  # fmt: skip
        settings.KEEP_PAGES = not built
        answer = application(environ, lambda line, headers, exc_info=None: status.append(line))
        body = b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise SystemExit(f"{path} answered {status[0]}")
        return body

    return ask


def cpu(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """CPU milliseconds of this process for one call."""
    work()
    began = time.process_time()
    for _ in range(repeats):
        work()
    return (time.process_time() - began) / repeats * 1000


def grow() -> None:
    """Copies of the demo's items until there are 5,400, each with a name of its own."""
    from services.models import ServiceItem

    items = list(ServiceItem.objects.order_by("pk"))
    copies = []
    for number in range(ITEMS - len(items)):
        item = items[number % len(items)]
        copies.append(
            ServiceItem(
                **{
                    field.attname: getattr(item, field.attname)
                    for field in ServiceItem._meta.concrete_fields
                    if field.attname not in ("id", "code")
                },
                code=f"X{number}",
            )
        )
    ServiceItem.objects.bulk_create(copies, batch_size=500)


def screen_of_hall() -> str:
    from services.models import TicketHall

    hall = TicketHall.objects.select_related("facility").order_by("pk")[0]
    return f"/services/screen/{hall.facility.short_code}/"


def table(ask: Callable[..., bytes], pages: dict[str, str]) -> None:
    built: dict[str, list[float]] = {path: [] for path in pages}
    kept: dict[str, list[float]] = {path: [] for path in pages}
    empties = []
    for _ in range(ROUNDS):
        empty = cpu(lambda: ask("/healthz"), REPEATS * 5)
        empties.append(empty)
        for path in pages:
            built[path].append(cpu(partial(ask, path)) / empty)
            kept[path].append(cpu(partial(ask, path, built=False)) / empty)
    middle, low, high = spread(empties)
    print(f"empty view {middle:.2f} ms CPU ({low:.2f}–{high:.2f}), {ROUNDS} rounds")
    for path, name in pages.items():
        middle, low, high = spread(built[path])
        print(
            f"  built {middle:6.1f} × ({low:5.1f}–{high:5.1f})  kept {spread(kept[path])[0]:5.1f} ×"
            f"  {len(ask(path)) / 1024:6.1f} KB  {path:28} {name}"
        )


def spread(figures: list[float]) -> tuple[float, float, float]:
    return statistics.median(figures), min(figures), max(figures)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ask = start(folder)
        table(ask, PAGES | {screen_of_hall(): "numbers called"})
        grow()
        print(f"with {ITEMS} items in the catalogue")
        table(ask, {
            "/services/": "first page of 90",
            "/services/?q=gljt": "initials, 100 hits",
            "/services/?q=%E7%94%B3%E8%AF%B7": "申请, thousands of hits",
            "/services/?q=qzxwq": "nothing found",
            "/api/hsds/services?per_page=100": "open catalogue, 100 items",
        })  # fmt: skip


if __name__ == "__main__":
    main()

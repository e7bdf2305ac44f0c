"""What every browser test shares: the Chromium, the four looks, and an ear for everything that goes wrong."""

import gzip
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

HERE = Path(__file__).resolve().parent
AXE = HERE / "vendor" / "axe.min.js"
# The look cookie as circle.web.display_preferences.DisplayPreferences writes it.
LOOKS = {
    "light": "theme=light",
    "dark": "theme=dark",
    "elder": "size=elder&theme=light",
    "contrast": "contrast=high",
}
TARGETS = {"elder": 60}  # px; 44 in the other looks
NARROW, WIDE, NARROWEST = 390, 1366, 320
HEIGHT = 844
TIMEOUT_MS = 8000
HTML_LANG = {"zh": "zh-Hans", "en": "en"}
# axe leaves this rule of WCAG 2.2 off unless it is asked for.
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
REPORT_CSP = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error("CSP", event.violatedDirective, event.blockedURI));"""


def chromium() -> str | None:
    """The system's browser: the variable CHROMIUM, or what stands on the path. Never a downloaded one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


# A passkey belongs to a name, never to an address: so localhost as well.
OWN_MACHINE_ONLY = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=chromium(),
        # A shifted clock (.ci/dates.py) is for Python and SQLite; under libfaketime Chromium loads no page.
        env={name: value for name, value in os.environ.items() if name != "LD_PRELOAD"},
        args=["--no-sandbox", "--disable-gpu", f"--host-resolver-rules={OWN_MACHINE_ONLY}"],
    )


@dataclass
class Watch:
    """Collects what must not happen on a page: console errors, refusals of the CSP, foreign origins."""

    origin: str
    faults: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    forgiven: tuple[str, ...] = ()  # parts of console messages that belong to the case, such as "422"

    def listen(self, page: Page) -> None:
        page.add_init_script(REPORT_CSP)
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self.request)
        page.on("response", self.response)

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in self.forgiven):
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.responses.clear()  # what the page before still asked for is not this page's
        self.responses.append(response)

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.faults.append(f"foreign origin: {request.url}")

    def axe(self, page: Page) -> list[str]:
        """What axe finds. The inline styles that axe itself tries out, and the CSP refuses, do not count."""
        heard = len(self.faults)
        found = axe_faults(page)
        del self.faults[heard:]
        return found

    def weights(self) -> list[tuple[str, int]]:
        """(path, bytes as production sends them) of everything that the page at hand loaded."""
        return [
            (urlsplit(response.url).path, weight(response))
            for response in self.responses
            if response.url.startswith("http") and not 300 <= response.status < 400
        ]


def weight(response: Response) -> int:
    """Pictures travel as they are, all else with gzip, as the web server in front of the portal does it."""
    body = short_form(urlsplit(response.url).path) or response.body()
    is_packed = response.headers.get("content-type", "").startswith(("image/png", "image/jpeg", "image/webp"))
    return len(body) if is_packed else len(gzip.compress(body, 6, mtime=0))


def short_form(path: str) -> bytes | None:
    """With DEBUG the back office sends jQuery and the like in full; count the .min.js of production."""
    if not path.startswith("/static/admin/js/vendor/"):
        return None
    file = (Path(admin.__file__).parent / path.lstrip("/")).with_suffix(".min.js")
    return file.read_bytes() if file.exists() else None


def options(width: int, **more: Any) -> dict[str, Any]:
    """Of a new browser context, `width` px wide."""
    return {
        "viewport": {"width": width, "height": HEIGHT},
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "color_scheme": "light",
        "reduced_motion": "reduce",
    } | more


def wear(context: BrowserContext, origin: str, cookie: str) -> None:
    """Set the look cookie, such as LOOKS["elder"]."""
    context.add_cookies([{"name": "look", "value": cookie, "url": origin}])


@dataclass
class Seat:
    """A page that many tests of one worker use in turn: opening a new one costs more than a visit."""

    page: Page
    watch: Watch

    def taken(self, width: int, cookie: str = "") -> tuple[Page, Watch]:
        """At this width, wearing this look, with nothing heard yet; who is signed in stays so."""
        self.page.unroute_all()
        self.page.wait_for_load_state()  # the test before may have left in the middle of a page
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.context.clear_cookies(name="look")
        if cookie:
            wear(self.page.context, self.watch.origin, cookie)
        self.watch.faults.clear()
        self.watch.responses.clear()
        return self.page, self.watch


def seated(browser: Browser, origin: str, state: Any = None) -> Seat:
    """A seat whose every visit is a first one: the cache is off. `state` holds the cookies of a sign-in."""
    context = browser.new_context(base_url=origin, storage_state=state, **options(WIDE))
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.add_init_script(path=AXE)
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    watch = Watch(origin)
    watch.listen(page)
    return Seat(page, watch)


def axe_faults(page: Page) -> list[str]:
    """Violations of all impacts, one line per rule with the first places where it is broken."""
    page.wait_for_load_state()  # without its styles a page breaks rules that it keeps
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8") + ";undefined")
    violations = page.evaluate(
        "(options) => axe.run(document, options).then((found) => found.violations)", AXE_OPTIONS
    )
    return [
        f"axe {broken['id']} ({broken['impact']}), {len(broken['nodes'])} times: "
        + " | ".join(" ".join(map(str, node["target"])) for node in broken["nodes"][:3])
        + f" – {broken['nodes'][0]['failureSummary'].splitlines()[-1].strip()}"
        for broken in violations
    ]


def measured(page: Page) -> dict[str, Any]:
    """See measure.js: headings, language, targets, overflow, broken times, text in the wrong language."""
    page.wait_for_load_state()
    found: dict[str, Any] = page.evaluate((HERE / "measure.js").read_text(encoding="utf-8"))
    return found


def layout_faults(page: Page, width: int) -> list[str]:
    """Sideways scroll at this width in px, and times that end in another line than they begin."""
    if page.viewport_size != {"width": width, "height": HEIGHT}:
        page.set_viewport_size({"width": width, "height": HEIGHT})
    found = measured(page)
    faults = [f"broken at {width}: {time}" for time in found["broken_times"]]
    if found["width"] > width:
        faults.append(f"{found['width']} px wide at {width}: {' | '.join(found['sticking_out'])}")
    return faults


def fill_day(page: Page, name: str, day: str) -> None:
    """The three boxes of a day; `day` as in 2026-11-23."""
    for part, number in zip(("year", "month", "day"), day.split("-"), strict=True):
        page.fill(f"#id_{name}_{part}", number)

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
# The look cookie as circle.look.Look writes it.
LOOKS = {
    "light": "theme=light",
    "dark": "theme=dark",
    "elder": "size=elder&theme=light",
    "contrast": "contrast=high",
}
TARGETS = {"elder": 60}  # px; 44 in the other looks
NARROW, WIDE, NARROWEST = 390, 1366, 320
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


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=chromium(),
        args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    )


@dataclass
class Watch:
    """Collects what must not happen on a page: errors in the console, refusals of the CSP, foreign origins."""

    origin: str
    faults: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    forgiven: tuple[str, ...] = ()  # parts of console messages that belong to the case, such as "422"

    def listen(self, page: Page) -> None:
        page.add_init_script(REPORT_CSP)
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self.request)
        page.on("response", lambda response: self.responses.append(response))

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in self.forgiven):
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.faults.append(f"foreign origin: {request.url}")

    def weights(self) -> list[tuple[str, int]]:
        """(path, bytes as production sends them) of everything that was loaded."""
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
    """Only with DEBUG does the back office send the long form of jQuery and the like; count what goes out without."""
    if not path.startswith("/static/admin/js/vendor/"):
        return None
    file = (Path(admin.__file__).parent / path.lstrip("/")).with_suffix(".min.js")
    return file.read_bytes() if file.exists() else None


def options(width: int, **more: Any) -> dict[str, Any]:
    """Of a new browser context, `width` px wide."""
    height = 844 if width < 600 else 900
    return {
        "viewport": {"width": width, "height": height},
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "color_scheme": "light",
        "reduced_motion": "reduce",
    } | more


def wear(context: BrowserContext, origin: str, cookie: str) -> None:
    """Set the look cookie, such as LOOKS["elder"]."""
    context.add_cookies([{"name": "look", "value": cookie, "url": origin}])


def axe_faults(page: Page) -> list[str]:
    """Violations of all impacts, one line per rule with the first places where it is broken."""
    page.evaluate((HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8") + ";undefined")
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
    """See measure.js: headings, language, small targets, overflow, text in the wrong language."""
    found: dict[str, Any] = page.evaluate((HERE / "measure.js").read_text(encoding="utf-8"))
    return found


def overflow_fault(page: Page, width: int) -> list[str]:
    """Sideways scroll at this width in px."""
    page.set_viewport_size({"width": width, "height": 844})
    found = measured(page)
    if found["width"] <= width:
        return []
    return [f"{found['width']} px wide at {width}: {' | '.join(found['sticking_out'])}"]

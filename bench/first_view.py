"""What Lighthouse measures on a phone, for each public page, with Chromium alone: for machines without Node.

    python bench/first_view.py http://127.0.0.1:8000 [rounds]      the address of a running portal

Each page is opened in a new browser with an empty cache on a screen of 412 × 823, over a line of 1.6 Mbit/s
and 150 ms, with a processor four times slower: Lighthouse's mobile profile, throttled for real and not
simulated. Printed is the best of the rounds: first and largest contentful paint, blocking time, layout shift,
requests, bytes over the line, and the performance score by Lighthouse's published curves (v10; the largest
paint stands for the speed index). Then the static checks of its SEO and best-practices lists.
"""

import math
import sys
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PAGES = ["/", "/services/EL02/", "/services/", "/circle/", "/circle/hall/", "/search/?q=yaofang", "/notices/",
         "/signposts/passport/", "/eldercare/", "/childcare/", "/council/", "/sign-in/"]  # fmt: skip
# Of each metric: its weight, and the values of the curve that score 0.9 and 0.5.
CURVES = {
    "fcp": (10, 1800, 3000),
    "speed": (10, 3387, 5800),
    "lcp": (25, 2500, 4000),
    "tbt": (30, 200, 600),
    "cls": (25, 0.1, 0.25),
}
OBSERVE = """
window.seen = {lcp: 0, cls: 0, tbt: 0};
new PerformanceObserver(list => list.getEntries().forEach(e => seen.lcp = e.startTime))
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(
  e => { if (!e.hadRecentInput) seen.cls += e.value; }))
  .observe({type: "layout-shift", buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(e => seen.tbt += Math.max(0, e.duration - 50)))
  .observe({type: "longtask", buffered: true});
"""
STATIC = """() => ({
  "a title": document.title.length > 0,
  "a description": Boolean(document.querySelector("meta[name=description]")?.content),
  "a language": Boolean(document.documentElement.lang),
  "a viewport": Boolean(document.querySelector("meta[name=viewport]")),
  "doctype": document.doctype !== null,
  "absolute hreflang": [...document.querySelectorAll("link[hreflang]")].every(
    link => /^https?:/.test(link.getAttribute("href"))),
  "links with words": [...document.querySelectorAll("a[href]")].every(
    link => (link.textContent.trim() || link.getAttribute("aria-label") || link.querySelector("[alt]"))),
  "pictures with alt": [...document.images].every(image => image.hasAttribute("alt")),
  "may be indexed": !document.querySelector("meta[name=robots][content*=noindex]"),
})"""


@dataclass(frozen=True)
class View:
    metrics: dict[str, float]
    requests: int
    kilobytes: float
    missing: list[str]

    @property
    def score(self) -> int:
        weights = sum(weight for weight, _good, _middle in CURVES.values())
        points = sum(CURVES[name][0] * curve(name, value) for name, value in self.metrics.items())
        return round(100 * points / weights)


def curve(name: str, value: float) -> float:
    """The log-normal curve of a metric: 0.9 at its good value, 0.5 at its middle one."""
    _weight, good, middle = CURVES[name]
    if value <= 0:
        return 1.0
    spread = math.log(middle / good) / 1.2815515655446004  # the distance at which 9 of 10 are slower
    return 0.5 * math.erfc(math.log(value / middle) / (spread * math.sqrt(2)))


def look_at(browser: Browser, url: str) -> View:
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=1.75)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 150, "downloadThroughput": 204800, "uploadThroughput": 96000}
    line.send("Network.emulateNetworkConditions", slow)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    loaded: list[float] = []
    line.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.add_init_script(OBSERVE)
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(500)
    seen: dict[str, Any] = page.evaluate("() => seen")
    first = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    static: dict[str, bool] = page.evaluate(STATIC)
    context.close()
    largest = max(seen["lcp"], first)
    metrics = {"fcp": first, "speed": largest, "lcp": largest, "tbt": seen["tbt"], "cls": seen["cls"]}
    missing = [name for name, there in static.items() if not there] + faults
    return View(metrics, len(loaded), sum(loaded) / 1000, missing)


def main(origin: str, rounds: int) -> None:
    print("| page | score | FCP ms | LCP ms | blocked ms | CLS | requests | kB | lacks |")
    print("|---|---|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        for path in PAGES:
            found = []
            for _round in range(rounds):
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                found.append(look_at(browser, f"{origin}{path}"))
                browser.close()
            best = max(found, key=lambda view: view.score)
            value = best.metrics
            lacks = ", ".join(best.missing) or "–"
            print(
                f"| {path} | {best.score} | {value['fcp']:.0f} | {value['lcp']:.0f} | {value['tbt']:.0f} |"
                f" {value['cls']:.3f} | {best.requests} | {best.kilobytes:.1f} | {lacks} |",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), int(sys.argv[2]) if len(sys.argv) > 2 else 3)

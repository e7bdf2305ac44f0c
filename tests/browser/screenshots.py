"""Makes the README's pictures: `python -m tests.browser.screenshots docs/img`."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.browsing import LOOKS, NARROW, WIDE, chromium, launched, options, wear
from tests.browser.demo_site import ROOT, Site, prepare, run, served
from tests.browser.pages import ALLOWANCE

COLOURS = 128
MY_BUILDING = 3
HEIGHT = 1240  # px: down to the whole ring


def choose_building(page: Page) -> None:
    """So that the pictures show the circle of a door and not that of the gate."""
    page.goto("/settings/")
    page.locator("#id_building").select_option(index=MY_BUILDING)
    page.locator("main form button").click()
    page.wait_for_load_state()


def save(page: Page, file: Path) -> None:
    """As PNG with a palette: a page of few colours needs no more."""
    width = (page.viewport_size or {"width": WIDE})["width"]
    page.set_viewport_size({"width": width, "height": HEIGHT})
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        shot.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    sys.stdout.write(f"{file} {file.stat().st_size // 1024} KB\n")


def pictures(browser: Browser, site: Site, folder: Path) -> None:
    wide = browser.new_context(base_url=site.origin, **options(WIDE))
    page = wide.new_page()
    choose_building(page)
    page.goto("/")
    save(page, folder / "home-zh.png")
    narrow = browser.new_context(base_url=site.origin, **options(NARROW))
    wear(narrow, site.origin, LOOKS["elder"])
    page = narrow.new_page()
    page.goto(f"/services/{ALLOWANCE}/")
    save(page, folder / "item-elder-390.png")


def main(folder: Path) -> None:
    if not chromium():
        raise SystemExit("No Chromium found: install one, or name it in the variable CHROMIUM.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        run(Path(scratch), str(ROOT / "manage.py"), "compile_translations")
        prepare(Path(scratch) / "prepared")
        with (
            served(Path(scratch) / "prepared", Path(scratch) / "site") as site,
            sync_playwright() as playwright,
        ):
            browser = launched(playwright)
            pictures(browser, site, folder)
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

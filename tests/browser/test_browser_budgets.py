"""What a first visit costs: bytes and requests, counted from what the browser really loaded."""

import pytest

from tests.browser.browsing import NARROW, Seat, Watch
from tests.browser.pages import PAGES, PublicPage

pytestmark = pytest.mark.browser
KB = 1024
MOST_BYTES, MOST_REQUESTS = 60 * KB, 10
MAP, MOST_BYTES_WITH_LEAFLET, MOST_SCRIPT_WITH_LEAFLET = "circle-map", 110 * KB, 50 * KB
TEMPLATES = [page for page in PAGES if not page.is_variant]
MOST_OF_KIND = {".css": 8 * KB, ".js": 25 * KB}


def over_budget(watch: Watch, most_bytes: int, most_requests: int) -> list[str]:
    """One sentence per budget that is broken, with the heaviest files."""
    files = watch.weights()
    heaviest = ", ".join(
        f"{path} {size / KB:.1f}" for path, size in sorted(files, key=lambda file: -file[1])[:6]
    )
    total = sum(size for _, size in files)
    faults = []
    if total > most_bytes:
        faults.append(f"{total / KB:.1f} KB of {most_bytes / KB:.0f}: {heaviest}")
    if len(files) > most_requests:
        faults.append(f"{len(files)} requests of {most_requests}: {', '.join(path for path, _ in files)}")
    return faults


@pytest.mark.parametrize(
    "public", [page for page in PAGES if not page.is_variant], ids=lambda public: public.key
)
def test_first_visit_stays_within_its_budget(visitor: Seat, public: PublicPage) -> None:
    page, watch = visitor.taken(NARROW)
    page.goto(public.address("zh"))

    is_map = public.key == MAP
    faults = over_budget(watch, MOST_BYTES_WITH_LEAFLET if is_map else MOST_BYTES, MOST_REQUESTS)
    for ending, most in (MOST_OF_KIND | ({".js": MOST_SCRIPT_WITH_LEAFLET} if is_map else {})).items():
        size = sum(size for path, size in watch.weights() if path.endswith(ending))
        if size > most:
            faults.append(f"{ending} {size / KB:.1f} KB of {most / KB:.0f}")

    assert not faults, "\n".join(faults)

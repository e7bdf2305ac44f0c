"""Pages of a server in the test's own process, whose clock the test moves; fixtures `clock` and `desk`."""

from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.browsing import TIMEOUT_MS, Watch, options
from tests.conftest import OurClient


class ClockedPages:
    """Whoever looks is signed in anew."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.browser, self.origin = browser, origin
        self.contexts: list[BrowserContext] = []

    def page_of(self, user: Any, width: int) -> tuple[Page, Watch]:
        client = OurClient()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        context = self.browser.new_context(base_url=self.origin, **options(width))
        context.set_default_timeout(TIMEOUT_MS)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.origin}])
        self.contexts.append(context)
        page, watch = context.new_page(), Watch(self.origin, forgiven=("422",))
        watch.listen(page)
        return page, watch

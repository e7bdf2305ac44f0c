"""What is copied into a WeChat group: a short text and a picture of the same public facts.

Pages of any app build a `Share` from public facts only, never from a resident's data.
"""

import hashlib
from dataclasses import astuple, dataclass

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from circle.images import posters

MAX_CHARS = 300  # with the link: WeChat folds longer posts
CACHE_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Share:
    """`url` is absolute and short; `when` gets a line of its own, `note` is small print at the foot."""

    community: str
    title: str
    url: str
    when: str = ""
    text: str = ""
    note: str = ""

    @property
    def group_text(self) -> str:
        """Plain text of at most 300 characters; the link is never cut."""
        head = _("%(community)s: %(text)s") % {"community": self.community, "text": self.title}
        lines = [head, *([self.when] if self.when else [])]
        foot = _("More: %(url)s") % {"url": self.url}
        foot = f"{self.note}\n{foot}" if self.note else foot
        room = MAX_CHARS - sum(len(line) + 1 for line in lines) - len(foot) - 1
        body = shorten_text(" ".join(self.text.split()), room) if room > 0 else ""
        return "\n".join([*lines, *([body] if body else []), foot])

    @property
    def has_picture(self) -> bool:
        return posters.font_file() is not None


def shorten_text(text: str, room: int) -> str:
    """Cut after a sentence where that leaves more than half the room, else with an ellipsis."""
    if len(text) <= room:
        return text
    cut = text[: room - 1]
    end = max(cut.rfind(stop) for stop in "。！？.!?")
    return cut[: end + 1] if end > room // 2 else f"{cut.rstrip()}…"


def picture_response(share: Share) -> HttpResponse:
    """The picture as PNG, drawn once a day; 404 where the machine has no Chinese font."""
    if not share.has_picture:
        raise Http404
    content = [get_language(), posters.VERSION, *astuple(share)]
    key = "share:" + hashlib.sha256(repr(content).encode()).hexdigest()
    drawn = cache.get(key)
    if drawn is None:
        drawn = posters.draw_poster(
            share.community, share.title, share.when, share.text, share.note, share.url
        )
        cache.set(key, drawn, CACHE_SECONDS)
    return HttpResponse(drawn, content_type="image/png")

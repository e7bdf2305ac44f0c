"""Filters for walking times, dates and stored values, and the tag for icons."""

import datetime as dt
import re
from collections.abc import Mapping
from itertools import cycle
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from circle.booking.form_keys import FORM_KEY
from circle.booking.idempotency import new_key
from circle.calendar.opening_hours import clock_text
from circle.formats.language import is_english
from circle.forms.base import named_errors
from circle.models import Dimension
from circle.proximity.nearby import NearbyFacility
from circle.walking.limits import LIMIT_MINUTES
from circle.walking.ring import whole_minutes
from circle.web.device_names import device_name
from circle.web.page_cache import this_minute
from circle.web.town import PARTS, keep_while_stamped

register = template.Library()
register.filter(named_errors)
register.filter(device_name)
DAYS_OF_A_YEAR = 365
TIME = r"(?:\d{1,2}:\d{2}(?:\s[ap]m\b)?|12\snoon)"
TIMES = re.compile(f"({TIME}(?:[–—-]{TIME})?)")


class KeptPart(template.Node):
    def __init__(self, name: str, said: list[Any], nodes: template.NodeList) -> None:
        self.name, self.said, self.nodes = name, said, nodes

    def render(self, context: template.Context) -> SafeString:
        request = context["request"]
        building = request.building.pk if request.building else None
        key = (self.name, get_language(), request.preferences, building, this_minute())
        said = tuple(each.resolve(context) for each in self.said)
        return keep_while_stamped(
            request.community.pk, (*key, *said), lambda: self.nodes.render(context), store=PARTS
        )


@register.tag
def kept(parser: Any, token: Any) -> KeptPart:
    """{% kept "name" more… %} … {% endkept %}: a part that is the same for all with this look and building.

    Rendered once for a stamp and minute. Nothing of a person may stand in it, no token of a form, no message
    and no places left; on what else it depends is said as `more`.
    """
    _tag, name, *said = token.split_contents()
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptPart(name.strip('"'), [parser.compile_filter(each) for each in said], nodes)


@register.simple_tag
def site_url() -> str:
    """Of links in messages, without a slash at the end."""
    return str(settings.SITE_URL)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon of the sprite; hidden from screen readers, since a text is always beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def form_key() -> SafeString:
    """A hidden field of a form whose view is answer_once: sent twice, it acts once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FORM_KEY, new_key())


@register.filter
def about_minutes(minutes: float) -> str:
    """Minutes as "about 7 minutes"; never less than one."""
    whole = whole_minutes(minutes)
    return ngettext("about %(count)s minute", "about %(count)s minutes", whole) % {"count": whole}


@register.filter
def walk_text(near: NearbyFacility) -> str:
    """The walking time, or the obstacle where there is none; never "15" for a time just beyond 15."""
    if near.minutes is None:
        return near.obstacle_text
    if near.minutes > LIMIT_MINUTES == whole_minutes(near.minutes):
        return _("just over %(count)s minutes") % {"count": LIMIT_MINUTES}
    return about_minutes(near.minutes)


@register.filter
def row_of(rows: Mapping[Any, Any], key: Any) -> Any:
    """Of a table that the view made; None where it has no such row."""
    return rows.get(key)


@register.filter
def dimension_sign(dimension: str) -> str:
    return Dimension(dimension).sign


@register.filter
def dimension_label(dimension: str) -> str:
    return str(Dimension(dimension).label)


@register.filter
def month_day(date: dt.date) -> str:
    """11月28日（星期六） / Sat 28 Nov; for a moment its day in Asia/Shanghai."""
    return date_format(in_shanghai(date), "MONTH_DAY_FORMAT")


@register.filter
def clock_time(moment: dt.datetime) -> str:
    return clock_text(in_shanghai(moment))


@register.filter
def clock_range(first: dt.datetime, last: dt.datetime) -> SafeString:
    """9:00–11:30, in English 9:00–11:30 am; in one piece, since a browser breaks a line at the dash."""
    begins, ends = clock_time(first), clock_time(last)
    half = ends[-3:]  # " am"
    if is_english() and begins.endswith(half):
        begins = begins.removesuffix(half)
    return whole_times(f"{begins}–{ends}")


@register.filter
def whole_times(text: str) -> SafeString:
    """A text in which no line ends inside a time, or between one and the other of two."""
    parts = TIMES.split(str(text))  # every second one is a time
    shapes = cycle(("{}", '<span class="nowrap">{}</span>'))
    pieces = (format_html(shape, part) for shape, part in zip(shapes, parts, strict=False))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def in_shanghai(date: dt.date) -> Any:
    """An aware moment in Asia/Shanghai, since the database stores UTC; dates unchanged."""
    return localtime(date) if isinstance(date, dt.datetime) and is_aware(date) else date


@register.filter
def html_language(language: str) -> str:
    """The value of lang="…" for a text in a person's own language."""
    return "en" if is_english(language) else "zh-Hans"


@register.filter
def working_days(days: int) -> str:
    if days == 0:
        return _("on the spot")
    return ngettext("%(count)s working day", "%(count)s working days", days) % {"count": days}


@register.filter
def is_picture(value: Any) -> bool:
    """A small picture on the page itself, such as a drawn signature."""
    return isinstance(value, str) and value.startswith("data:image/")


@register.filter
def readable_value(value: Any) -> str:
    """A value of any type as readable text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        parts = {"day": date_format(localtime(value), "DATE_FORMAT"), "time": clock_time(value)}
        return _("%(day)s, %(time)s") % parts
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values() if part not in ("", None))
    return " · ".join(map(str, value)) if isinstance(value, list) else str(value)


@register.simple_tag
def lang_of(text: str) -> SafeString:
    """The lang attribute of a text that a person wrote: Chinese with 汉字 in it, else that of the page."""
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in str(text))
    return format_html('lang="{}"', "zh-Hans") if is_chinese else SafeString("")


@register.filter
def duration(days: int) -> str:
    """Days as people say them: whole years as years."""
    if days and days % DAYS_OF_A_YEAR == 0:
        years = days // DAYS_OF_A_YEAR
        return ngettext("%(years)s year", "%(years)s years", years) % {"years": years}
    return ngettext("one day", "%(days)s days", days) % {"days": days}


@register.simple_block_tag(end_name="endpage_title")
def page_title(content: str) -> str:
    """Stands in the title and in an attribute, for a card that is shared in WeChat."""
    return mark_safe(" ".join(content.split()).replace('"', "&quot;"))  # noqa: S308 - a rendered template

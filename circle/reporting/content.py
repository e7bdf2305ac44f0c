"""The monthly report as one document of plain values, in both languages, and its hash."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.utils import translation

from circle.formats.language import is_english
from circle.hooks import hook_functions
from circle.models import Community
from circle.reporting.figures import Figure, Late, ReportPart, spans_of

Content = dict[str, Any]
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def build_content(community: Community, month: dt.date, as_of: dt.date) -> Content:
    """Of all apps: the hook `monthly_report`. Who is late is asked of the day `as_of`."""
    spans = spans_of(month)
    parts = [
        part for offered in hook_functions("monthly_report") for part in offered(community, spans, as_of)
    ]
    return {
        "community": {"zh": community.name_zh, "en": community.name_en},
        "month": month.isoformat(),
        "as_of": as_of.isoformat(),
        "parts": [part_values(part, as_of) for part in parts],
    }


def part_values(part: ReportPart, as_of: dt.date) -> Content:
    return {
        "code": part.code,
        "title": in_both_languages(part.title),
        "figures": [figure_values(figure) for figure in part.figures],
        "late": [late_values(late, as_of) for late in sorted(part.late, key=lambda late: late.due_on)],
    }


def figure_values(figure: Figure) -> Content:
    values = [{"value": each.value, "n": each.n} for each in figure.values]
    return {
        "code": figure.code,
        "label": in_both_languages(figure.label),
        "unit": figure.unit,
        "values": values,
    }


def late_values(late: Late, as_of: dt.date) -> Content:
    days = (as_of - late.due_on).days
    return {
        "what": in_both_languages(late.what),
        "due_on": late.due_on.isoformat(),
        "days": days,
        "who": in_both_languages(late.who),
    }


def in_both_languages(text: Any) -> dict[str, str]:
    """A lazy text in both languages, or a pair (zh, en)."""
    if isinstance(text, tuple):
        return dict(zip(LANGUAGES, text, strict=True))
    found = {}
    for short, language in LANGUAGES.items():
        with translation.override(language):
            found[short] = str(text)
    return found


def in_active_language(texts: dict[str, str]) -> str:
    """In the active language; where it is empty, in the other."""
    zh, en = texts["zh"], texts["en"]
    return (en or zh) if is_english() else (zh or en)


def digest_of(content: Content) -> str:
    """SHA-256 of the document in one agreed spelling: keys sorted, no blanks, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

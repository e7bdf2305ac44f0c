"""/council/data/: what the pages of the council show, for programs of others.

The rows come from the querysets of the pages. No person, no phone, nobody's own words; of a body that shows
its decisions no more than these.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.calendar.working_days import SHANGHAI
from circle.models import Community
from circle.web.export_formats import csv_response
from circle.web.middleware import PortalRequest
from council.models import ActionItem, Meeting, Resolution, Topic
from council.models.rates import HEADS, months_before, rate_rows, rates_of
from council.views.resolutions import decisions_of

PAGE = 100
Row = dict[str, Any]
TEXT, DAY, MOMENT, NUMBER = (
    {"type": "string"},
    {"type": "string", "format": "date"},
    {"type": "string", "format": "date-time"},
    {"type": "integer"},
)


def or_null(kind: dict[str, str]) -> dict[str, Any]:
    return kind | {"type": [kind["type"], "null"]}


@dataclass(frozen=True)
class Table:
    """Rows in a stable order: by the moment of their last change, then by their key."""

    columns: dict[str, dict[str, Any]]
    rows: Callable[[Community], QuerySet[Any]]
    shown: Callable[[Sequence[Any]], list[Row]]


def moment(at: dt.datetime | None) -> str | None:
    """2026-11-26T19:00:00+08:00."""
    return at.astimezone(SHANGHAI).replace(microsecond=0).isoformat() if at else None


def day(on: dt.date | None) -> str | None:
    return on.isoformat() if on else None


def meetings(community: Community) -> QuerySet[Any]:
    return Meeting.objects.public(community).annotate(changed_at=F("status_at"))


def meeting_rows(found: Sequence[Meeting]) -> list[Row]:
    return [
        {
            "ref": f"{row.body.code}/{row.slug}",
            "modified": moment(row.status_at),
            "body": row.body.code,
            "status": row.status if row.body.is_public else None,
            "starts_at": moment(row.starts_at),
            "ends_at": moment(row.ends_at),
            "url": row.get_absolute_url(),
        }
        for row in found
    ]


def resolutions(community: Community) -> QuerySet[Any]:
    rows = Resolution.objects.public(community).annotate(changed_at=F("voted_at"))
    return rows.select_related("posting", "item__meeting__body")


def resolution_rows(found: Sequence[Resolution]) -> list[Row]:
    """In the words of the published minutes."""
    said = decisions_of({row.item.meeting_id for row in found})
    rows = []
    for row in found:
        if row.number in said:
            decision, posting = said[row.number], getattr(row, "posting", None)
            rows.append(
                {
                    "ref": row.number,
                    "modified": moment(row.voted_at),
                    "meeting": f"{row.item.meeting.body.code}/{row.item.meeting.slug}",
                    "outcome": decision.outcome,
                    "text_zh": decision.text_zh,
                    "text_en": decision.text_en,
                    "posted_from": day(posting.posted_on) if posting else None,
                    "posted_until": day(posting.ends_on) if posting else None,
                    "posting": posting.status if posting else None,
                }
            )
    return rows


def action_items(community: Community) -> QuerySet[Any]:
    rows = ActionItem.objects.filter(resolution__in=Resolution.objects.public(community))
    return rows.annotate(changed_at=F("status_at")).select_related("resolution", "firm", "body")


def action_rows(found: Sequence[ActionItem]) -> list[Row]:
    today = timezone.localdate()
    return [
        {
            "ref": f"{row.resolution.number}/{row.pk}",
            "modified": moment(row.status_at),
            "resolution": row.resolution.number,
            "title_zh": row.title_zh,
            "title_en": row.title_en,
            "owner": row.owner,
            "due_on": day(row.due_on),
            "status": row.status,
            "is_late": row.is_late(today),
        }
        for row in found
    ]


def suggestions(community: Community) -> QuerySet[Any]:
    """Also those without words: their number and dates are public."""
    rows = Topic.objects.filter(community=community).on_loop().annotate(changed_at=Max("stations__at"))
    return rows.select_related("body", "meeting__body", "merged_into")


def suggestion_rows(found: Sequence[Any]) -> list[Row]:
    return [withdrawn_row(row) or suggestion_row(row) for row in found]


def withdrawn_row(row: Any) -> Row | None:
    at = row.hidden_at or (row.status_at if row.status == Topic.Status.WITHDRAWN else None)
    return {"ref": row.receipt, "withdrawn_at": moment(at)} if at else None


def suggestion_row(row: Any) -> Row:
    meeting = row.meeting if row.meeting and row.meeting.body.is_public else None
    is_final = row.status in (Topic.Status.ANSWERED, Topic.Status.DECLINED) and row.shows_words
    return {
        "ref": row.receipt,
        "modified": moment(row.changed_at),
        "body": row.body.code,
        "status": row.status,
        "dimension": row.dimension or None,
        "words_zh": row.public_text_zh if row.shows_words else None,
        "words_en": row.public_text_en if row.shows_words else None,
        "office": row.office,
        "came_at": moment(row.came_at),
        "due_on": day(row.due_on),
        "meeting": f"{meeting.body.code}/{meeting.slug}" if meeting else None,
        "joined_with": row.merged_into.receipt if row.merged_into else None,
        "opened_again": row.reopened,
        "answer_zh": row.answer_zh if is_final else None,
        "answer_en": row.answer_en if is_final else None,
        "url": row.loop_url,
    }


KEYS: dict[str, dict[str, Any]] = {"ref": TEXT, "modified": MOMENT}
TABLES = {
    "meetings": Table(
        KEYS | {"body": TEXT, "status": or_null(TEXT), "starts_at": MOMENT, "ends_at": MOMENT, "url": TEXT},
        meetings,
        meeting_rows,
    ),
    "resolutions": Table(
        KEYS
        | {"meeting": TEXT, "outcome": TEXT, "text_zh": TEXT, "text_en": TEXT}
        | {"posted_from": or_null(DAY), "posted_until": or_null(DAY), "posting": or_null(TEXT)},
        resolutions,
        resolution_rows,
    ),
    "actions": Table(
        KEYS
        | {"resolution": TEXT, "title_zh": TEXT, "title_en": TEXT, "owner": TEXT, "due_on": DAY}
        | {"status": TEXT, "is_late": {"type": "boolean"}},
        action_items,
        action_rows,
    ),
    "suggestions": Table(
        KEYS
        | {"body": TEXT, "status": TEXT, "dimension": or_null(TEXT)}
        | {"words_zh": or_null(TEXT), "words_en": or_null(TEXT), "office": TEXT, "came_at": MOMENT}
        | {"due_on": or_null(DAY), "meeting": or_null(TEXT), "joined_with": or_null(TEXT)}
        | {"opened_again": NUMBER, "answer_zh": or_null(TEXT), "answer_en": or_null(TEXT), "url": TEXT},
        suggestions,
        suggestion_rows,
    ),
}


@require_safe
def council_data(request: PortalRequest, table: str, form: str) -> HttpResponse:
    """/council/data/<table>.json and .csv, a hundred rows a page; ?modified_since= is a moment with zone."""
    if table == "rates":
        rows, following = rate_dicts(request.community), ""
        columns: Sequence[str] = HEADS
    elif table in TABLES:
        try:
            rows, following = page_of(request, table)
        except ValueError as refusal:
            return open_response(request, refused(str(refusal)), status=400)
        columns = [*TABLES[table].columns, *(["withdrawn_at"] if table == "suggestions" else [])]
    else:
        raise Http404
    if form == "csv":
        lines = [columns, *([row.get(name) for name in columns] for row in rows)]
        response = csv_response(f"council-{table}.csv", lines)
        if following:
            response["Link"] = f'<{request.build_absolute_uri(following)}>; rel="next"'
        return with_etag(request, response)
    body = {"data": rows, "next": request.build_absolute_uri(following) if following else None}
    return open_response(request, body)


@require_safe
def council_data_schema(request: PortalRequest) -> HttpResponse:
    """/council/data/schema.json: JSON Schema (2020-12) of a row of each table."""
    gone = {
        "type": "object",
        "properties": {"ref": TEXT, "withdrawn_at": MOMENT},
        "required": ["ref", "withdrawn_at"],
        "additionalProperties": False,
    }
    rows = {name: strict_object(table.columns) for name, table in TABLES.items()}
    rows["rates"] = strict_object(dict.fromkeys(HEADS, TEXT))
    rows["suggestions"] = {"oneOf": [rows["suggestions"], gone]}
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": rows}
    return open_response(request, schema)


def strict_object(columns: dict[str, dict[str, Any]]) -> Row:
    return {
        "type": "object",
        "properties": columns,
        "required": list(columns),
        "additionalProperties": False,
    }


def page_of(request: PortalRequest, name: str) -> tuple[list[Row], str]:
    """The rows, and the address of the next page. ValueError with its sentence for what cannot be read."""
    table = TABLES[name]
    rows = table.rows(request.community).order_by("changed_at", "pk")
    if since := request.GET.get("modified_since", ""):
        rows = rows.filter(changed_at__gte=moment_of(since))
    number = request.GET.get("page", "1")
    pages = Paginator(rows, PAGE)
    if not number.isdecimal() or len(number) > 6 or not 1 <= int(number) <= pages.num_pages:
        raise ValueError(_("There is no such page."))
    page = pages.page(int(number))
    following = ""
    if page.has_next():
        query = request.GET.copy()
        query["page"] = str(page.next_page_number())
        following = f"{request.path}?{query.urlencode()}"
    return table.shown(list(page)), following


def moment_of(text: str) -> dt.datetime:
    """A plus sign in an address is a blank."""
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError(_("This is no moment with its time zone, such as 2026-11-26T19:00:00+08:00."))
    return found


def rate_dicts(community: Community) -> list[Row]:
    months = rates_of(community, months_before(timezone.localdate()))
    return [dict(zip(HEADS, row, strict=True)) for row in rate_rows(months)]


def refused(sentence: str) -> Row:
    return {"code": "not_readable", "sentence": sentence}


def open_response(request: HttpRequest, body: Row, status: int = 200) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
    return with_etag(request, response)


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For every program to read; 304 for what it has already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=60)
    answer = get_conditional_response(request, etag=etag, response=response)
    found = response if answer is None else answer
    found["Access-Control-Allow-Origin"] = "*"
    return found

"""The description of the open catalogue that programs read."""

from typing import Any

from django.utils.translation import gettext as _

SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.1-dev/schema"
TEXT, COUNT, YES_NO = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
NUMBER = COUNT | {"minimum": 1}
ID, MOMENT = {"type": "string", "format": "uuid"}, {"type": "string", "format": "date-time"}
LANGUAGE = {"type": "string", "enum": ["zh", "en"]}
FORMAT = {"type": "string", "enum": ["json", "ndjson"]}
COMMON = {"lang": LANGUAGE, "community": TEXT}
FILTERS = {
    "search": TEXT,
    "page": NUMBER,
    "per_page": NUMBER,
    "format": FORMAT,
    "taxonomy_term_id": ID,
    "taxonomy_id": ID,
    "organization_id": ID,
    "modified_after": MOMENT,
    "minimal": YES_NO,
    "full": YES_NO,
}
SERVICE = {"$ref": f"{SCHEMAS}/service.json"}
PAGE = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), COUNT),
        **dict.fromkeys(("first_page", "last_page", "empty"), YES_NO),
        "contents": {"type": "array", "items": SERVICE},
    },
}
ABOUT = {"type": "object", "properties": {"version": TEXT, "profile": TEXT, "openapi_url": TEXT}}
REFUSAL = {"type": "object", "properties": {"code": TEXT, "message": TEXT}}


def openapi_document(base: str, version: str) -> dict[str, Any]:
    one = {"name": "id", "in": "path", "required": True, "schema": ID}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Catalogue of services"),
            "version": version,
            "description": _("Human Services Data Specification, read only."),
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": {
            "/": {"get": operation(_("About this feed"), ABOUT, COMMON)},
            "/services": {"get": operation(_("Services, page by page"), PAGE, COMMON | FILTERS)},
            "/services/{id}": {
                "get": operation(_("One service with all its parts"), SERVICE, COMMON),
                "parameters": [one],
            },
        },
    }


def operation(summary: str, schema: dict[str, Any], filters: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": summary,
        "parameters": [{"name": name, "in": "query", "schema": kind} for name, kind in filters.items()],
        "responses": {
            "200": answer(summary, schema),
            "304": {"description": _("As you have it already")},
            "400": answer(_("Refused, with a code and a sentence"), REFUSAL),
            "404": answer(_("Not found"), REFUSAL),
        },
    }


def answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}

"""Log lines as JSON, for a collector; of what others log only the pattern: its values may be about people."""

import datetime as dt
import json
import logging
import traceback
from typing import Any

from django.apps import apps

from circle.web.request_log import current_id


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
            "request": current_id.get() or getattr(getattr(record, "request", None), "request_id", ""),
        }
        line |= getattr(record, "request_values", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = describe_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def message_of(record: logging.LogRecord) -> str:
    """Of a foreign message without arguments, which has its values in it already, where it was written."""
    if is_ours(record.name):
        return record.getMessage()
    return str(record.msg) if record.args else f"{record.module}.{record.funcName}"


def is_ours(logger: str) -> bool:
    """Our own messages hold ids and codes of faults; Django's hold addresses, with codes and searched words.

    An app of ours is one that takes part in the hooks; before the apps are loaded none but this one is known.
    """
    app = logger.partition(".")[0]
    return app == __name__.partition(".")[0] or hasattr(apps.app_configs.get(app), "hooks")


def describe_error(error: BaseException) -> list[str]:
    """Each cause by its class and where it was raised; without its text, which may quote what was typed."""
    found: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(found) < 100:
        found.append(type(cause).__qualname__)
        frames = traceback.extract_tb(cause.__traceback__)
        found += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return found

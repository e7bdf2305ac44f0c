"""The shape of a gateway's body and answer, as its setting gives it."""

import json
import re
from collections.abc import Mapping
from string import Template
from typing import Any


class RefusedError(Exception):
    """The gateway rejects this message for good; `code` says why."""

    def __init__(self, code: object) -> None:
        # Some vendors repeat the phone number in their answer; it must not reach the log or the table.
        self.code = re.sub(r"\d{7,}", "#", re.sub(r"[^\w.:-]", "", str(code)))[:60]
        super().__init__(self.code)


def fill_body(shape: Any, values: Mapping[str, str]) -> Any:
    """The body with its $names replaced at any depth."""
    if isinstance(shape, dict):
        return {name: fill_body(value, values) for name, value in shape.items()}
    if isinstance(shape, list):
        return [fill_body(value, values) for value in shape]
    return Template(shape).safe_substitute(values) if isinstance(shape, str) else shape


def check_answer(answer: bytes, shape: Mapping[str, Any]) -> None:
    """Judge by the body, since many vendors answer 200 to everything.

    Raises ConnectionError where it may be retried. Refuses: the vendor's code, or not_ok.
    """
    parsed = parse_answer(answer)
    if any(parsed.get(name) in codes for name, codes in shape.get("busy", {}).items()):
        raise ConnectionError(f"http_200_{answer_code(answer)}")
    if any(parsed.get(name) != value for name, value in shape.get("ok", {}).items()):
        raise RefusedError(answer_code(answer) or "not_ok")


def answer_code(answer: bytes) -> str:
    parsed = parse_answer(answer)
    return str(next((parsed[name] for name in ("code", "Code", "errcode") if name in parsed), ""))


def parse_answer(answer: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(answer)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}

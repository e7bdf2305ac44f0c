"""Valid rows of what older people are entitled to, on top of tests/make.py."""

import datetime as dt
from typing import Any

from eldercare.models import Right, RightTerms
from tests import make

TERMS = [field.name for field in RightTerms._meta.fields]


def right(**values: Any) -> Right:
    """For everybody from 80 on, 100 yuan a month; what the terms are called goes to them."""
    make.belongs(values, community=make.here)
    own = {name: values.pop(name) for name in TERMS if name in values and name != "id"}
    number = next(make.numbers)
    defaults = make.names("高龄津贴", "Old-age allowance") | {
        "code": f"right-{number}",
        "sort": "allowance",
        "what_zh": "每月发放",
    }
    found = Right.objects.create(**defaults | values)
    terms(right=found, **own)
    return found


def terms(**values: Any) -> RightTerms:
    make.belongs(values, right=right)
    defaults = {"valid_from": dt.date(2024, 1, 1), "from_age": 80, "cents": 10_000, "per": "month"}
    return RightTerms.objects.create(**defaults | {"source_zh": "测试值"} | values)

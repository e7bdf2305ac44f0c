"""Models whose rows public pages show, for the stamp of the town: the hook `stamped`."""

from typing import Any

from services.models import (
    Audience,
    Category,
    Counter,
    CounterClosure,
    CounterShift,
    Material,
    ResidenceRule,
    ServiceItem,
    Step,
)


def stamped_models() -> list[Any]:
    return [
        Audience,
        Category,
        Counter,
        CounterClosure,
        CounterShift,
        Material,
        ResidenceRule,
        ServiceItem,
        Step,
    ]

"""Models whose rows public pages show, for the stamp of the town: the hook `stamped`."""

from typing import Any

from childcare.models import (
    NurseryClass,
)


def stamped_models() -> list[Any]:
    return [
        NurseryClass,
    ]

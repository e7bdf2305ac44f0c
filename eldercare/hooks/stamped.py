"""Models whose rows public pages show, for the stamp of the town: the hook `stamped`."""

from typing import Any

from eldercare.models import (
    CareKind,
    CareQuestion,
    ClassSession,
    SchoolClass,
    Term,
)


def stamped_models() -> list[Any]:
    return [
        CareKind,
        CareQuestion,
        ClassSession,
        SchoolClass,
        Term,
    ]

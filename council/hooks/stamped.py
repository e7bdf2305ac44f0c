"""Models whose rows public pages show, for the stamp of the town: the hook `stamped`."""

from typing import Any

from council.models import (
    ActionItem,
    ActionStep,
    AgendaItem,
    Body,
    Meeting,
    MinutesVersion,
    Objection,
    Paper,
    Posting,
    Resolution,
    Topic,
)


def stamped_models() -> list[Any]:
    return [
        ActionItem,
        ActionStep,
        AgendaItem,
        Body,
        Meeting,
        MinutesVersion,
        Objection,
        Paper,
        Posting,
        Resolution,
        Topic,
    ]

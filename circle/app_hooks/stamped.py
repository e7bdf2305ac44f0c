"""Models whose rows public pages show, for the stamp of the town: the hook `stamped`."""

from typing import Any

from circle.models import (
    Building,
    CalendarDay,
    CalendarYear,
    Closure,
    Community,
    Coverage,
    CoverageGap,
    CoverageHome,
    CoverageShare,
    Facility,
    FacilityChange,
    FacilityKind,
    Firm,
    Grid,
    Inventory,
    Norm,
    Notice,
    OpeningHours,
    Rule,
    Signpost,
    SignpostHours,
    StreetNetwork,
    WalkRun,
    WalkTime,
)


def stamped_models() -> list[Any]:
    return [
        Building,
        CalendarDay,
        CalendarYear,
        Closure,
        Community,
        Coverage,
        CoverageGap,
        CoverageHome,
        CoverageShare,
        Facility,
        FacilityChange,
        FacilityKind,
        Firm,
        Grid,
        Inventory,
        Norm,
        Notice,
        OpeningHours,
        Rule,
        Signpost,
        SignpostHours,
        StreetNetwork,
        WalkRun,
        WalkTime,
    ]

"""Who is named in the head of minutes, and under which name."""

from collections.abc import Iterable, Sequence

from council.models import Attendance, AttendanceGroup, Membership
from council.models.minutes import GROUPS

Placed = tuple[str, Attendance]  # the group, and who is in it
WITHOUT_OFFICE = [Membership.Seat.RESIDENT, Membership.Seat.OBSERVER]


def attendance_groups(entries: Iterable[Attendance], *, names_residents: bool) -> list[AttendanceGroup]:
    """Office seats by name; residents' representatives and observers where the body names them."""
    placed = place_entries(entries)
    return build_groups(placed, names_today(placed), names_residents=names_residents)


def corrected_groups(
    entries: Iterable[Attendance], before: Sequence[AttendanceGroup] | None
) -> list[AttendanceGroup] | None:
    """Named as in the sheet before, whatever the body's setting or the register says today."""
    if before is None:
        return None
    placed = place_entries(entries)
    named = {seat for group in before for _name, seat in group.names}
    names = names_as_minuted(placed, before)
    return build_groups(placed, names, names_residents=not named.isdisjoint(WITHOUT_OFFICE))


def place_entries(entries: Iterable[Attendance]) -> list[Placed]:
    def group_of(entry: Attendance) -> str:
        is_observer = entry.status == Attendance.Status.PRESENT and not entry.is_voting
        return "observers" if is_observer else entry.status

    return [(group_of(entry), entry) for entry in entries]


def names_today(placed: Sequence[Placed]) -> dict[int, str]:
    return {entry.membership_id: entry.membership.resident.name for _state, entry in placed}


def names_as_minuted(placed: Sequence[Placed], before: Sequence[AttendanceGroup]) -> dict[int, str]:
    """By seat: first who is still called so, then in the order of the roll those with another name by now."""
    left = [(group.state, name, seat) for group in before for name, seat in group.names]
    today = names_today(placed)
    found: dict[int, str] = {}
    for same_name, same_group in ((True, False), (False, True), (False, False)):
        for state, entry in placed:
            own = today[entry.membership_id]
            fitting = [
                each
                for each in left
                if each[2] == entry.seat
                and (not same_name or each[1] == own)
                and (not same_group or each[0] == state)
            ]
            if fitting and entry.membership_id not in found:
                found[entry.membership_id] = fitting[0][1]
                left.remove(fitting[0])
    return today | found


def build_groups(
    placed: Sequence[Placed], names: dict[int, str], *, names_residents: bool
) -> list[AttendanceGroup]:
    unnamed = [] if names_residents else WITHOUT_OFFICE
    groups = {state: [entry for each, entry in placed if each == state] for state in GROUPS}
    return [
        AttendanceGroup(
            state,
            [[names[entry.membership_id], entry.seat] for entry in found if entry.seat not in unnamed],
            sum(entry.seat in unnamed for entry in found),
        )
        for state, found in groups.items()
        if found
    ]

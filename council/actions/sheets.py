"""The sheet of minutes: the rows of a meeting and the text of each item, composed and compared."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from circle.calendar.working_days import SHANGHAI
from council.actions.attendance_groups import attendance_groups, corrected_groups
from council.models import (
    AgendaItem,
    Decision,
    Meeting,
    MinutesVersion,
    Movement,
    Point,
    Resolution,
    Sheet,
    Waived,
    count_roll,
    movements_of,
    roll_entries,
    rule_of,
)

Texts = Mapping[int, tuple[str, str]]  # item number → (zh, en)


def sheet_now(minutes: MinutesVersion) -> Sheet:
    """Its text, and roll and results as they are by now."""
    draft = minutes.sheet
    return compose_sheet(minutes, texts_of(draft), draft.replaces, draft)


def public_texts(sheet: Sheet) -> list[str]:
    texts = [sheet.correction, sheet.chaired_by, sheet.recorded_by]
    for point in sheet.points:
        texts += [point.title_zh, point.title_en, point.minutes_zh, point.minutes_en]
        if point.resolution:
            texts += [point.resolution.text_zh, point.resolution.text_en]
            texts += [option[name] for option in point.resolution.options for name in ("zh", "en")]
    return texts


def texts_of(sheet: Sheet) -> dict[int, tuple[str, str]]:
    return {point.number: (point.minutes_zh, point.minutes_en) for point in sheet.points}


def compose_sheet(row: MinutesVersion, texts: Texts, replaces: str, before: Sheet | None) -> Sheet:
    """What the minutes say now: roll, results and resolutions from the rows, and the text of each item.

    A correction names body, place and people as the sheet before it did, whatever they are called today.
    """
    meeting = Meeting.objects.select_related("body", "place", "community", "rule").get(pk=row.meeting_id)
    begun, ended = meeting.opened_at or meeting.starts_at, meeting.ended_at or meeting.ends_at
    entries = roll_entries(meeting)
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("resolution").order_by("number")
    items = rows.prefetch_related("resolution__options")
    body = {"code": meeting.body.code, "zh": meeting.body.name_zh, "en": meeting.body.name_en}
    place = {"zh": meeting.place.name_zh, "en": meeting.place.name_en}
    known = before if row.version > 1 else None
    groups = attendance_groups(entries, names_residents=meeting.body.names_residents)
    return Sheet(
        community=known.community if known else meeting.community.slug,
        body=known.body if known else body,
        meeting=meeting.slug,
        begun=format_local_time(begun),
        ended=format_local_time(ended),
        place=known.place if known else place,
        version=row.version,
        replaces=replaces,
        correction=row.correction,
        roll=count_roll(rule_of(meeting), entries, begun),
        movements=[
            Movement(format_local_time(moment), *figures)
            for moment, *figures in movements_of(entries, begun, ended)
        ],
        points=[minuted_point(item, *texts.get(item.number, ("", ""))) for item in items],
        waivers=[
            Waived(number, in_favour, present)
            for number, in_favour, present in meeting.waivers.values_list(
                "item__number", "in_favour", "present"
            )
        ],
        is_from_paper=meeting.is_from_paper,
        chaired_by=before.chaired_by if before else "",
        recorded_by=before.recorded_by if before else "",
        attendance=corrected_groups(entries, known.attendance) if known else groups,
    )


def changed_parts(row: MinutesVersion) -> list[str]:
    """What of roll, times and items the tables no longer say as these minutes do."""
    sheet = row.sheet
    now = compose_sheet(row, texts_of(sheet), sheet.replaces, sheet)
    if sheet.movements is None:  # then latecomers were minuted as absent
        roll = replace(now.roll, absent=now.roll.absent + now.roll.late, late=0)
        now = replace(now, movements=None, roll=roll)
    names = ("begun", "ended", "roll", "movements", "points")
    return [name for name in names if getattr(now, name) != getattr(sheet, name)]


def minuted_point(item: AgendaItem, zh: str, en: str) -> Point:
    resolution = getattr(item, "resolution", None)
    return Point(
        number=item.number,
        kind=item.kind,
        title_zh=item.title_zh,
        title_en=item.title_en,
        result=item.status,
        minutes_zh=zh,
        minutes_en=en,
        resolution=minuted_decision(resolution) if resolution else None,
    )


def minuted_decision(row: Resolution) -> Decision:
    same = ("number", "text_zh", "text_en", "entitled", "present", "quorum", "yes", "no", "abstain")
    values = {name: getattr(row, name) for name in (*same, "needed", "rule", "outcome", "method", "invalid")}
    options = [
        {"zh": option.text_zh, "en": option.text_en, "votes": option.votes} for option in row.options.all()
    ]
    return Decision(**values, voted_at=format_local_time(row.voted_at), options=options)


def format_local_time(at: dt.datetime) -> str:
    """2026-11-24T19:00:00+08:00."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")

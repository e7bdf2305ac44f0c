"""Each meeting gets the rule that its resolutions carry and the seats that its minutes counted.

What is published or was decided has to come out again from the rows: the figures of the published minutes go
before those of the resolutions, and these before the rule and the seats of today.
"""

import datetime as dt
import json
from zoneinfo import ZoneInfo

from django.db import migrations

SHANGHAI = ZoneInfo("Asia/Shanghai")
RULED = ["noticed", "in_session", "held", "closed"]
SHARES = {"quorum": "quorum", "pass": "to_pass"}
COLUMNS = [
    "seats",
    *(f"{share}_{part}" for share in SHARES for part in ("num", "den", "base", "is_strict")),
    "source_zh",
    "source_en",
    "is_verified",
]
FIRST_DAY = dt.date(2000, 1, 1)


def fill(apps, schema_editor):
    for body in apps.get_model("council", "Body").objects.order_by("pk"):
        fill_rules(apps, body)
    for meeting in apps.get_model("council", "Meeting").objects.order_by("pk"):
        fill_seats(apps, meeting)


def fill_rules(apps, body):
    """Earlier rules first, so that of the same day the one of today counts."""
    BodyRule = apps.get_model("council", "BodyRule")
    today = {name: getattr(body, name) for name in COLUMNS}
    earlier, last_day = {}, FIRST_DAY
    meetings = apps.get_model("council", "Meeting").objects.filter(body=body, status__in=RULED)
    for meeting in meetings.order_by("starts_at", "pk"):
        values = rule_of(apps, meeting, today)
        if values == today:
            continue
        key = json.dumps(values, sort_keys=True)
        if key not in earlier:
            last_day = day_of(meeting)
            earlier[key] = BodyRule.objects.create(body=body, valid_from=last_day, **values)
        meeting.rule = earlier[key]
        meeting.save(update_fields=["rule"])
    current = BodyRule.objects.create(body=body, valid_from=last_day, **today)
    meetings.filter(rule=None).update(rule=current)


def rule_of(apps, meeting, today):
    values = dict(today)
    resolutions = apps.get_model("council", "Resolution").objects.filter(item__meeting=meeting)
    first = resolutions.order_by("pk").first()
    if first:
        for share, name in SHARES.items():
            values |= {f"{share}_{part}": value for part, value in first.rule[name].items()}
    entitled, quorum = known_figures(apps, meeting)
    if entitled and 1 <= quorum <= entitled and needed(values, entitled) != quorum:
        values |= {"quorum_num": quorum, "quorum_den": entitled, "quorum_base": "members"}
        values["quorum_is_strict"] = False
    if values != today:
        values["is_verified"] = False
    return values


def needed(values, members):
    count = values["seats"] if values["quorum_base"] == "seats" else members
    num, den = values["quorum_num"], values["quorum_den"]
    return count * num // den + 1 if values["quorum_is_strict"] else -(-count * num // den)


def known_figures(apps, meeting):
    """How many were entitled and how many had to be there, as published or decided; noughts where neither."""
    versions = apps.get_model("council", "MinutesVersion").objects.filter(meeting=meeting)
    last = versions.filter(status="published").order_by("-version").first()
    if last:
        roll = json.loads(last.body)["roll"]
        return roll["entitled"], roll["quorum"]
    resolutions = apps.get_model("council", "Resolution").objects.filter(item__meeting=meeting)
    first = resolutions.order_by("pk").first()
    return (first.entitled, first.quorum) if first else (0, 0)


def day_of(meeting):
    return meeting.starts_at.astimezone(SHANGHAI).date()


def fill_seats(apps, meeting):
    Attendance = apps.get_model("council", "Attendance")
    rows = list(Attendance.objects.filter(meeting=meeting).select_related("membership"))
    for row in rows:
        row.seat, row.is_voting = row.membership.seat, row.membership.is_voting
    Attendance.objects.bulk_update(rows, ["seat", "is_voting"])
    entitled, _ = known_figures(apps, meeting)
    if not meeting.opened_at or (entitled and sum(row.is_voting for row in rows) == entitled):
        return
    marked, day = {row.membership_id for row in rows}, day_of(meeting)
    seats = apps.get_model("council", "Membership").objects.filter(body=meeting.body_id, starts_on__lte=day)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting, membership=seat, status="absent", seat=seat.seat, is_voting=seat.is_voting
        )
        for seat in seats.exclude(pk__in=marked)
        if seat.ends_on is None or seat.ends_on >= day
    )


def put_back(apps, schema_editor):
    """Each body gets its last rule; the rolls stay as long as they have become."""
    rules = apps.get_model("council", "BodyRule").objects.order_by("-valid_from", "-pk")
    for body in apps.get_model("council", "Body").objects.order_by("pk"):
        last = rules.filter(body=body).first()
        if last:
            for name in COLUMNS:
                setattr(body, name, getattr(last, name))
            body.save(update_fields=COLUMNS)
    apps.get_model("council", "Meeting").objects.update(rule=None)


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0002_rules_and_seats_of_meetings"),
    ]

    operations = [migrations.RunPython(fill, put_back)]

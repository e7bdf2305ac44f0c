"""Shifts begin and last in whole quarters of an hour from now on: the few that do not are rounded.

Times that somebody has booked stay as they are.
"""

import datetime as dt
from typing import Any

from django.db import migrations

QUARTER = 15


def round_shifts(apps: Any, schema_editor: Any) -> None:
    shifts = apps.get_model("eldercare", "CareShift")
    for shift in shifts.objects.using(schema_editor.connection.alias):
        opens = dt.time(shift.opens.hour, shift.opens.minute // QUARTER * QUARTER)
        minutes = -(-shift.slot_minutes // QUARTER) * QUARTER
        if (opens, minutes) != (shift.opens, shift.slot_minutes):
            shift.opens, shift.slot_minutes = free_start(shifts, shift, opens), minutes
            shift.save(update_fields=["opens", "slot_minutes"])


def free_start(shifts: Any, shift: Any, opens: dt.time) -> dt.time:
    """The next quarter at which no other shift of the day begins."""
    same = shifts.objects.filter(kind=shift.kind_id, weekday=shift.weekday).exclude(pk=shift.pk)
    taken = set(same.values_list("opens", flat=True))
    while opens in taken:
        opens = (dt.datetime.combine(dt.date.min, opens) + dt.timedelta(minutes=QUARTER)).time()
    return opens


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0015_care_shift_terms")]

    operations = [migrations.RunPython(round_shifts, migrations.RunPython.noop, elidable=True)]

"""Lays out a year of visit duties for 2,000 people in a database of its own: `python -m bench.visit_duties`.

Promise: 52 weeks in ten seconds of processor time at most; a second run adds nothing.
"""

import datetime as dt
import os
import tempfile
import time
from io import StringIO
from pathlib import Path

PEOPLE, WEEKS, MOST_SECONDS = 2000, 52, 10


def main() -> None:
    folder = tempfile.TemporaryDirectory()
    os.environ |= {"DEBUG": "on", "DATABASE_URL": f"sqlite:///{Path(folder.name) / 'bench.sqlite3'}"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "circle.settings"
    import django

    django.setup()
    measure()
    folder.cleanup()


def measure() -> None:
    from django.core.management import call_command

    from circle.calendar.working_days import SHANGHAI
    from circle.models import Resident
    from eldercare.actions import close_duties, lay_out_duties
    from eldercare.models import RiskTag, VisitDuty
    from tests import make

    call_command("migrate", verbosity=0)
    call_command("seed_rules", stdout=StringIO())
    here = make.community()
    first = dt.datetime(2026, 1, 5, 12, tzinfo=SHANGHAI)
    born = dt.date(1940, 1, 1)
    people = Resident.objects.bulk_create(
        Resident(community=here, name=f"老人{number}", born_on=born) for number in range(PEOPLE)
    )
    RiskTag.objects.bulk_create(
        RiskTag(community=here, resident=each, kind="alone", evidence="–", since=first.date())
        for each in people
    )
    for run in ("first", "second"):
        began = time.process_time()
        for week in range(WEEKS):
            at = first + dt.timedelta(days=7 * week)
            close_duties(at=at)
            lay_out_duties(community=here, at=at)
        took = time.process_time() - began
        print(f"{run} run: {took:.1f} s of processor time, {VisitDuty.objects.count()} duties")
        if took > MOST_SECONDS or VisitDuty.objects.count() != PEOPLE * WEEKS:
            raise SystemExit("the promise is broken")


if __name__ == "__main__":
    main()

"""What the council does by the clock, and the promises it can check. The hooks `tick` and `invariants`."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.db.models import F

from council.actions import move_due_dates, open_due_calls, put_due_in_force, remind_members
from council.actions.verification import find_minutes_faults
from council.models import Posting, Resolution, Series, Station, Topic, Vote


def tick(at: dt.datetime) -> Iterator[str]:
    yield f"{open_due_calls(at=at)} calls for topics opened"
    yield f"{remind_members(at=at)} meetings reminded of"
    yield f"{put_due_in_force(at=at)} resolutions in force"
    yield f"{move_due_dates(at=at)} dates of topics follow the calendar"


def invariants() -> Iterator[str]:
    """Published minutes, hands against the rule, receipts against their series."""
    yield from find_minutes_faults()
    for resolution in Resolution.objects.exclude(community=F("item__meeting__community")):
        yield f"resolution {resolution.number}: of another community than its meeting"
    for vote in Vote.objects.exclude(resolution__method=Resolution.Method.RECORDED):
        yield f"resolution {vote.resolution_id}: it was not taken by name, and names a vote"
    yield from find_option_faults()
    yield from find_station_faults()
    for posting in Posting.objects.filter(status=Posting.Status.IN_FORCE, objections__status="open"):
        yield f"resolution {posting.resolution_id}: in force with an open objection"
    last = {series.name: series.last for series in Series.objects.filter(name__startswith="topic:")}
    for receipt in Topic.objects.values_list("receipt", flat=True):
        _, year, number = receipt.split("-")
        if int(number) > last.get(f"topic:{year}", 0):
            yield f"topic {receipt}: beyond the last number of its series"


def find_station_faults() -> Iterator[str]:
    """A topic stands as its last station with a status says; what is joined leads to one that is not."""
    said: dict[int, str] = {}
    rows = Station.objects.filter(kind__in=Station.STATUS).order_by("pk")
    for topic, kind in rows.values_list("topic", "kind"):
        said[topic] = Station.STATUS[Station.Kind(kind)]
    for pk, receipt, status in Topic.objects.values_list("pk", "receipt", "status"):
        if said.get(pk) != status:
            yield f"topic {receipt}: {status}, but its stations say {said.get(pk)}"
    joined = Topic.objects.filter(merged_into__merged_into__isnull=False)
    for receipt in joined.values_list("receipt", flat=True):
        yield f"topic {receipt}: joined with one that is joined itself"


def find_option_faults() -> Iterator[str]:
    """The leading option is what a resolution has for it, the others what it has against it."""
    rows = Resolution.objects.filter(options__isnull=False).distinct()
    for resolution in rows.prefetch_related("options", "votes"):
        counts = {str(option.number): option.votes for option in resolution.options.all()}
        if (resolution.yes, resolution.yes + resolution.no) != (max(counts.values()), sum(counts.values())):
            yield f"resolution {resolution.number}: its figures are not those of its options"
        by_name = Counter(vote.choice for vote in resolution.votes.all())
        if resolution.method == Resolution.Method.RECORDED and counts != {
            number: by_name[number] for number in counts
        }:
            yield f"resolution {resolution.number}: its options have other votes than by name"

"""What the nursery does at a given minute, and its invariants. The hooks `tick` and `invariants`."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.utils.timezone import localdate

from childcare.actions import end_due_enrolments, lapse_offers, report_uncollected, send_reminders
from childcare.models import Application, ChildDay, HeadTask, NurseryClass, Paper
from childcare.models.applications import HOLDING

CHECKED = [Application.Status.VERIFIED, *HOLDING]


def tick(at: dt.datetime) -> Iterator[str]:
    yield f"{send_reminders(at=at)} offers about to end"
    yield f"{lapse_offers(at=at)} offers lapsed"
    yield f"{report_uncollected(at=at)} messages about children not collected"
    yield f"{end_due_enrolments(at=at)} children left the nursery"


def find_violations() -> Iterator[str]:
    """Each class's counter against the applications that hold a place, and what was seen before a place."""
    classes = NurseryClass.objects.annotate(held=Count("holders", filter=Q(holders__status__in=HOLDING)))
    for group in classes.exclude(taken=F("held")):
        yield f"nursery class {group.pk}: {group.taken} taken, {group.held} applications hold a place"
    seen = Count("papers", filter=Q(papers__seen_at__isnull=False))
    checked = Application.objects.filter(status__in=CHECKED).annotate(seen=seen)
    for each in checked.exclude(seen=len(Paper.Kind.values)):
        yield f"application {each.pk}: {each.seen} papers seen"
    elsewhere = ~Q(offered_class__community=F("community")) & Q(offered_class__isnull=False)
    elsewhere |= ~Q(nursery_class__community=F("community")) & Q(nursery_class__isnull=False)
    elsewhere |= ~Q(child__community=F("community")) & Q(child__isnull=False)
    for application in Application.objects.filter(elsewhere | ~Q(guardian__community=F("community"))):
        yield f"application {application.pk}: a class, child or guardian of another community"
    known = HeadTask.objects.open().filter(kind=HeadTask.Kind.NOT_COLLECTED).values("application")
    present = ChildDay.objects.filter(status=ChildDay.Status.PRESENT, day__lt=localdate())
    for row in present.exclude(application__in=known):
        yield f"day {row.pk} of a child: not collected on {row.day}, and no task says so"

"""What the nursery does at a given minute, and its invariants. The hooks `tick` and `invariants`."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, F, Q

from childcare.actions import (
    announce_class_changes,
    close_unrecorded_visits,
    end_due_enrolments,
    fill_missing_stays,
    first_day_in_class,
    forget_empty_visit_times,
    forget_ended_numbers,
    has_age_of_class,
    lapse_offers,
    lay_out_visits,
    move_to_next_classes,
    record_line_moves,
    release_untaken_places,
    report_ages,
    report_uncollected,
    report_untaken_places,
    send_reminders,
    send_visit_reminders,
)
from childcare.actions.invariants import seat_violations
from childcare.actions.ratio import RULE as RATIO
from childcare.actions.ratio import is_ratio
from childcare.models import Application, ChildDay, HeadTask, NurseryVisit, Paper, VisitSlot
from childcare.models.applications import HOLDING
from circle.models import AlarmStep, Rule

CHECKED = [Application.Status.VERIFIED, *HOLDING]


def tick(at: dt.datetime) -> Iterator[str]:
    yield f"{send_reminders(at=at)} offers about to end"
    yield f"{lapse_offers(at=at)} offers lapsed"
    yield f"{report_uncollected(at=at)} children not collected"
    yield f"{report_untaken_places(at=at)} accepted places not taken up"
    yield f"{release_untaken_places(at=at)} places not taken up released"
    yield f"{fill_missing_stays(at=at)} seats found that were missing"
    yield f"{announce_class_changes(at=at)} changes of class within a month"
    yield f"{move_to_next_classes(at=at)} children in their next class"
    yield f"{report_ages(at=at)} children outside the ages of their class"
    yield f"{end_due_enrolments(at=at)} children left the nursery"
    yield f"{record_line_moves(at=at)} moves in the line"
    yield f"{lay_out_visits(at=at)} times for visits laid out"
    yield f"{send_visit_reminders(at=at)} reminders of visits"
    yield f"{close_unrecorded_visits(at=at)} visits over, nothing recorded"
    yield f"{forget_empty_visit_times(at=at)} empty times for visits removed"
    yield f"{forget_ended_numbers(at=at)} numbers of second parents forgotten"


def find_violations() -> Iterator[str]:
    """Seats against the applications that hold a place, and what was seen before a place."""
    yield from seat_violations()
    seen = Count("papers", filter=Q(papers__seen_at__isnull=False))
    checked = Application.objects.filter(status__in=CHECKED).annotate(seen=seen)
    for each in checked.exclude(seen=len(Paper.Kind.values)):
        yield f"application {each.pk}: {each.seen} papers seen"
    elsewhere = ~Q(offer__nursery_class__community=F("community")) & Q(offer__isnull=False)
    elsewhere |= ~Q(nursery_class__community=F("community")) & Q(nursery_class__isnull=False)
    elsewhere |= ~Q(child__community=F("community")) & Q(child__isnull=False)
    for application in Application.objects.filter(elsewhere | ~Q(guardian__community=F("community"))):
        yield f"application {application.pk}: a class, child or guardian of another community"
    yield from ratio_violations()
    yield from uncollected_violations()
    yield from age_violations()
    yield from visit_violations()


def ratio_violations() -> Iterator[str]:
    for rule in Rule.objects.filter(kind=RATIO):
        if not is_ratio(rule.params):
            yield f"rule {rule}: carers cannot be counted by it, so nobody is stopped"


def uncollected_violations() -> Iterator[str]:
    """Whoever an alarm was raised about or has left the nursery while present has a task, and nobody else."""
    tasks = HeadTask.objects.open().filter(kind=HeadTask.Kind.NOT_COLLECTED)
    present = ChildDay.objects.filter(status=ChildDay.Status.PRESENT)
    steps = AlarmStep.objects.filter(subject_type=ChildDay._meta.label_lower)
    raised = Q(pk__in=steps.values("subject_id"))
    reported = present.filter(raised | Q(application__status=Application.Status.LEFT))
    for row in reported.exclude(application__in=tasks.values("application")):
        yield f"day {row.pk} of a child: not collected on {row.day}, and no task says so"
    for task in tasks.exclude(application__in=present.values("application")):
        yield f"task {task.pk}: a child not collected, and every day is closed"


def age_violations() -> Iterator[str]:
    """On the first day the child has the age of the class, or a task has said that it has not."""
    held = Application.objects.holding().with_class_since().select_related("child", "offer__nursery_class")
    for application in held.exclude(tasks__kind=HeadTask.Kind.AGE):
        if not has_age_of_class(application, first_day_in_class(application)):
            yield f"application {application.pk}: on its first day not of the age of its class"


def visit_violations() -> Iterator[str]:
    """Counters of times against the visits, and whose trial half-days those are that stand. What was
    anonymised names no application any more."""
    taken = Count("bookings", filter=~Q(bookings__status__in=NurseryVisit.FREED))
    for slot in VisitSlot.objects.annotate(occupied=taken).exclude(taken=F("occupied")):
        yield f"time for visits {slot.pk}: {slot.taken} taken, {slot.occupied} visits hold a place"
    same = Q(day=F("slot__day"), plan=F("slot__plan"), community=F("slot__community"))
    is_right_kind = Q(plan__kind="look", application=None) | Q(plan__kind="trial", application__isnull=False)
    is_right_kind |= Q(plan__kind="trial", resident__is_nobody=True)
    for visit in NurseryVisit.objects.exclude(same & is_right_kind):
        yield f"visit {visit.pk}: its day, kind or community is not its time's"
    for visit in (
        NurseryVisit.objects.live().filter(application__isnull=False).exclude(application__status__in=HOLDING)
    ):
        yield f"visit {visit.pk}: a trial half-day of a child that holds no place"

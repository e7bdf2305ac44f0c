"""The clock of the visit duties: laid out, fulfilled by visits of elder care, missed at their end."""

import datetime as dt
from collections import defaultdict

from django.db import connection, transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from circle.calendar.legal_parameters import rule_in_force
from circle.models import Community
from eldercare.actions.duty_periods import Period, how_often, period_of
from eldercare.models import CareBooking, DutyLayout, DutyRest, RiskTag, VisitDuty
from eldercare.models.duties import VisitDutyQuerySet

DUTY_RULE = "visit_duties"
VISITS = "visits"  # the kind of care that looks in on somebody
Status = VisitDuty.Status
Wanted = dict[tuple[int, str], Period]


@transaction.atomic
def lay_out_duties(*, community: Community, at: dt.datetime) -> int:
    """The duties of today's periods for whom a reason holds; returns how many are new.

    What the present reasons no longer ask for is dropped, what rests waits, and what rested long enough is
    due again. Refuses: rule_missing (somebody has a reason).
    """
    day = localdate(at)
    # Locked, so that two machines lay out one after the other.
    DutyLayout.objects.get_or_create(community=community, defaults={"day": day, "last_tag": 0})
    DutyLayout.objects.select_for_update(no_key=True).get(community=community)
    last_tag = RiskTag.objects.filter(community=community).aggregate(last=Max("pk"))["last"] or 0
    wanted, rule = wanted_periods(community, day)
    there = duties_of(community, day)
    known = set(there.values_list("resident", "period"))
    new = {who: period for who, period in wanted.items() if who not in known}
    insert_duties(community, new, rule)
    drop_unwanted(there, wanted)
    rest_and_wake(there, community, day)
    DutyLayout.note(community, day, last_tag)
    return len(new)


def insert_duties(community: Community, new: Wanted, rule: int | None) -> None:
    """By hand: for thousands, building rows and statement costs more than writing them."""
    fields = [field for field in VisitDuty._meta.concrete_fields if not field.primary_key]
    fields.sort(key=lambda field: field.name != "resident")
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table, marks = connection.ops.quote_name(VisitDuty._meta.db_table), ", ".join(["%s"] * len(fields))
    by_period: dict[Period, list[int]] = defaultdict(list)
    for (resident, _key), period in new.items():
        by_period[period].append(resident)
    for period, people in by_period.items():
        duty = VisitDuty(
            community=community,
            every=period.every,
            period=period.key,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            due_at=period.due_at,
            rule_id=rule,
        )
        same = [field.get_db_prep_save(getattr(duty, field.attname), connection) for field in fields[1:]]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608
                [[resident, *same] for resident in people],
            )


def wanted_periods(community: Community, day: dt.date) -> tuple[Wanted, int | None]:
    """By person and period, and the rule that says so."""
    reasons: dict[tuple[int, dt.date | None], set[str]] = defaultdict(set)
    rows = RiskTag.objects.filter(community=community).on(day)
    for resident, kind, born_on in rows.values_list("resident", "kind", "resident__born_on"):
        reasons[resident, born_on].add(kind)
    if not reasons:
        return {}, None
    rule = rule_in_force(DUTY_RULE, on=day)
    levels = rule.params["levels"]
    wanted: Wanted = {}
    for (resident, born_on), kinds in reasons.items():
        period = period_of(how_often(levels, kinds, born_on, day), day)
        wanted[resident, period.key] = period
    return wanted, rule.pk


def duties_of(community: Community, day: dt.date) -> VisitDutyQuerySet:
    """Those of periods; what an event asked for is never dropped."""
    return VisitDuty.objects.filter(community=community).of_day(day).exclude(every=VisitDuty.Every.EVENT)


def drop_unwanted(there: QuerySet[VisitDuty], wanted: Wanted) -> None:
    """Of a period that the present reasons do not ask for; it comes back if they ask for it again."""
    rows = there.filter(status__in=[Status.DUE, Status.RESTING, Status.DROPPED])
    gone, back = [], []
    for pk, resident, period, status in rows.values_list("pk", "resident", "period", "status"):
        is_wanted = (resident, period) in wanted
        if is_wanted and status == Status.DROPPED:
            back.append(pk)
        elif not is_wanted and status != Status.DROPPED:
            gone.append(pk)
    set_status(gone, [Status.DUE, Status.RESTING], Status.DROPPED)
    set_status(back, [Status.DROPPED], Status.DUE)


def set_status(pks: list[int], allowed: list[Status], to: Status) -> None:
    if pks:
        VisitDuty.objects.filter(pk__in=pks, status__in=allowed).update(status=to)


def rest_and_wake(there: VisitDutyQuerySet, community: Community, day: dt.date) -> None:
    resting = DutyRest.objects.filter(community=community).on(day).values("resident")
    there.due().filter(resident__in=resting).update(status=Status.RESTING)
    there.filter(status=Status.RESTING).exclude(resident__in=resting).update(status=Status.DUE)


@transaction.atomic
def close_duties(*, at: dt.datetime) -> int:
    """Fulfil what a visit of elder care did, and enter as missed what nobody did in its time.

    Returns how many were missed. One of a dead person is dropped.
    """
    reopen_undone(at)
    fulfil_by_bookings(at)
    over = VisitDuty.objects.due()
    over.filter(~Q(resident__died_on=None) | ~Q(resident__erased_at=None)).update(status=Status.DROPPED)
    return over.filter(due_at__lte=at).update(status=Status.MISSED)


def reopen_undone(at: dt.datetime) -> None:
    """Whose booking was taken back or is disputed: to be done again, or missed where its time is over."""
    undone = VisitDuty.objects.filter(status=Status.DONE, booking__isnull=False)
    undone = undone.exclude(booking__in=CareBooking.objects.given())
    for is_over, to in ((Q(due_at__lte=at), Status.MISSED), (Q(due_at__gt=at), Status.DUE)):
        pks = list(undone.filter(is_over).values_list("pk", flat=True))
        VisitDuty.objects.filter(pk__in=pks).update(status=to, done_at=None, booking=None)


def fulfil_by_bookings(at: dt.datetime) -> None:
    made = (
        CareBooking.objects.given()
        .filter(
            resident=OuterRef("resident"),
            kind__code=VISITS,
            day__gte=OuterRef("starts_on"),
            status_at__lte=OuterRef("due_at"),
        )
        .order_by("status_at")
    )
    due = VisitDuty.objects.due().annotate(visit=Subquery(made.values("pk")[:1]))
    for pk, visit in due.filter(visit__isnull=False).values_list("pk", "visit"):
        done_at = CareBooking.objects.filter(pk=visit).values("status_at")[:1]
        VisitDuty.objects.due().filter(pk=pk).update(
            status=Status.DONE, booking=visit, done_at=Subquery(done_at)
        )


def forgotten_people() -> QuerySet[RiskTag]:
    """For whom a reason held when the clock last came by, and who have no duty of that day."""
    held = Q(pk__lte=F("community__duty_layout__last_tag"), since__lte=F("community__duty_layout__day"))
    held &= Q(until=None) | Q(until__gte=F("community__duty_layout__day"))
    living = Q(resident__died_on=None, resident__merged_into=None, resident__erased_at=None)
    duties = VisitDuty.objects.filter(
        resident=OuterRef("resident"),
        starts_on__lte=OuterRef("community__duty_layout__day"),
        ends_on__gte=OuterRef("community__duty_layout__day"),
    ).exclude(status=Status.DROPPED)
    return RiskTag.objects.filter(held, living).exclude(resident__in=duties.values("resident"))

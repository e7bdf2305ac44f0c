"""From class to class up to the third birthday: what an offer books, and what is missing of it."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.limits import effective_places
from childcare.actions.seats import ONE_DAY, Part, book_parts, free_parts, lay_out_seats
from childcare.models import Application, Band, NurseryClass, Stay
from childcare.models.ages import first_day_of_age

LEAVES_AT = 36  # months: the third birthday


@dataclass(frozen=True)
class Segment:
    """The days that a child should spend in a class, and the seats that are free for it."""

    nursery_class: NurseryClass | None
    first: dt.date
    last: dt.date
    parts: list[Part]

    @property
    def missing_from(self) -> dt.date | None:
        """The first day without a seat."""
        if not self.parts:
            return self.first
        booked_until = self.parts[-1].last
        return None if booked_until == self.last else booked_until + ONE_DAY


def plan_chain(
    nursery_class: NurseryClass,
    born_on: dt.date,
    first: dt.date,
    today: dt.date,
    until: dt.date | None = None,
) -> list[Segment]:
    """One segment for each class, up to the third birthday or to `until`. Whoever books them holds the
    classes of the nursery."""
    leaves = max(until or first_day_of_age(born_on, LEAVES_AT) - ONE_DAY, first)
    segments = [segment_of(nursery_class, born_on, first, leaves, today)]
    while segments[-1].last < leaves:
        day = segments[-1].last + ONE_DAY
        found = [
            segment_of(group, born_on, day, leaves, today)
            for group in next_classes(nursery_class, born_on, day)
        ]
        whole = next((each for each in found if each.missing_from is None), None)
        segments.append(whole or next(iter(found), Segment(None, day, leaves, [])))
    return segments


def next_classes(nursery_class: NurseryClass, born_on: dt.date, day: dt.date) -> list[NurseryClass]:
    """Of the same nursery and open, for the age on that day; of mixed ages only where there is no other."""
    rows = NurseryClass.objects.open().filter(facility=nursery_class.facility_id, starts_on__lte=day)
    fitting = [group for group in rows.order_by("from_months", "pk") if group.takes(born_on, day)]
    return sorted(fitting, key=lambda group: group.band == Band.MIXED)


def segment_of(
    group: NurseryClass, born_on: dt.date, first: dt.date, leaves: dt.date, today: dt.date
) -> Segment:
    last = max(min(first_day_of_age(born_on, group.below_months) - ONE_DAY, leaves), first)
    lay_out_seats(group)
    places = effective_places(group, today, first).places
    return Segment(group, first, last, free_parts(group, places, first, last))


def book_chain(application: Application, segments: list[Segment]) -> dt.date | None:
    """The stays and their days; the first day for which there is no seat yet.

    Refuses: full (none is free on the first day, or somebody was quicker).
    """
    if not segments[0].parts:
        raise full_error()
    try:
        with transaction.atomic():
            for segment in segments:
                book_segment(application, segment)
    except IntegrityError:
        raise full_error() from None
    return next((each.missing_from for each in segments if each.missing_from), None)


def book_segment(application: Application, segment: Segment) -> None:
    stays = Stay.objects.filter(application=application)
    if segment.parts:
        last = segment.parts[-1].last
        same = {"application": application, "nursery_class": segment.nursery_class, "is_missing": False}
        # What goes on in the same class is one stay.
        stay = stays.filter(ends_on=segment.first - ONE_DAY, **same).first()
        if stay:
            stays.filter(pk=stay.pk).update(ends_on=last)
        else:
            stay = stays.create(starts_on=segment.first, ends_on=last, **same)
        book_parts(stay, segment.parts)
    if segment.missing_from:
        stays.create(
            application=application,
            nursery_class=segment.nursery_class,
            starts_on=segment.missing_from,
            ends_on=segment.last,
            is_missing=True,
        )


def extend_chain(application: Application, today: dt.date, until: dt.date) -> None:
    """After the last booked day, where that lies before `until`. The caller holds the classes of the nursery.

    Refuses: full.
    """
    stay = Stay.objects.booked().filter(application=application).order_by("-ends_on").first()
    born_on = application.child.born_on if application.child else None
    if stay is None or stay.nursery_class is None or born_on is None:
        return
    first = max(stay.ends_on + ONE_DAY, today)
    if stay.ends_on >= until or first >= first_day_of_age(born_on, LEAVES_AT):
        return
    Stay.objects.missing().filter(application=application).delete()
    group = stay.nursery_class
    if not group.takes(born_on, first):
        group = next(iter(next_classes(group, born_on, first)), group)
    book_chain(application, plan_chain(group, born_on, first, today))


def full_error() -> ValidationError:
    return ValidationError(_("The last place in this class has just been taken."), code="full")

import datetime as dt
from calendar import monthrange

from django.db import migrations
from django.utils.timezone import localdate

ONE_DAY = dt.timedelta(days=1)
HOLDING = {"offered": "pending", "accepted": "accepted", "enrolled": "accepted"}
LEAVES_AT = 36


def last_day_below(born_on, months):
    year, month = divmod(born_on.year * 12 + born_on.month - 1 + months, 12)
    return dt.date(year, month + 1, min(born_on.day, monthrange(year, month + 1)[1]))


def booked_until(application, group, today):
    """The last day in this class; of a child beyond its ages the place is not given away meanwhile."""
    first, born_on = application.offered_start_on, application.child.born_on
    ends = [application.last_day] if application.last_day else []
    if born_on:
        of_class, of_nursery = (last_day_below(born_on, months) for months in (group.below_months, LEAVES_AT))
        ends.append(of_class if of_class > today else max(of_nursery, today + 30 * ONE_DAY))
    else:
        ends.append(today + 366 * ONE_DAY)
    return max(min(ends), first)


def book(apps, application, seat, today):
    stays, seat_days = apps.get_model("childcare", "Stay"), apps.get_model("childcare", "SeatDay")
    group, first = application.offered_class, application.offered_start_on
    last = booked_until(application, group, today)
    stay = stays.objects.create(application=application, nursery_class=group, starts_on=first, ends_on=last)
    days = [first + number * ONE_DAY for number in range((last - first).days + 1)]
    seat_days.objects.bulk_create(
        seat_days(seat=seat, day=day, half=half, child_id=application.child_id, stay=stay)
        for day in days
        for half in ("am", "pm")
    )
    born_on = application.child.born_on
    leaves = last_day_below(born_on, LEAVES_AT) if born_on else last
    missing = last + ONE_DAY if leaves > last and application.last_day is None else None
    if missing:
        stays.objects.create(application=application, starts_on=missing, ends_on=leaves, is_missing=True)
    return missing


def give_seats(apps, schema_editor):
    """Each class gets its seats, and each child that holds a place one of them for its time in the class; what
    comes afterwards is booked by `tick`, which knows the rules."""
    seats_of, offers = apps.get_model("childcare", "Seat"), apps.get_model("childcare", "Offer")
    applications = apps.get_model("childcare", "Application")
    today = localdate()
    for group in apps.get_model("childcare", "NurseryClass").objects.order_by("pk"):
        seats = seats_of.objects.bulk_create(
            seats_of(nursery_class=group, number=number, band=group.band)
            for number in range(1, group.capacity + 1)
        )
        held = applications.objects.filter(offered_class=group, status__in=HOLDING, child__isnull=False)
        rows = held.select_related("child", "offered_class").order_by("offered_start_on", "pk")
        for application, seat in zip(rows, seats, strict=False):
            missing = book(apps, application, seat, today)
            status = HOLDING[application.status]
            made_at = min(application.status_at, application.offer_expires_at - dt.timedelta(minutes=1))
            offers.objects.create(
                application=application,
                nursery_class=group,
                price_id=application.offered_price_id,
                starts_on=application.offered_start_on,
                missing_from=missing,
                made_at=made_at,
                expires_at=application.offer_expires_at,
                status=status,
                ended_at=None if status == "pending" else application.status_at,
            )


def take_seats_back(apps, schema_editor):
    for name in ("SeatDay", "Stay", "Seat", "Offer"):
        apps.get_model("childcare", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("childcare", "0018_seats_by_date")]

    operations = [migrations.RunPython(give_seats, take_seats_back)]

"""What waits in elder care: the hook `queues`."""

import datetime as dt

from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, ngettext

from circle.backoffice.counting import count_together
from circle.backoffice.queues import Queue
from circle.models import User, within_posts
from eldercare.actions.canteen.menus import WEEK
from eldercare.actions.holidays import spring_festival
from eldercare.backoffice.bookings import VIEW, Status
from eldercare.backoffice.holidays import FESTIVAL_AHEAD, festival_rows
from eldercare.backoffice.rights import unreached_notices
from eldercare.backoffice.visit_coverage import UNSEEN_DAYS, unseen_elders
from eldercare.models import (
    CareBooking,
    CareBookingQuerySet,
    CareSeries,
    Certificate,
    HolidayLook,
    MealOrder,
    MenuDay,
    SeriesDate,
    StandingDate,
    VisitDuty,
)
from eldercare.models.bookings import FREED, LEAD, VISIT, led_by
from eldercare.models.canteen.menus import MENU_VIEW
from eldercare.models.canteen.orders import ORDER_VIEW
from eldercare.models.duties import DUTY_CHANGE, DUTY_VIEW
from eldercare.models.right_notices import NOTICE_VIEW
from eldercare.models.series import SERIES_VIEW

TOMORROW = dt.timedelta(days=1)


def care_queues(user: User) -> list[Queue]:
    """The queues of elder care: the hook `queues`."""
    if not user.has_perm(VIEW):
        found = [*duty_queues(user), *visit_queues(user)] if user.has_perm(VISIT) else []
        return [*found, *right_queues(user), *meal_queues(user)]
    own, today = CareBooking.objects.filter(within_posts(user, VIEW)), localdate()
    certificates = Certificate.objects.for_user(user).ending(today)
    return [
        *(booking_queue(*line) for line in booking_lines(own, today)),
        Queue(
            gettext("Certificates that end within a month"),
            certificates,
            reverse("admin:eldercare_certificate_changelist"),
        ),
        Queue(
            gettext("Care today"),
            own.on(today).exclude(status__in=FREED),
            reverse("admin:eldercare_carebooking_day"),
        ),
        *series_queues(user),
        *duty_queues(user),
        *right_queues(user),
        *meal_queues(user),
    ]


def meal_queues(user: User) -> list[Queue]:
    """What stands between an ordered meal and who is to eat it."""
    if not user.has_perm(ORDER_VIEW):
        return []
    orders, today = MealOrder.objects.filter(within_posts(user, ORDER_VIEW)), localdate()
    waiting = StandingDate.objects.for_user(user).waiting()
    dates = reverse("admin:eldercare_standingdate_changelist", query={"status__exact": "waiting"})
    stranded = orders.stranded(today)
    diet = orders.against_diet(today)
    week = {"day__gt": today, "day__lte": today + WEEK * TOMORROW}
    written = MenuDay.objects.filter(within_posts(user, MENU_VIEW), **week).values("day").distinct().count()
    return [
        Queue(gettext("Meals of standing orders to see to"), waiting, dates, urgent_if_any=True),
        Queue(
            gettext("Meals ordered for a day on which the canteen is closed"),
            stranded,
            meal_list("closed"),
            urgent_if_any=True,
        ),
        Queue(gettext("Ordered though they must not eat it"), diet, meal_list("diet")),
        Queue(
            gettext("Meals ordered for today"),
            orders.filter(day=today).cooked_for(),
            reverse("admin:eldercare_mealorder_kitchen"),
        ),
        Queue(
            gettext("Days of the coming week without a menu"),
            WEEK - written,
            reverse("admin:eldercare_menuday_week"),
        ),
    ]


def meal_list(attention: str) -> str:
    return reverse("admin:eldercare_mealorder_changelist", query={"attention": attention})


def series_queues(user: User) -> list[Queue]:
    """Care that comes again: to be confirmed, and dates for which somebody has to find a time."""
    if not user.has_perm(SERIES_VIEW):
        return []
    own = CareSeries.objects.filter(within_posts(user, SERIES_VIEW), status=CareSeries.Status.REQUESTED)
    waiting = SeriesDate.objects.for_user(user).waiting()
    dates = reverse("admin:eldercare_seriesdate_changelist")
    return [
        Queue(
            gettext("Series of care to confirm"),
            own,
            f"{reverse('admin:eldercare_careseries_changelist')}?status__exact=requested",
        ),
        Queue(gettext("Dates of series that wait for a time"), waiting, f"{dates}?status__exact=waiting"),
    ]


def right_queues(user: User) -> list[Queue]:
    if not user.has_perm(NOTICE_VIEW):
        return []
    label = gettext("Not reached before a right begins or a card ends")
    return [Queue(label, unreached_notices(user), reverse("admin:eldercare_rightnotice_unreached"))]


def booking_lines(
    own: CareBookingQuerySet, today: dt.date
) -> list[tuple[str, str, CareBookingQuerySet, bool]]:
    """Label, filter of the list, rows, and whether any of them is urgent."""
    at = now()
    return [
        (gettext("Not at home: look after them"), "missed", own.nobody_home(), True),
        (gettext("Care to confirm"), "confirm", own.to_confirm(), False),
        (gettext("Care up to today without an outcome"), "open", own.without_outcome(today), False),
        (gettext("Care at a time that is closed"), "stranded", own.stranded(at), True),
        (gettext("Care whose carer is away or has left"), "crew", own.without_crew(at), True),
        (gettext("Care for somebody who is elsewhere then"), "clashing", own.clashing(at), True),
        (gettext("Care to be confirmed by telephone"), "call", own.to_call_back(), False),
    ]


def booking_queue(label: str, attention: str, rows: CareBookingQuerySet, is_urgent: bool) -> Queue:
    url = reverse("admin:eldercare_carebooking_changelist", query={"attention": attention})
    return Queue(label, rows, url, urgent_if_any=is_urgent)


def festival_queues(user: User) -> list[Queue]:
    days = spring_festival(localdate())
    if not days or days[0] - localdate() > FESTIVAL_AHEAD:
        return []
    lacking = sum(row.lacks_somebody for row in festival_rows(user, days))
    label = gettext("Before the Spring Festival: not asked, or a day without anybody")
    return [Queue(label, lacking, reverse("admin:eldercare_visitduty_festival"))]


def duty_queues(user: User) -> list[Queue]:
    """Whom somebody has to look in on by tomorrow night, as far as one's posts reach."""
    if not user.has_perm(DUTY_VIEW):
        return []
    url = reverse("admin:eldercare_visitduty_changelist")
    due = VisitDuty.objects.for_user(user).due().filter(ends_on__lte=localdate() + TOMORROW)
    unseen = len(unseen_elders(user, UNSEEN_DAYS, now()))
    return [
        Queue(gettext("Visits due by tomorrow"), due, f"{url}?status__exact=due"),
        *round_queue(user),
        *festival_queues(user),
        Queue(
            ngettext(
                "Elders whom nobody saw for %(days)s day",
                "Elders whom nobody saw for %(days)s days",
                UNSEEN_DAYS,
            )
            % {"days": UNSEEN_DAYS},
            unseen,
            reverse("admin:eldercare_visitduty_coverage"),
        ),
    ]


def round_queue(user: User) -> list[Queue]:
    """Of who goes from door to door."""
    if not user.has_perm(DUTY_CHANGE):
        return []
    due = VisitDuty.objects.for_user(user).due().of_day(localdate())
    looks = (
        HolidayLook.objects.for_user(user).open_on(localdate()).exclude(resident__in=due.values("resident"))
    )
    number = sum(count_together([due, looks]))
    return [Queue(gettext("Today's round"), number, reverse("admin:eldercare_visitduty_round"))]


def visit_queues(user: User) -> list[Queue]:
    """The queues of a care worker and of the leader of the volunteers."""
    url = reverse("admin:eldercare_carebooking_day")
    mine = CareBooking.objects.in_care_of(user).live().on(localdate())
    found = [Queue(gettext("My visits today"), mine, url)]
    if user.has_perm(LEAD):
        open_ones = CareBooking.objects.filter(led_by(user), status=Status.CONFIRMED, day__gte=localdate())
        first = open_ones.order_by("day").values_list("day", flat=True).first()
        found.append(
            Queue(
                gettext("Visits without anybody assigned"),
                open_ones,
                f"{url}?date={first.isoformat()}" if first else url,
            )
        )
    return found

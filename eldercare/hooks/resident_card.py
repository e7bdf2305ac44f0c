"""Elder care on the resident's card: the bookings, and a link to make one."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.backoffice.appointments import CARD_SHOWN, card_rows
from circle.backoffice.resident_card import CardAction, CardRow, CardSection
from circle.backoffice.row_actions import card_actions
from circle.models import Resident, User, within_posts
from eldercare.actions.series_words import rhythm_words
from eldercare.backoffice.bookings import ADD, CARE_ACTIONS, VIEW
from eldercare.backoffice.rights import RIGHT_ACTIONS
from eldercare.models import CareBooking, CareSeries, ClassWaiting, Enrolment, MealOrder, RightNotice
from eldercare.models.canteen.orders import ORDER_VIEW
from eldercare.models.day_care import AGREEMENT_CHANGE
from eldercare.models.profiles import PROFILE_VIEW
from eldercare.models.right_notices import NEAR, NOTICE_CHANGE, NOTICE_VIEW
from eldercare.models.series import SERIES_VIEW


def card_section(resident: Resident, user: User) -> CardSection | None:
    if not user.has_perm(VIEW):
        return adding_section(resident, user)
    own = CareBooking.objects.filter(within_posts(user, VIEW), resident=resident)
    rows = card_rows(
        own.shown(),
        user,
        CARE_ACTIONS,
        name="eldercare_carebooking",
        title=lambda booking: booking.kind.name,
        note=lambda booking: booking.day or "",
    )
    may_add = user.has_perm(ADD) and resident.died_on is None
    acts = desk_actions(resident) if may_add else []
    rows += further_rows(resident, user)
    acts += [*agreement_actions(resident, user), *card_note_actions(resident, user)]
    acts += profile_actions(resident, user)
    return CardSection("care", _("Elder care"), rows, acts)


def adding_section(resident: Resident, user: User) -> CardSection | None:
    """Of the hall clerk, who arranges care, and of the grid worker, who looks in."""
    if profile := profile_actions(resident, user):
        rows = right_rows(open_notices(resident, user), user)
        return CardSection("care", _("Elder care"), rows, profile, is_readable=False)
    if not user.has_perm(ADD) or resident.died_on:
        return None
    acts = [*desk_actions(resident), *card_note_actions(resident, user)]
    rows = right_rows(open_notices(resident, user), user)
    return CardSection("care", _("Elder care"), rows, acts, is_readable=False)


def desk_actions(resident: Resident) -> list[CardAction]:
    """Of whoever answers the phone that stands on every page of care."""
    url = f"{reverse('admin:eldercare_carebooking_rings')}?{urlencode({'resident': str(resident.code)})}"
    ring = CardAction(_("Who rings at the door?"), url)
    return [arrange_action(resident), order_action(resident), ring, enrol_action(resident)]


def agreement_actions(resident: Resident, user: User) -> list[CardAction]:
    if not user.has_perm(AGREEMENT_CHANGE) or resident.died_on:
        return []
    url = f"{reverse('admin:eldercare_dayagreement_new')}?{urlencode({'resident': str(resident.code)})}"
    return [CardAction(_("Agreement on day care"), url)]


def order_action(resident: Resident) -> CardAction:
    url = f"{reverse('admin:eldercare_mealorder_new')}?{urlencode({'resident': str(resident.code)})}"
    return CardAction(_("Order a meal"), url)


def enrol_action(resident: Resident) -> CardAction:
    url = f"{reverse('admin:eldercare_enrolment_new')}?{urlencode({'resident': str(resident.code)})}"
    return CardAction(_("Enrol in the senior school"), url)


def further_rows(resident: Resident, user: User) -> list[CardRow]:
    """Series, the school, and rights; one query tells which of them there are."""
    parts: list[tuple[QuerySet[Any], Callable[[Any, User], list[CardRow]]]] = [
        (live_series(resident, user), series_rows),
        (live_places(Enrolment, resident, user), school_rows),
        (live_meals(resident, user), meal_rows),
        (live_places(ClassWaiting, resident, user), school_rows),
        (open_notices(resident, user), right_rows),
    ]
    there_are = Resident.objects.filter(pk=resident.pk).values_list(*(Exists(rows) for rows, _rows in parts))
    found = zip(parts, there_are.get(), strict=True)
    return [row for (rows, card_rows_of), has_some in found if has_some for row in card_rows_of(rows, user)]


def live_series(resident: Resident, user: User) -> QuerySet[Any]:
    return CareSeries.objects.filter(within_posts(user, SERIES_VIEW), resident=resident).live()


def live_places(model: Any, resident: Resident, user: User) -> QuerySet[Any]:
    """Places in classes, or wishes for one."""
    seen = within_posts(user, f"eldercare.view_{model._meta.model_name}")
    found: QuerySet[Any] = model.objects.filter(seen, resident=resident).live()
    return found


def open_notices(resident: Resident, user: User) -> QuerySet[Any]:
    """Of what they were told and have not answered."""
    seen = within_posts(user, NOTICE_VIEW, near=NEAR)
    return RightNotice.objects.filter(seen, resident=resident).open_on(localdate())


def series_rows(rows: QuerySet[Any], user: User) -> list[CardRow]:
    return [
        CardRow(
            title=f"{row.kind.name} · {rhythm_words(row)}",
            url=reverse("admin:eldercare_careseries_change", args=[row.pk]),
            state=row.get_status_display(),
        )
        for row in rows.select_related("kind").order_by("pk")[:CARD_SHOWN]
    ]


def school_rows(rows: QuerySet[Any], user: User) -> list[CardRow]:
    return [
        CardRow(
            title=str(row.school_class),
            url=reverse(f"admin:eldercare_{row._meta.model_name}_change", args=[row.pk]),
            state=row.get_status_display(),
        )
        for row in rows.select_related("school_class__term").order_by("pk")[:CARD_SHOWN]
    ]


def live_meals(resident: Resident, user: User) -> QuerySet[Any]:
    seen = within_posts(user, ORDER_VIEW)
    return MealOrder.objects.filter(seen, resident=resident).to_come(localdate())


def meal_rows(rows: QuerySet[Any], user: User) -> list[CardRow]:
    return [
        CardRow(
            title=row.dish.name,
            url=reverse("admin:eldercare_mealorder_change", args=[row.pk]),
            state=row.get_status_display(),
            note=row.day,
        )
        for row in rows.select_related("dish").order_by("day", "pk")[:CARD_SHOWN]
    ]


def right_rows(rows: QuerySet[Any], user: User) -> list[CardRow]:
    """A word on the phone is entered here."""
    may_answer = user.has_perm(NOTICE_CHANGE)
    return [
        CardRow(
            title=row.right.name,
            url=reverse("admin:eldercare_rightnotice_change", args=[row.pk]),
            state=row.get_status_display(),
            note=row.day,
            acts=card_actions(RIGHT_ACTIONS, row.code, ask="admin:eldercare_rightnotice_ask")
            if may_answer
            else (),
        )
        for row in rows.select_related("right").order_by("day", "pk")[:CARD_SHOWN]
    ]


def card_note_actions(resident: Resident, user: User) -> list[CardAction]:
    if not user.has_perm(NOTICE_CHANGE) or resident.died_on:
        return []
    url = f"{reverse('admin:eldercare_rightnotice_card')}?{urlencode({'resident': str(resident.code)})}"
    return [CardAction(_("Note a card and its last day"), url)]


def arrange_action(resident: Resident) -> CardAction:
    url = f"{reverse('admin:eldercare_carebooking_what')}?{urlencode({'resident': str(resident.code)})}"
    return CardAction(_("Arrange care"), url)


def profile_actions(resident: Resident, user: User) -> list[CardAction]:
    if not user.has_perm(PROFILE_VIEW):
        return []
    return [CardAction(_("Profile"), reverse("admin:eldercare_visitduty_profile", args=[resident.code]))]


def home_visit_actions(resident: Resident) -> list[CardAction]:
    """The hook `home_visit`."""
    who = urlencode({"resident": str(resident.code)})
    return [
        CardAction(_("Arrange care"), f"{reverse('admin:eldercare_carebooking_door')}?{who}"),
        CardAction(_("Order a meal"), f"{reverse('admin:eldercare_mealorder_door')}?{who}"),
    ]


def person_of_code(code: str, user: User | None) -> int | None:
    for model in (CareBooking, CareSeries, Enrolment, ClassWaiting, MealOrder, RightNotice):
        if found := model.objects.filter(code=code).values_list("resident", flat=True).first():
            return int(found)
    return None

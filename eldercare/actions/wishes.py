"""What an elder wished for in who comes: a woman, or who came the last time."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import User
from eldercare.models import CareBooking, CareQuestion, CareWorker

Wish = CareQuestion.Wish


def wishes_of(booking: CareBooking) -> list[CareQuestion]:
    """Those that were ticked; of a booking with its kind's questions loaded without a query."""
    return [each for each in booking.kind.questions.all() if each.wish and each.code in booking.needs]


def last_crews(bookings: Sequence[CareBooking]) -> dict[int, set[int]]:
    """By booking the logins of who gave this kind of care to this elder the last time; one query."""
    done = CareBooking.objects.given().filter(
        resident__in={each.resident_id for each in bookings},
        kind__in={each.kind_id for each in bookings},
    )
    rows = done.order_by("day", "status_at").values_list("resident", "kind", "assigned_to", "assistant")
    last = {(resident, kind): {pk for pk in crew if pk} for resident, kind, *crew in rows}
    return {each.pk: last.get((each.resident_id, each.kind_id), set()) for each in bookings}


def last_crew(booking: CareBooking) -> set[int]:
    """Empty where nobody gave it yet."""
    return last_crews([booking])[booking.pk]


def women_of(booking: CareBooking, crew: Sequence[User]) -> set[int]:
    rows = CareWorker.objects.filter(community=booking.community_id, user__in=crew, sex=CareWorker.Sex.WOMAN)
    return set(rows.values_list("user", flat=True))


def broken_wishes(booking: CareBooking, crew: Sequence[User]) -> list[CareQuestion]:
    """The wishes that this crew would not meet, those that refuse first.

    A wish for the same carer asks that one of those of the last time comes; the first time it says nothing.
    """
    broken = []
    for question in wishes_of(booking):
        if question.wish == Wish.WOMAN:
            is_met = women_of(booking, crew) == {each.pk for each in crew}
        else:
            known = last_crew(booking)
            is_met = not known or bool(known & {each.pk for each in crew})
        if not is_met:
            broken.append(question)
    return sorted(broken, key=lambda question: not question.is_strict)


def refuse_broken_wish(booking: CareBooking, crew: Sequence[User], *, despite_wish: bool) -> None:
    """Refuses: wish_refused (the kind holds to this wish), wish_asked (say that you know of it)."""
    for question in broken_wishes(booking, crew):
        if question.is_strict:
            raise ValidationError(
                _("The elder wished: %(wish)s. For this care the wish counts."),
                code="wish_refused",
                params={"wish": question.text},
            )
        if not despite_wish:
            raise ValidationError(
                _("The elder wished: %(wish)s. Ask them, and tick that they know."),
                code="wish_asked",
                params={"wish": question.text},
            )

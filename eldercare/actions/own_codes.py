"""The own code of four digits, with which the second carer confirms on the phone of the first."""

import re

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from circle.models import User
from eldercare.models import CareBooking, CareWorker

MOST_WRONG = 5
TOO_SIMPLE = {digit * 4 for digit in "0123456789"} | {"1234", "4321"}


def set_own_code(*, worker: CareWorker, code: str) -> None:
    """Choose it or change it; wrong ones are forgotten.

    Refuses: code_not_four_digits, code_too_simple.
    """
    if not re.fullmatch(r"[0-9]{4}", code):
        raise ValidationError(_("The code has four digits."), code="code_not_four_digits")
    if code in TOO_SIMPLE:
        raise ValidationError(
            _("Somebody would guess this code. Choose another one."), code="code_too_simple"
        )
    CareWorker.objects.filter(pk=worker.pk).update(own_code=make_password(code), wrong_codes=0)


def who_confirms(booking: CareBooking, by: User) -> User | None:
    """Who types the own code when `by` begins care of two; None where the other one can have no code.

    Volunteers, grid workers and leaders are not entered as care workers.
    """
    if booking.crew_size == 1 or not booking.has_in_crew(by):
        return None
    others = [each for each in booking.crew if each != by]
    return next((each for each in others if each.pk in may_have_codes(booking)), None)


def may_have_codes(booking: CareBooking) -> set[int]:
    """Of the crew those who are entered as care workers."""
    workers = CareWorker.objects.filter(community=booking.community_id, user__in=booking.crew)
    return set(workers.values_list("user", flat=True))


def check_own_code(user: User, community: int, code: str) -> None:
    """Each wrong one is counted, also where the caller then writes nothing: call it outside of `atomic`.

    Refuses: code_missing (none was chosen yet), code_blocked (five wrong ones: choose a new one), code_wrong.
    """
    worker = CareWorker.objects.without_photos().filter(community=community, user=user).first()
    if worker is None or not worker.own_code:
        raise ValidationError(
            _("%(name)s has not chosen a code yet."), code="code_missing", params={"name": user}
        )
    own = CareWorker.objects.filter(pk=worker.pk)
    # Counted before it is compared: of many that guess at once no more are let through.
    if not own.filter(wrong_codes__lt=MOST_WRONG).update(wrong_codes=F("wrong_codes") + 1):
        raise ValidationError(
            _("Too many wrong codes. %(name)s has to choose a new one."),
            code="code_blocked",
            params={"name": user},
        )
    if not check_password(code, worker.own_code):
        raise ValidationError(
            _("This is not the code of %(name)s."), code="code_wrong", params={"name": user}
        )
    own.update(wrong_codes=0)

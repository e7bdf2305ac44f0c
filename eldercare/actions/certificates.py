"""Whether those who give care are trained for it on its day."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import User
from eldercare.models import CareBooking, Certificate


def refuse_without_certificate(booking: CareBooking, crew: Iterable[User]) -> None:
    """Refuses: certificate_missing (for the skill of the kind), certificate_expired (on the day)."""
    if not booking.kind.skill or booking.day is None:
        return
    held = Certificate.objects.filter(community=booking.community_id, skill=booking.kind.skill)
    valid = set(held.valid(booking.day).values_list("user", flat=True))
    for each in crew:
        if each.pk in valid:
            continue
        words = {"name": each, "skill": booking.kind.get_skill_display()}
        if held.filter(user=each).exists():
            raise ValidationError(
                _("The certificate of %(name)s (%(skill)s) is not valid on that day."),
                code="certificate_expired",
                params=words,
            )
        raise ValidationError(
            _("%(name)s has no certificate for this care (%(skill)s)."),
            code="certificate_missing",
            params=words,
        )

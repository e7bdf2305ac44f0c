"""Guardians of children."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Guardianship, Resident, User
from circle.models.guardians import ADULT_AT, age_in_years


@transaction.atomic
def add_guardian(
    *, child: Resident, adult: Resident, at: dt.datetime, by: User | None, rank: int = 1
) -> Guardianship:
    """Make this adult a guardian of the child; a guardianship that had ended is resumed.

    Refuses: other_community, not_a_child (18 or older), not_an_adult, resident_gone.
    """
    check_pair(child, adult, localtime(at).date())
    guardianship, is_new = Guardianship.objects.get_or_create(
        child=child, adult=adult, defaults={"rank": rank}
    )
    again = not is_new and Guardianship.objects.filter(pk=guardianship.pk).exclude(ended_at=None).update(
        ended_at=None, rank=rank
    )
    if is_new or again:
        record(verb="guardian_added", subject=guardianship, community=child.community_id, at=at, actor=by)
        guardianship.refresh_from_db()
    return guardianship


def check_pair(child: Resident, adult: Resident, today: dt.date) -> None:
    if child.community_id != adult.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if any(person.died_on or person.merged_into_id for person in (child, adult)):
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")
    if child.born_on and age_in_years(child.born_on, today) >= ADULT_AT:
        raise ValidationError(_("Whoever is of age needs no guardian."), code="not_a_child")
    if child.pk == adult.pk or (adult.born_on and age_in_years(adult.born_on, today) < ADULT_AT):
        raise ValidationError(_("A guardian has to be of age."), code="not_an_adult")


@transaction.atomic
def end_guardianship(*, guardianship: Guardianship, at: dt.datetime, by: User | None) -> None:
    """End a guardianship; one that has ended is unchanged."""
    if Guardianship.objects.filter(pk=guardianship.pk, ended_at=None).update(ended_at=at):
        community = guardianship.child.community_id
        record(verb="guardian_ended", subject=guardianship, community=community, at=at, actor=by)

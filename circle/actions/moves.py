"""Moving in and out."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Building, Household, Residence, Resident, User


@transaction.atomic
def move_in(
    *,
    resident: Resident,
    building: Building,
    on: dt.date,
    at: dt.datetime,
    by: User | None,
    household: Household | None = None,
) -> Residence:
    """Record that they live here from that day on, and end their former home. Repeating it changes nothing.

    Refuses: other_community, household_elsewhere (of another building), move_in_future, move_before_last
    (they moved to their present home later than that), resident_gone.
    """
    check_move(resident, on, at)
    if building.community_id != resident.community_id:
        raise ValidationError(_("This building stands in another community."), code="other_community")
    if household and household.building_id != building.pk:
        raise ValidationError(_("This household is in another building."), code="household_elsewhere")
    open_one = locked_residence(resident)
    where = {"building": building, "household": household}
    if open_one and (open_one.building_id, open_one.household_id) == (
        building.pk,
        household and household.pk,
    ):
        return open_one
    if open_one:
        close_residence(open_one, on)
    residence = Residence.objects.create(resident=resident, moved_in_on=on, **where)
    set_home(resident, building, household)
    record(
        verb="resident_moved_in",
        subject=resident,
        community=resident.community_id,
        at=at,
        actor=by,
        residence=residence.pk,
    )
    return residence


@transaction.atomic
def move_out(*, resident: Resident, on: dt.date, at: dt.datetime, by: User) -> None:
    """Record that they moved away; their history and arrangements remain. Repeating it is harmless.

    Refuses: move_in_future, move_before_last, resident_gone.
    """
    check_move(resident, on, at)
    open_one = locked_residence(resident)
    if open_one:
        close_residence(open_one, on)
    elif resident.building:  # lived here since before moves were written down
        Residence.objects.create(
            resident=resident,
            building=resident.building,
            household=resident.household,
            moved_in_on=on,
            moved_out_on=on,
        )
    else:
        return
    set_home(resident, None, None)
    record(verb="resident_moved_out", subject=resident, community=resident.community_id, at=at, actor=by)


def check_move(resident: Resident, on: dt.date, at: dt.datetime) -> None:
    if resident.died_on or resident.merged_into_id:
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")
    if on > localtime(at).date():
        raise ValidationError(_("Enter a move once it has happened."), code="move_in_future")


def locked_residence(resident: Resident) -> Residence | None:
    """The present home, read after a lock on the person, so that two clerks do not move them twice."""
    Resident.objects.select_for_update(no_key=True).get(pk=resident.pk)
    return resident.residences.current().first()


def close_residence(residence: Residence, on: dt.date) -> None:
    if on < residence.moved_in_on:
        raise ValidationError(
            _("They moved to where they live now later than that."), code="move_before_last"
        )
    residence.moved_out_on = on
    residence.save(update_fields=["moved_out_on"])


def set_home(resident: Resident, building: Building | None, household: Household | None) -> None:
    resident.building, resident.household = building, household
    resident.save(update_fields=["building", "household"])

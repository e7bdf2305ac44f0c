"""Invented people to whom something has happened: a family, an ended mandate, a merge, a move, a death."""

import datetime as dt

from django.utils import timezone

from circle.actions import (
    add_guardian,
    confirm_mandate,
    give_mandate,
    merge_residents,
    move_in,
    offer_mandate,
    register_resident,
    report_death,
    revoke_mandate,
)
from circle.demo.people import resident_login
from circle.demo.staff import demo_clerk
from circle.models import Building, Community, Household, Mandate, Resident, User, Via
from services import actions
from services.models import ServiceItem, Slot

MOTHER, FATHER, GRANDMOTHER = "陶妈妈（演示）", "陶爸爸（演示）", "陶奶奶（演示）"
CHILD, NEWCOMER, DECEASED = "陶小朋友（演示）", "方阿姨（演示）", "孔爷爷（演示）"
PHONES = {
    MOTHER: "15400000041",
    FATHER: "15400000042",
    GRANDMOTHER: "15400000043",
    NEWCOMER: "15400000044",
}
NEIGHBOUR = "15400000003"
ONE_DAY = dt.timedelta(days=1)


def load_family(community: Community) -> None:
    """Once: whoever is there has a history by now."""
    if community.people.filter(name=MOTHER).exists():
        return
    at, clerk = timezone.now(), demo_clerk(community)
    people = {name: add_person(community, name, at, clerk) for name in [*PHONES, CHILD, DECEASED]}
    add_family(community, people, at, clerk)
    add_mandates(people, at, clerk)
    add_merged_duplicate(people[NEWCOMER], at, clerk)
    add_death(people[DECEASED], at, clerk)


def add_person(community: Community, name: str, at: dt.datetime, clerk: User) -> Resident:
    phone = PHONES.get(name, "")
    login = resident_login(phone) if phone else None
    found = register_resident(community=community, name=name, phone=phone, login=login, at=at, by=clerk)
    years = {CHILD: 2, GRANDMOTHER: 66, DECEASED: 88}.get(name, 33)
    found.born_on = dt.date(timezone.localdate().year - years, 3, 9)
    found.save(update_fields=["born_on"])
    return found


def add_family(community: Community, people: dict[str, Resident], at: dt.datetime, clerk: User) -> None:
    """One household: two guardians, their child and her grandmother."""
    building = Building.objects.get(community=community, code="b05")
    household = Household.objects.get_or_create(community=community, building=building, door="2-501")[0]
    since = timezone.localdate() - 700 * ONE_DAY
    for name in (MOTHER, FATHER, GRANDMOTHER, CHILD):
        move_in(resident=people[name], building=building, household=household, on=since, at=at, by=clerk)
    for rank, name in enumerate([MOTHER, FATHER], start=1):
        add_guardian(child=people[CHILD], adult=people[name], rank=rank, at=at, by=clerk)


def add_mandates(people: dict[str, Resident], at: dt.datetime, clerk: User) -> None:
    """The mother asks the grandmother, who agrees. A neighbour's mandate from her has ended."""
    mother, grandmother = people[MOTHER], people[GRANDMOTHER]
    if not (mother.login and grandmother.login):
        return
    actions.note_identity(resident=mother, paper="household", via=Via.WINDOW, at=at, by=clerk)
    asked = offer_mandate(
        principal=mother,
        phone=PHONES[GRANDMOTHER],
        scope=Mandate.Scope.CHILDCARE,
        at=at,
        by=mother.login,
    )
    confirm_mandate(mandate=asked, at=at, by=grandmother.login)
    earlier = Mandate(
        principal=grandmother,
        basis=Mandate.Basis.WINDOW,
        scope=Mandate.Scope.BOOKINGS,
        valid_from=timezone.localdate() - 90 * ONE_DAY,
    )
    give_mandate(mandate=earlier, phone=NEIGHBOUR, at=at - 90 * ONE_DAY, by=clerk)
    revoke_mandate(mandate=earlier, at=at - 20 * ONE_DAY, by=grandmother.login)


def add_merged_duplicate(kept: Resident, at: dt.datetime, clerk: User) -> None:
    """She moved in ten days ago, had been taken down on the phone before, and is one person again."""
    building = Building.objects.get(community=kept.community_id, code="b12")
    on = timezone.localdate() - 10 * ONE_DAY
    move_in(resident=kept, building=building, on=on, at=at, by=clerk)
    duplicate = register_resident(community=kept.community, name=kept.name, at=at, by=clerk)
    merge_residents(kept=kept, duplicate=duplicate, at=at, by=clerk)


def add_death(resident: Resident, at: dt.datetime, clerk: User) -> None:
    """A booking of his had been made at the window; it stopped with the report."""
    items = ServiceItem.objects.filter(community=resident.community_id, is_bookable=True)
    slots = Slot.objects.open().upcoming(at).filter(channel=Slot.Channel.COUNTER)
    for item in items.order_by("code"):
        slot = slots.serving(item).with_places_left().select_related("counter__facility", "community").first()
        if slot:
            actions.book_slot(item=item, slot=slot, resident=resident, via=Via.WINDOW, at=at, by=clerk)
            break
    report_death(resident=resident, died_on=timezone.localdate(), at=at, by=clerk)

"""Two rows that are one person: whatever points at a resident moves, and no relation is forgotten."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from childcare.models import PickupPerson, SeatDay
from circle.actions import merge_residents, withdraw_consent
from circle.actions.merges import merge_preview, resident_relations
from circle.models import Consent, Merge, MessagePreference, Record, Resident
from eldercare.actions import Answers
from eldercare.models import CareProfile, HolidayLook, HolidayStay, MealProfile
from tests import make, make_canteen, make_childcare, make_council, make_eldercare, make_rights, make_school

pytestmark = pytest.mark.django_db

AT = make.MORNING

# One row for each relation, made for the duplicate. A new relation fails the first test until it stands here.
MAKERS = {
    "circle.alarm.resident": lambda who: make.alarm(resident=who),
    "circle.actingban.principal": lambda who: who.acting_bans.create(made_at=AT),
    "circle.busy.resident": lambda who: who.busy_quarters.create(
        community=who.community, quarter=0, subject_type="eldercare.carebooking", subject_id=1
    ),
    "circle.consent.guardian": lambda who: make.consent(guardian=who),
    "circle.consent.resident": lambda who: make.consent(resident=who),
    "circle.erasure.resident": lambda who: who.erasures.create(
        community=who.community, status_at=AT, asked_at=AT, asked_by=make.user(), via="window"
    ),
    "circle.guardianship.adult": lambda who: make.guardianship(adult=who),
    "circle.guardianship.child": lambda who: make.guardianship(child=who),
    "circle.mandate.principal": lambda who: make.mandate(principal=who),
    "circle.message.resident": lambda who: make.message(resident=who),
    "circle.messagepreference.resident": lambda who: MessagePreference.objects.create(resident=who),
    "circle.resident.merged_into": lambda who: make.resident(merged_into=who),
    "circle.rating.resident": lambda who: make.rating(resident=who),
    "circle.surveyinvitation.resident": lambda who: who.survey_invitations.create(
        survey=make.survey(community=who.community)
    ),
    "circle.residence.resident": lambda who: who.residences.create(
        building=make.building(), moved_in_on=AT.date()
    ),
    "circle.signinpass.resident": lambda who: make.sign_in_pass(resident=who),
    "services.booking.resident": lambda who: make.booking(resident=who),
    "eldercare.carebooking.resident": lambda who: make_eldercare.booking(resident=who),
    "eldercare.dayagreement.resident": lambda who: make_eldercare.agreement(
        kind=make_eldercare.kind(), resident=who
    ),
    "eldercare.careseries.resident": lambda who: make_eldercare.series(
        kind=make_eldercare.request_kind(), resident=who
    ),
    "eldercare.careprofile.resident": lambda who: CareProfile.objects.create(
        community=who.community, resident=who
    ),
    "eldercare.dutyrest.resident": lambda who: who.duty_rests.create(
        community=who.community, starts_on=AT.date(), ends_on=AT.date(), reason="住院", said_by="女儿"
    ),
    "eldercare.holidaystay.resident": lambda who: HolidayStay.objects.create(
        community=who.community,
        resident=who,
        festival=AT.date(),
        where="alone",
        said_by="女儿",
        noted_at=AT,
        noted_by=make.user(),
    ),
    "eldercare.holidaylook.resident": lambda who: HolidayLook.objects.create(
        community=who.community, resident=who, day=AT.date(), user=make.user()
    ),
    "eldercare.classwaiting.resident": lambda who: make_school.waiting(resident=who),
    "eldercare.mealorder.resident": lambda who: make_canteen.order(resident=who),
    "eldercare.mealprofile.resident": lambda who: MealProfile.objects.create(
        community=who.community, resident=who, said_at=AT
    ),
    "eldercare.standingorder.resident": lambda who: make_canteen.standing(resident=who),
    "eldercare.enrolment.resident": lambda who: make_school.enrolment(resident=who),
    "eldercare.schoolclass.monitor": lambda who: make_school.school_class(monitor=who),
    "eldercare.pairing.resident": lambda who: make_eldercare.pairing(resident=who),
    "eldercare.heldcard.resident": lambda who: make_rights.card(resident=who),
    "eldercare.rightnotice.resident": lambda who: make_rights.notice(resident=who),
    "eldercare.risktag.resident": lambda who: make_eldercare.tag(resident=who),
    "eldercare.visit.resident": lambda who: make_eldercare.visit(
        resident=make_eldercare.tag(resident=who).resident
    ),
    "eldercare.visitduty.resident": lambda who: looked_in_on(who),
    "services.committeecertificate.resident": lambda who: make.committee_certificate(resident=who),
    "services.aidloan.resident": lambda who: make.aid_loan(resident=who),
    "services.repair.resident": lambda who: make.repair(resident=who),
    "services.agencycase.resident": lambda who: make.agency_case(resident=who),
    "services.identityseen.resident": lambda who: make.identity_seen(resident=who),
    "services.registerentry.resident": lambda who: make.register_entry(resident=who),
    "services.ticket.resident": lambda who: make.ticket(
        item=make.bookable(community=who.community), resident=who
    ),
    "services.hallwaiting.resident": lambda who: make.hall_waiting(resident=who),
    "childcare.application.child": lambda who: applied_for(who),
    "childcare.childday.collected_by": lambda who: taken_home(who),
    "childcare.dayouting.collected_by": lambda who: been_away(who),
    "childcare.pickupperson.child": lambda who: PickupPerson.objects.create(
        child=who, person=make.resident(), paper="身份证", since=AT, entered_by=make.user()
    ),
    "childcare.pickupperson.person": lambda who: PickupPerson.objects.create(
        child=make.resident(), person=who, paper="身份证", since=AT, entered_by=make.user()
    ),
    "childcare.seatday.child": lambda who: seated(who),
    "childcare.knownapart.other": lambda who: make_childcare.submitted().known_apart.create(
        other=who, decided_at=AT, decided_by=make.user()
    ),
    "childcare.nurseryvisit.resident": lambda who: make_childcare.visit(
        slot=make_childcare.visit_slot(plan=make_childcare.visit_plan(community=who.community)),
        resident=who,
        via="phone",
        by=make.director(),
    ),
    "childcare.application.guardian": lambda who: make_childcare.draft(guardian=who),
    "council.membership.resident": lambda who: make_council.seat(resident=who),
    "council.support.resident": lambda resident: make_council.support(resident),
    "council.topic.raised_by": lambda who: make_council.topic(resident=who),
}


def looked_in_on(elder):
    elder.born_on = dt.date(1942, 1, 1)
    elder.save(update_fields=["born_on"])
    return make_eldercare.visit_duty(resident=elder)


def taken_home(guardian):
    day = make_childcare.present(guardian=guardian)
    key = f"guardian-{guardian.code}"
    at = make_childcare.FIRST_MORNING
    return make_childcare.actions.check_out_child(child_day=day, collector=key, at=at, by=make.user())


def been_away(guardian):
    day, at = taken_home(guardian), make_childcare.FIRST_MORNING
    return make_childcare.actions.check_in_again(child_day=day, at=at, by=make.user()).outings.get()


def seated(child):
    application = make_childcare.enrolled()
    application.child = child
    application.save(update_fields=["child"])
    days = SeatDay.objects.filter(stay__application=application)
    days.update(child=child)
    return days.earliest("day")


def applied_for(child):
    application = make_childcare.draft()
    application.child = child
    application.save(update_fields=["child"])
    return application


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def merge(kept, duplicate, **values) -> Merge:
    return merge_residents(**{"kept": kept, "duplicate": duplicate, "at": AT, "by": make.clerk()} | values)


def code_of(*args) -> str:
    with pytest.raises(ValidationError) as refusal:
        merge(*args)
    return refusal.value.code


def test_every_relation_to_a_resident_is_known_to_these_tests():
    assert {f"{model._meta.label_lower}.{column}" for model, column in resident_relations()} == set(MAKERS)


@pytest.mark.parametrize("name", MAKERS)
def test_rows_move_to_the_kept_resident(name):
    kept, duplicate = make.own_resident(), make.own_resident()
    row = MAKERS[name](duplicate)
    column = name.split(".")[-1]
    done = merge(kept, duplicate)
    row.refresh_from_db()
    assert getattr(row, column) == kept
    assert done.moved[name] >= 1


def test_append_only_rows_stay_with_the_duplicate():
    kept, duplicate = make.resident(), make.resident(phone=make.mobile())
    shown = duplicate.reveals.create(field="phone", reason="asked", at=AT, by=make.clerk())
    merge(kept, duplicate)
    shown.refresh_from_db()
    assert shown.resident == duplicate


NIGHT = dt.timedelta(days=1)


def word(who, day: int, *, ends: int | None = None) -> Consent:
    """A consent given so many days ago, and perhaps withdrawn some days ago."""
    found = make.consent(resident=who, at=AT - day * NIGHT)
    if ends is not None:
        withdraw_consent(consent=found, via="online", at=AT - ends * NIGHT, by=who.login)
    return found


@pytest.mark.parametrize(
    ("here", "there", "live"),
    [
        ({"day": 9}, None, ["here"]),
        (None, {"day": 9}, ["there"]),
        ({"day": 9}, {"day": 7}, ["there"]),
        ({"day": 7}, {"day": 9}, ["here"]),
        ({"day": 9, "ends": 8}, {"day": 7}, ["there"]),  # agreed again after they had withdrawn
        ({"day": 9, "ends": 5}, {"day": 7}, []),  # withdrawn after it was given
        ({"day": 7}, {"day": 9, "ends": 5}, []),
        ({"day": 9, "ends": 8}, {"day": 7, "ends": 6}, []),
    ],
)
def test_of_two_rows_consents_the_last_word_holds(here, there, live):
    kept, duplicate = make.own_resident(), make.own_resident()
    words = {
        name: word(who, **said)
        for name, who, said in (("here", kept, here), ("there", duplicate, there))
        if said
    }
    merge(kept, duplicate)
    left = {name: Consent.objects.get(pk=row.pk) for name, row in words.items()}
    assert {row.resident for row in left.values()} == {kept}
    assert [name for name, row in left.items() if row.withdrawn_at is None] == live
    third = make.own_resident()
    merge(third, kept)  # nothing comes to life or ends by merging once more
    assert Consent.objects.live().count() == len(live)


def test_a_consent_that_ends_by_a_merge_takes_with_it_what_rested_on_it():
    kept, duplicate = make.own_resident(), make.own_resident()
    word(kept, 9, ends=5)
    booking = make_eldercare.booking(resident=duplicate, answers=Answers(note="糖尿病"), at=AT - 7 * NIGHT)
    merge(kept, duplicate)
    booking.refresh_from_db()
    assert (booking.resident, booking.status, booking.note) == (kept, "cancelled", "")
    assert not Consent.objects.live().exists()


def test_the_kept_row_takes_what_it_lacks_and_nothing_finds_the_duplicate():
    number, building = make.id_number(), make.building()
    kept = make.resident(name="王秀兰")
    duplicate = make.own_resident(
        born_on=dt.date(1951, 1, 1), building=building, id_number=number, id_type="resident"
    )
    login, phone = duplicate.login, duplicate.phone
    clerk = make.clerk()
    merge(kept, duplicate, by=clerk)
    kept.refresh_from_db()
    duplicate.refresh_from_db()
    assert (kept.name, kept.born_on, kept.building, kept.login) == (
        "王秀兰", dt.date(1951, 1, 1), building, login,
    )  # fmt: skip
    assert (kept.phone, kept.id_number) == (phone, number)
    assert (duplicate.merged_into, duplicate.phone, duplicate.id_number, duplicate.login) == (
        kept,
        "",
        "",
        None,
    )
    assert set(Resident.objects.represented_by(login)) == {kept}
    record = Record.objects.about(kept).get()
    assert (record.verb, record.actor, record.details["duplicate"]) == (
        "resident_merged",
        clerk,
        duplicate.pk,
    )


def test_a_merge_twice_is_one():
    kept, duplicate = make.resident(), make.resident()
    assert merge(kept, duplicate) == merge(kept, duplicate)
    assert Merge.objects.count() == 1


def test_a_merge_is_refused():
    kept = make.resident(id_number=make.id_number(), id_type="resident")
    assert code_of(kept, kept) == "merge_same"
    assert code_of(kept, make.resident(community=make.community())) == "other_community"
    assert code_of(kept, make.resident(id_number=make.id_number(), id_type="resident")) == "two_papers"
    assert code_of(kept, make.resident(died_on=AT.date())) == "resident_gone"
    assert code_of(kept, make.resident(merged_into=make.resident())) == "already_merged"
    assert Merge.objects.count() == 0


def test_two_live_bookings_of_one_day_are_refused_and_nothing_moves():
    kept, duplicate = make.own_resident(), make.own_resident()
    item = make.bookable()
    make.booking(resident=kept, slot=make.slot(of=item))
    make.booking(resident=duplicate, slot=make.slot(of=item, starts_at=make.moment(1, 10)))
    make.mandate(principal=duplicate)
    assert code_of(kept, duplicate) == "merge_clash"
    duplicate.refresh_from_db()
    assert (duplicate.merged_into, duplicate.mandates_given.count()) == (None, 1)


def test_what_both_hold_alike_gives_way():
    kept, duplicate = make.resident(), make.resident()
    agent = make.resident_login()
    for who in (kept, duplicate):
        make.mandate(principal=who, agent=agent)
        who.residences.create(building=make.building(), moved_in_on=AT.date())
        who.acting_bans.create(made_at=AT)
        MessagePreference.objects.create(resident=who)
    adult = make.own_resident()
    for who in (kept, duplicate):
        make.guardianship(child=who, adult=adult)
    merge(kept, duplicate)
    assert kept.mandates_given.filter(revoked_at=None).count() == 1
    assert kept.residences.current().count() == kept.acting_bans.in_force().count() == 1
    assert kept.guardianships.count() == 1


def test_the_preview_counts_what_would_move():
    kept, duplicate = make.resident(), make.own_resident()
    make.booking(resident=duplicate)
    make.mandate(principal=duplicate)
    counts = merge_preview(kept=kept, duplicate=duplicate)
    assert sorted(counts.values()) == [1, 1, 1]  # and the message about the booking

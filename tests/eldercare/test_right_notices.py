"""Before you ask: people are told once before a right begins or a card ends, and their answer opens it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle.actions import merge_residents
from circle.calendar.working_days import SHANGHAI
from circle.models import Message, Record
from eldercare import actions
from eldercare.models import RightNotice
from services.models import AgencyCase
from tests import make, make_rights
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT = make.MORNING
TODAY = AT.date()
ONE_DAY = dt.timedelta(days=1)


def told() -> dict[tuple[int, str], dt.date]:
    return {(row.resident_id, row.right.code): row.day for row in RightNotice.objects.all()}


def test_clock_tells_thirty_days_before_a_right_begins_and_once():
    make_rights.announced(code="eighty")
    make_rights.announced(code="alone", from_age=60, living=["alone"])
    make_rights.right(code="quiet", from_age=80)
    soon, last, late = (make_rights.turns(80, TODAY + days * ONE_DAY) for days in (10, 30, 31))
    missed, long_ago = (make_rights.turns(80, TODAY - days * ONE_DAY) for days in (3, 31))
    tagged = care.tag(resident=make_rights.turns(70, TODAY - 90 * ONE_DAY), at=AT).resident
    elsewhere = make_rights.turns(80, TODAY + ONE_DAY, community=make.community())
    dead = make_rights.turns(80, TODAY + ONE_DAY, died_on=TODAY)
    assert actions.tell_rights(at=AT) == 4
    assert told() == {
        (soon.pk, "eighty"): TODAY + 10 * ONE_DAY,
        (last.pk, "eighty"): TODAY + 30 * ONE_DAY,
        (missed.pk, "eighty"): TODAY - 3 * ONE_DAY,
        (tagged.pk, "alone"): TODAY,
    }
    assert not {late.pk, long_ago.pk, elsewhere.pk, dead.pk} & {person for person, _code in told()}
    assert actions.tell_rights(at=AT) == 0
    assert actions.tell_rights(at=AT + ONE_DAY) == 1  # whose birthday has come near
    assert Message.objects.filter(event="right_begins").count() == 5
    assert Record.objects.filter(verb="right_told").count() == 5


def test_new_terms_tell_whom_they_reach_and_a_higher_amount_nobody():
    right = make_rights.announced(from_age=80)
    younger, older = make_rights.turns(76, TODAY - 99 * ONE_DAY), make_rights.turns(85, TODAY - 99 * ONE_DAY)
    assert actions.tell_rights(at=AT) == 0
    make_rights.terms(right=right, valid_from=TODAY + 5 * ONE_DAY, from_age=75, cents=20_000)
    assert actions.tell_rights(at=AT) == 1
    assert told() == {(younger.pk, right.code): TODAY + 5 * ONE_DAY}
    assert older.pk not in dict(told())


def test_who_asked_on_their_own_is_not_told():
    right = make_rights.announced()
    person = make_rights.turns(80, TODAY + ONE_DAY)
    make.agency_case(resident=person, item=right.item)
    AgencyCase.objects.update(status="withdrawn", reason="自己去办了")
    assert actions.tell_rights(at=AT) == 0


@pytest.mark.parametrize(
    ("born", "now", "begins"),
    [
        ((1948, 2, 29), (2028, 2, 10), (2028, 2, 29)),  # eighty on a leap day
        ((1947, 2, 28), (2027, 2, 28), (2027, 2, 28)),
        ((1946, 12, 31), (2026, 12, 31), (2026, 12, 31)),  # in ISO week 53
        ((1947, 1, 2), (2026, 12, 28), (2027, 1, 2)),  # the same week, in the next year
    ],
)
def test_day_of_the_beginning_holds_on_leap_days_and_in_week_53(born, now, begins):
    make_rights.announced()
    person = make.resident(born_on=dt.date(*born))
    at = dt.datetime(*now, 8, tzinfo=SHANGHAI)
    assert [actions.tell_rights(at=at + days * ONE_DAY) for days in range(3)] == [1, 0, 0]
    assert RightNotice.objects.get(resident=person).day == dt.date(*begins)


def test_age_of_a_leap_day_in_a_common_year_is_reached_in_march():
    make_rights.announced(from_age=79)
    make.resident(born_on=dt.date(1948, 2, 29))
    actions.tell_rights(at=dt.datetime(2027, 2, 28, 8, tzinfo=SHANGHAI))
    assert RightNotice.objects.get().day == dt.date(2027, 3, 1)


def test_card_that_ends_is_told_and_a_renewed_one_again():
    card = make_rights.card(ends_on=TODAY + 20 * ONE_DAY)
    assert actions.tell_rights(at=AT) == 1
    assert actions.tell_rights(at=AT + ONE_DAY) == 0
    found = RightNotice.objects.get()
    assert (found.cause, found.day) == ("ends", card.ends_on)
    said = {"resident": card.resident, "right": card.right, "at": AT, "by": make.user()}
    with pytest.raises(ValidationError) as refusal:
        actions.note_card(ends_on=TODAY - ONE_DAY, **said)
    assert refusal.value.code == "day_past"
    actions.note_card(ends_on=TODAY + 400 * ONE_DAY, **said)
    assert actions.tell_rights(at=AT + 375 * ONE_DAY) == 1


def test_yes_opens_an_errand_with_what_we_hold_and_no_is_remembered(client):
    person = make.own_resident(born_on=dt.date(1946, 12, 4), building=make.building())
    row = make_rights.notice(resident=person)
    said = {"via": "online", "at": AT, "by": person.login}
    client.force_login(person.login)
    page = client.get(f"/en{row.get_absolute_url()}".replace("/en/en", "/en"))
    assert "What we hold already" in page.text
    actions.decline_right(notice=row, **said)
    assert actions.decline_right(notice=row, **said).status == "declined"
    later = make_rights.terms(right=row.right, valid_from=TODAY, from_age=70)
    make_rights.terms(right=row.right, valid_from=TODAY - ONE_DAY, from_age=99)
    assert (actions.tell_rights(at=AT), later.from_age) == (0, 70)  # not asked about it again
    opened = actions.accept_right(notice=row, **said)  # one may change one's mind
    assert opened.case.item == row.right.item
    assert "出生日期" in opened.case.words
    assert actions.accept_right(notice=row, **said).case == opened.case
    assert AgencyCase.objects.count() == 1
    with pytest.raises(ValidationError) as refusal:
        actions.decline_right(notice=row, **said)
    assert refusal.value.code == "not_possible"


def test_answer_is_refused_to_strangers_and_after_the_mandate_has_ended():
    row = make_rights.notice()
    for by, via in ((make.user(), "online"), (make.user(), "phone"), (care.coordinator(), "phone")):
        with pytest.raises(ValidationError) as refusal:
            actions.accept_right(notice=row, via=via, at=AT, by=by)
        assert refusal.value.code == "not_allowed"
    agent = make.mandate(principal=row.resident, scope="bookings").agent
    assert actions.accept_right(notice=row, via="online", at=AT, by=agent).answered_by == agent


def test_agent_is_told_where_the_elder_has_no_phone_and_else_the_knock_list():
    right = make_rights.announced()
    alone = make_rights.turns(80, TODAY + ONE_DAY)
    looked_after = make_rights.turns(80, TODAY + ONE_DAY)
    agent = make.mandate(principal=looked_after, scope="bookings").agent
    actions.tell_rights(at=AT)
    sent = {row.resident_id: row for row in Message.objects.filter(event="right_begins")}
    assert sent[alone.pk].channel == "desk"
    assert sent[looked_after.pk].user == agent
    assert "¥" not in str(sent[alone.pk].values)
    assert right.code not in sent[alone.pk].values.values()


def test_one_row_for_person_right_and_day_and_a_yes_has_its_case():
    row = make_rights.notice()
    same = {"community": row.community, "resident": row.resident, "right": row.right, "cause": "begins"}
    with pytest.raises(IntegrityError), transaction.atomic():
        RightNotice.objects.create(**same, day=row.day, told_at=AT)
    for wrong in ({"status": "accepted", "via": "phone"}, {"status": "declined"}, {"via": "phone"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RightNotice.objects.filter(pk=row.pk).update(**wrong)


def test_two_rows_of_one_person_merge_though_both_were_told():
    row = make_rights.notice()
    double = make.resident(community=row.community)
    make_rights.notice(right=row.right, resident=double, day=row.day)
    merge_residents(kept=row.resident, duplicate=double, at=AT, by=make.director())
    assert RightNotice.objects.get() == row

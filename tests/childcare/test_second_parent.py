"""The second parent: named by the first with a phone number, a guardian once they confirm it themselves."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.hooks.schedule import tick
from childcare.models import Application, SecondParent
from circle.models import Guardianship, Message, Record, Resident, User
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
BIRTHDAY = dt.date(2025, 6, 1)


@pytest.fixture
def found() -> Application:
    return make.submitted(child_name="王小宝", child_born_on=BIRTHDAY)


@pytest.fixture
def father(found) -> Resident:
    """Of the community, with a login of his own, and named by the mother."""
    father = ground.own_resident(community=found.community)
    make.second_parent(found, father.phone)
    return father


def confirm(entry, login, born_on=BIRTHDAY, name="") -> Application:
    return actions.confirm_second_parent(entry=entry, name=name, child_born_on=born_on, at=MORNING, by=login)


def refused(act, *args, **said) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **said)
    return refusal.value.code


def test_whoever_is_named_sees_nothing_of_the_child_before_confirming(found, father, client, html):
    entry = SecondParent.objects.get()
    client.force_login(father.login)
    for url in (found.get_absolute_url(), reverse("second_parent", args=[found.code])):
        assert client.get(url).status_code == 404
    page = html(client.get(f"/en{reverse('parent_confirm', args=[entry.code])}"))
    mine = html(client.get("/en/me/"))
    for shown in (page, mine):
        assert "王小宝" not in shown
        assert "2025" not in shown
        assert found.code not in shown
        assert found.guardian.name not in shown
    assert reverse("parent_confirm", args=[entry.code]) in mine
    assert Message.objects.get(event="second_parent_named").user == father.login
    assert not Application.objects.for_user(father.login).exists()
    assert not SecondParent.objects.for_user(father.login).exists()


def test_a_confirmed_second_parent_is_a_guardian_with_the_same_rights(found, father, client, html):
    entry = SecondParent.objects.get()
    client.force_login(father.login)
    url = reverse("parent_confirm", args=[entry.code])
    answer = client.post(url, {"name": "", "child_born_on": BIRTHDAY.isoformat()})
    assert answer["Location"] == found.get_absolute_url()
    assert set(actions.guardians_of(found.child)) == {found.guardian, father}
    assert Guardianship.objects.get(adult=father).rank == 2
    assert actions.can_decide(found, father.login)
    assert "王小宝" in html(client.get(found.get_absolute_url()))
    told = Message.objects.filter(event="second_parent_confirmed")
    assert {each.resident for each in told} == {found.guardian, father}
    entry.refresh_from_db()
    assert (entry.confirmed_by, entry.phone_sealed, entry.phone_index) == (father.login, "", None)
    assert Record.objects.filter(verb="second_parent_confirmed", actor=father.login).exists()
    assert client.get(url).status_code == 404


def test_only_the_login_of_the_number_confirms_and_knows_the_birthday(found, father):
    entry = SecondParent.objects.get()
    stranger = ground.own_resident(community=found.community)
    assert refused(confirm, entry, stranger.login) == "not_allowed"
    assert refused(confirm, entry, found.guardian.login) == "not_allowed"
    assert refused(confirm, entry, father.login, dt.date(2025, 6, 2)) == "birthday_differs"
    assert refused(confirm, entry, father.login, None) == "birthday_differs"
    assert actions.guardians_of(found.child).count() == 1
    confirm(entry, father.login)
    assert refused(confirm, entry, father.login) == "not_allowed"


def test_birthdays_are_not_guessed(found, father, client):
    client.force_login(father.login)
    url = reverse("parent_confirm", args=[SecondParent.objects.get().code])
    answers = [client.post(url, {"child_born_on": f"2025-07-{day:02}"}) for day in range(1, 13)]
    assert {answer.status_code for answer in answers} == {422}
    codes = [next(iter(answer.context["form"].non_field_errors().as_data())).code for answer in answers]
    assert (codes[0], codes[-1]) == ("birthday_differs", "too_many")


def test_a_number_in_doubt_or_never_proved_confirms_nothing(found, father):
    entry = SecondParent.objects.get()
    for doubt in ({"in_doubt_since": MORNING}, {"in_doubt_since": None, "phone_verified_at": None}):
        type(father.login).objects.filter(pk=father.login.pk).update(**doubt)
        father.login.refresh_from_db()
        assert not SecondParent.objects.named_to(father.login).exists()
        assert refused(confirm, entry, father.login) in ("not_allowed", "parent_over")


def test_a_newcomer_is_taken_into_the_register_with_the_name_they_give(found):
    login = ground.resident_login()
    entry = make.second_parent(found, login.phone)
    assert refused(confirm, entry, login) == "name_missing"
    confirm(entry, login, name="王建国")
    assert actions.guardians_of(found.child).filter(name="王建国", login=login).exists()


def test_naming_is_refused_by_code(found):
    name = make.second_parent
    grandmother = ground.own_resident(community=found.community)
    assert refused(name, found, found.guardian.phone) == "own_phone"
    assert refused(name, found, "12345") == "phone_invalid"
    assert refused(name, found, by=grandmother.login) == "not_allowed"
    assert refused(name, make.draft()) == "child_missing"
    name(found)
    assert refused(name, found) == "already_named"
    actions.end_second_parent(application=found, via="online", at=MORNING, by=found.guardian.login)
    assert SecondParent.objects.get().phone_sealed == ""
    name(found)
    actions.withdraw_application(application=found, via="online", at=MORNING, by=found.guardian.login)
    assert refused(name, found) == "not_possible"
    two = make.submitted()
    ground.guardianship(child=two.child, adult=ground.own_resident(community=two.community))
    assert refused(name, two) == "two_parents"


def test_what_was_taken_back_or_has_ended_is_confirmed_by_nobody(found, father):
    entry = SecondParent.objects.get()
    actions.withdraw_application(application=found, via="online", at=MORNING, by=found.guardian.login)
    assert refused(confirm, entry, father.login) == "parent_over"
    assert actions.guardians_of(found.child).count() == 1


def test_another_child_in_the_application_has_not_been_confirmed(found, father):
    entry = SecondParent.objects.get()
    confirm(entry, father.login)
    actions.send_back(application=found, missing="体检表没有盖章", at=MORNING, by=ground.user())
    found.refresh_from_db()
    actions.fill_child(
        application=found,
        child_name="李大宝",
        child_born_on=dt.date(2025, 7, 7),
        is_another=True,
        nursery_class=found.nursery_class,
        start_on=found.start_on,
        via="online",
        at=MORNING,
        by=found.guardian.login,
    )
    found.refresh_from_db()
    assert list(actions.guardians_of(found.child)) == [found.guardian]
    assert not Application.objects.mine(father.login).exists()
    assert not SecondParent.objects.current().exists()


def test_the_database_holds_one_number_until_it_is_answered(found, father):
    entry = SecondParent.objects.get()
    rows = SecondParent.objects.filter(pk=entry.pk)
    for wrong in (
        {"phone_index": None},
        {"confirmed_at": MORNING},
        {"relation": "uncle"},
        {"ended_at": MORNING},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_page_of_the_first_parent_says_who_is_named_and_takes_it_back(found, client, html):
    client.force_login(found.guardian.login)
    url = reverse("second_parent", args=[found.code])
    assert url in html(client.get(found.get_absolute_url()))
    assert client.post(url, {"phone": "12345", "relation": "father"}).status_code == 422
    assert client.post(url, {"phone": ground.mobile(), "relation": "father"}).status_code == 302
    assert "not confirmed yet" in html(client.get(f"/en{url}"))
    assert client.post(reverse("second_parent_end", args=[found.code])).status_code == 302
    assert "not confirmed yet" not in html(client.get(f"/en{url}"))


def test_three_numbers_are_asked_for_an_application_and_no_more(found, client, html):
    for _ in range(3):
        make.second_parent(found)
        actions.end_second_parent(application=found, via="online", at=MORNING, by=found.guardian.login)
    logins, phone = User.objects.count(), ground.mobile()
    assert refused(make.second_parent, found, phone) == "too_many_asked"
    assert User.objects.count() == logins
    assert Message.objects.filter(event="second_parent_named").count() == 3
    client.force_login(found.guardian.login)
    answer = client.post(
        f"/en{reverse('second_parent', args=[found.code])}", {"phone": phone, "relation": "father"}
    )
    assert answer.status_code == 422
    assert "at its office" in html(answer)


def test_nobody_becomes_a_third_guardian_by_confirming(found, father):
    ground.guardianship(child=found.child, adult=ground.own_resident(community=found.community))
    assert refused(confirm, SecondParent.objects.get(), father.login) == "two_parents"
    assert actions.guardians_of(found.child).count() == 2


def withdraw(found: Application) -> None:
    actions.withdraw_application(application=found, via="online", at=MORNING, by=found.guardian.login)


def decline(found: Application) -> None:
    actions.decline_offer(application=found, via="online", at=MORNING, by=found.guardian.login)


def lapse(found: Application) -> None:
    assert actions.lapse_offers(at=found.offer.expires_at) == 1


def end_with_child(found: Application) -> None:
    actions.close_for_child(application=found, at=MORNING, by=ground.user())


def close_draft(found: Application) -> None:
    actions.close_draft(application=found, at=MORNING, by=ground.user())


def miss_first_day(found: Application) -> None:
    make.take_up_rule()
    late = MORNING + dt.timedelta(days=90)
    actions.release_untaken_place(application=found, at=late, by=ground.user())


def leave(found: Application) -> None:
    Application.objects.filter(pk=found.pk).update(last_day=MORNING.date() - dt.timedelta(days=1))
    assert actions.end_due_enrolments(at=MORNING) == 1


def draft_of_child() -> Application:
    found = make.submitted()
    Application.objects.filter(pk=found.pk).update(status="draft")
    found.refresh_from_db()
    return found


ENDED_BY = {
    withdraw: make.submitted,
    decline: make.offered,
    lapse: make.offered,
    end_with_child: make.accepted,
    close_draft: draft_of_child,
    miss_first_day: make.accepted,
    leave: make.enrolled,
}


@pytest.mark.parametrize("end", ENDED_BY, ids=lambda end: end.__name__)
def test_number_is_emptied_when_the_application_ends(end):
    found = ENDED_BY[end]()
    entry = make.second_parent(found)
    end(found)
    entry.refresh_from_db()
    assert not Application.objects.live().filter(pk=found.pk).exists()
    assert (entry.phone_sealed, entry.phone_index) == ("", None)
    assert entry.ended_at
    assert Record.objects.filter(verb="second_parent_ended").count() == 1


def test_request_of_an_application_that_is_taken_up_again_is_over(found, father):
    entry = SecondParent.objects.get()
    withdraw(found)
    actions.reopen_application(application=found, via="online", at=MORNING, by=found.guardian.login)
    assert not SecondParent.objects.named_to(father.login).exists()
    assert refused(confirm, entry, father.login) == "parent_over"


def test_who_has_confirmed_stays_guardian_when_the_application_ends(found, father):
    entry = SecondParent.objects.get()
    confirm(entry, father.login)
    withdraw(found)
    entry.refresh_from_db()
    assert entry.ended_at is None
    assert father in actions.guardians_of(found.child)


def test_page_names_as_whom_one_confirms_though_children_share_the_number(found, father, client, html):
    ground.guardianship(
        adult=father,
        child=ground.resident(
            phone=father.phone, born_on=dt.date(2020, 5, 1), community=found.community, login=father.login
        ),
    )
    client.force_login(father.login)
    url = reverse("parent_confirm", args=[SecondParent.objects.get().code])
    assert f"You confirm as {father.name}." in html(client.get(f"/en{url}"))
    answer = client.post(url, {"name": "", "child_born_on": BIRTHDAY.isoformat()})
    assert answer["Location"] == found.get_absolute_url()
    assert father in actions.guardians_of(found.child)


def test_whoever_shares_a_phone_confirms_with_a_name_of_their_own(found, client):
    grandmother = ground.own_resident(community=found.community)
    make.second_parent(found, grandmother.phone)
    client.force_login(grandmother.login)
    url = reverse("parent_confirm", args=[SecondParent.objects.get().code])
    assert client.post(url, {"name": "王建国", "child_born_on": BIRTHDAY.isoformat()}).status_code == 302
    assert {each.name for each in actions.guardians_of(found.child)} == {found.guardian.name, "王建国"}


def test_two_adults_of_a_number_are_asked_for_a_name(found, father, client, html):
    ground.resident(phone=father.phone, community=found.community, login=father.login)
    client.force_login(father.login)
    url = reverse("parent_confirm", args=[SecondParent.objects.get().code])
    assert "You confirm as" not in html(client.get(f"/en{url}"))
    assert client.post(url, {"name": "", "child_born_on": BIRTHDAY.isoformat()}).status_code == 422
    said = {"name": father.name, "child_born_on": BIRTHDAY.isoformat()}
    assert client.post(url, said).status_code == 302
    assert father in actions.guardians_of(found.child)


def test_number_named_in_an_application_that_has_ended_is_swept(found, father):
    """Of applications that ended before their end emptied it; and of whatever ends one some day."""
    Application.objects.filter(pk=found.pk).update(status="withdrawn")
    other = make.second_parent(make.submitted())
    for _ in range(2):
        list(tick(MORNING))
    entry = SecondParent.objects.get(application=found)
    assert (entry.phone_sealed, entry.phone_index, entry.ended_at) == ("", None, MORNING)
    assert SecondParent.objects.get(pk=other.pk).phone_sealed
    assert Record.objects.filter(verb="second_parent_ended").count() == 1

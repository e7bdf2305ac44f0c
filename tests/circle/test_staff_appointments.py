"""The director gives and ends posts of the community and takes lost second steps off, never above oneself."""

import datetime as dt
import re
from collections import Counter

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle.actions import end_post, give_post, remove_second_factor
from circle.models import Message, Record, StaffPost, User
from circle.models.roles import LIMITS, Role
from tests import make

pytestmark = pytest.mark.django_db
AT, TODAY = make.MORNING, make.MORNING.date()


@pytest.fixture(autouse=True)
def clock():
    make.here()
    with time_machine.travel(AT, tick=False) as moving:
        yield moving


@pytest.fixture
def head():
    return make.post("director").user


def post(role="hall_clerk", **values) -> StaffPost:
    return StaffPost(**{"community": make.here(), "role": role, "starts_on": TODAY} | values)


def code_of(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(at=AT, **values)
    return refusal.value.code


def locked(held: StaffPost) -> StaffPost:
    Authenticator.objects.create(user=held.user, type="totp", data={"secret": "x"})
    return held


# Giving -----------------------------------------------------------------------------------------------------


def test_a_post_is_given_to_a_colleague_and_opens_the_office(client, head):
    colleague = make.user(email="new@example.invalid")
    given = give_post(post=post(), login=" NEW@example.invalid", at=AT, by=head)
    assert (given.user, given.role) == (colleague, "hall_clerk")
    kept = Record.objects.about(given).get()
    assert (kept.verb, kept.actor, kept.details) == ("post_given", head, {"role": "hall_clerk"})
    client.force_login(colleague)
    assert client.get(reverse("admin:services_booking_changelist")).status_code == 200


def test_a_neighbour_who_helps_is_named_by_phone(head):
    given = give_post(post=post("volunteer"), login="138 0013 8000", at=AT, by=head)
    assert (given.user.phone, given.user.phone_verified_at) == ("13800138000", None)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.DIRECTOR, *LIMITS)])
def test_the_director_gives_every_post_but_the_own(head, role):
    assert give_post(post=post(role), login=make.user().email, at=AT, by=head).role == role


@pytest.mark.parametrize(
    ("values", "login", "code"),
    [
        ({}, "nobody@example.invalid", "login_unknown"),
        ({}, "13800138000", "login_unknown"),
        ({"role": "volunteer"}, "12345", "phone_invalid"),
        ({"role": "director"}, "known@example.invalid", "post_above"),
        ({"role": "grid_worker"}, "known@example.invalid", "post_invalid"),
        ({"ends_on": TODAY - dt.timedelta(days=1)}, "known@example.invalid", "post_invalid"),
        ({"role": "janitor"}, "known@example.invalid", "post_invalid"),
        ({"role": "canteen"}, "known@example.invalid", "post_held"),
    ],
)
def test_a_post_is_not_given(head, values, login, code):
    make.post("canteen", user=make.user(email="known@example.invalid"))
    before = StaffPost.objects.count()
    assert code_of(give_post, post=post(**values), login=login, by=head) == code
    assert (StaffPost.objects.count(), User.objects.with_phone("13800138000")) == (before, None)


def test_nobody_gives_a_post_to_oneself_or_elsewhere(head):
    assert code_of(give_post, post=post(), login=head.email, by=head) == "own_post"
    there = post(community=make.community())
    assert code_of(give_post, post=there, login=make.user().email, by=head) == "not_allowed"
    grid = make.grid(community=there.community)
    here = post("grid_worker", grid=grid)
    assert code_of(give_post, post=here, login=make.user().email, by=head) == "other_community"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIRECTOR])
def test_no_other_post_decides_about_posts(role):
    by, held = make.post(role).user, locked(make.post("volunteer"))
    assert code_of(give_post, post=post("volunteer"), login="13800138000", by=by) == "not_allowed"
    assert code_of(end_post, post=held, last_day=TODAY, by=by) == "not_allowed"
    assert code_of(remove_second_factor, post=held, by=by) == "not_allowed"


def test_the_operator_may_give_any_post():
    given = give_post(post=post("director"), login=make.user().email, at=AT, by=make.director())
    assert given.role == "director"


# Ending -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "still"), [(0, True), (-1, False), (30, True)])
def test_a_post_ends_on_the_day_that_is_named(head, days, still):
    held = make.post()
    end_post(post=held, last_day=TODAY + dt.timedelta(days=days), at=AT, by=head)
    assert StaffPost.objects.active(TODAY).filter(pk=held.pk).exists() == still
    end_post(post=held, last_day=TODAY + dt.timedelta(days=40), at=AT, by=head)  # not longer again
    assert held.ends_on == TODAY + dt.timedelta(days=days)
    assert Record.objects.about(held).count() == 1


def test_a_post_is_not_ended(head):
    own, peer = head.posts.get(), make.post("director")
    begins = make.post(starts_on=TODAY + dt.timedelta(days=3))
    assert code_of(end_post, post=own, last_day=TODAY, by=head) == "own_post"
    assert code_of(end_post, post=peer, last_day=TODAY, by=head) == "post_above"
    assert code_of(end_post, post=begins, last_day=TODAY, by=head) == "post_not_begun"
    assert code_of(end_post, post=begins, last_day=TODAY - dt.timedelta(days=2), by=head) == "day_past"
    elsewhere = make.post(community=make.community())
    assert code_of(end_post, post=elsewhere, last_day=TODAY, by=head) == "not_allowed"
    assert not StaffPost.objects.exclude(ends_on=None).exists()


# The second step --------------------------------------------------------------------------------------------


def test_a_lost_second_step_is_taken_off_sessions_end_and_the_member_is_told(client, head):
    held = locked(make.post())
    client.force_login(held.user)
    listed = {"session_key": client.session.session_key, "ip": "127.0.0.1", "user_agent": ""}
    UserSession.objects.create(user=held.user, **listed)
    remove_second_factor(post=held, at=AT, by=head)
    assert not Authenticator.objects.exists()
    assert client.get("/admin/").status_code == 302
    assert Record.objects.about(held).get().verb == "second_step_taken_off"
    message = Message.objects.get()
    assert (message.event, message.user) == ("second_step_taken_off", held.user)


def test_a_second_step_is_not_taken_off(head):
    assert code_of(remove_second_factor, post=make.post(), by=head) == "nothing_there"
    assert code_of(remove_second_factor, post=locked(head.posts.get()), by=head) == "own_post"
    peer = locked(make.post("director"))
    lesser = make.post(user=peer.user)
    assert code_of(remove_second_factor, post=lesser, by=head) == "post_above"
    abroad = locked(make.post())
    make.post(user=abroad.user, community=make.community())
    assert code_of(remove_second_factor, post=abroad, by=head) == "post_above"
    owner = locked(make.post(user=make.director()))
    assert code_of(remove_second_factor, post=owner, by=head) == "post_above"
    assert Authenticator.objects.count() == 4


# The pages --------------------------------------------------------------------------------------------------


def codes(response) -> Counter[str]:
    return Counter(re.findall(r'data-code="(\w+)"', response.text))


def test_the_director_gives_and_ends_on_pages(client, head):
    client.force_login(head)
    give = reverse("admin:circle_staffpost_give")
    assert give in client.get(reverse("admin:circle_staffpost_changelist")).text
    offered = dict(client.get(give).context["form"].fields["role"].choices)
    assert ("director" in offered, "hall_clerk" in offered) == (False, True)
    sent = {"community": make.here().pk, "login": make.user().email, "role": "hall_clerk"}
    assert client.post(give, sent | {"starts_on": TODAY}).status_code == 302
    given = StaffPost.objects.get(role="hall_clerk")
    page = client.get(reverse("admin:circle_staffpost_change", args=[given.pk])).text
    end, unlock = (reverse(f"admin:circle_staffpost_{verb}", args=[given.pk]) for verb in ("end", "unlock"))
    assert (end in page, unlock in page) == (True, True)
    refused = client.post(unlock)
    assert (refused.status_code, codes(refused)) == (422, {"nothing_there": 1})
    assert Record.objects.about(given).latest("id").verb == "post_refused"
    assert client.post(end, {"last_day": TODAY}).status_code == 302
    given.refresh_from_db()
    assert given.ends_on == TODAY


def test_a_forged_role_or_place_of_another_community_is_refused(client, head):
    client.force_login(head)
    give = reverse("admin:circle_staffpost_give")
    there = make.building(community=make.community())
    sent = {"login": make.user().email, "starts_on": TODAY, "community": make.here().pk}
    for forged in (
        {"role": "director"},
        {"role": "building_head", "building": there.pk},
        {"role": "hall_clerk", "community": there.community_id},
    ):
        assert client.post(give, sent | forged).status_code == 422
    assert StaffPost.objects.count() == 1

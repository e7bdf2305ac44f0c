"""Open work of colleagues who are away or have left, handed to somebody on one page."""

import datetime as dt

import pytest

from circle.backoffice.queues import all_queues
from circle.models import Record
from eldercare.models import CareBooking
from tests import make, make_eldercare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
PAGE = "/admin/circle/staffpost/hand-over/"


@pytest.fixture
def away():
    """A care worker with two visits, away from today on; a colleague stands in."""
    post = make.post("care_worker")
    slots = [make_eldercare.slot(starts_at=make.moment(1, hour)) for hour in (9, 11)]
    # Before the absence: nobody gives visits to who is away.
    visits = [make_eldercare.assigned(worker=post.user, slot=slot) for slot in slots]
    return make.absence(post=post), visits


@pytest.fixture
def director(client):
    client.force_login(make.post("director").user)
    return client


def groups(client, query: str = "") -> list:
    return client.get(PAGE + query).context["groups"]


def send(client, post, to, work):
    return client.post(PAGE, {"post": post.pk, "to": to.pk, "work": [f"care:{each.pk}" for each in work]})


def test_who_is_away_stands_there_with_what_is_open_and_who_stands_in(director, away):
    absence, bookings = away
    [left] = groups(director)
    assert (left.post, left.absence, absence.substitute in left.colleagues) == (absence.post, absence, True)
    assert [work.key for work in left.work] == [f"care:{booking.pk}" for booking in bookings]
    assert absence.post not in left.colleagues


def test_substitute_takes_what_was_chosen_and_it_is_recorded(director, away):
    absence, (taken, kept) = away
    assert send(director, absence.post, absence.substitute, [taken])["Location"] == PAGE
    holders = [CareBooking.objects.get(pk=booking.pk).assigned_to for booking in (taken, kept)]
    assert holders == [absence.substitute.user, absence.post.user]
    step = Record.objects.get(verb="work_handed_over")
    assert step.details == {"work": f"care:{taken.pk}", "to": absence.substitute.pk}
    assert Record.objects.about(taken).latest("id").verb == "care_assigned"


def test_second_click_changes_nothing(director, away):
    absence, bookings = away
    for _ in range(2):
        send(director, absence.post, absence.substitute, bookings)
    assert Record.objects.filter(verb="work_handed_over").count() == len(bookings)
    assert groups(director) == []


def test_post_that_has_ended_is_there_and_one_that_was_renewed_is_not(director):
    yesterday = make.MORNING.date() - dt.timedelta(days=1)
    ended = make.post("care_worker")
    booking = make_eldercare.assigned(worker=ended.user)
    type(ended).objects.filter(pk=ended.pk).update(ends_on=yesterday)
    assert [left.post for left in groups(director)] == [ended]
    make.post("care_worker", user=ended.user, starts_on=make.MORNING.date())
    assert groups(director) == []
    assert booking.assigned_to == ended.user


def test_somebody_who_will_be_away_can_be_named(director):
    post = make.post("care_worker")
    make_eldercare.assigned(worker=post.user)
    assert groups(director) == []
    assert [left.post for left in groups(director, f"?post={post.pk}")] == [post]


def test_colleague_who_is_unfit_is_refused_by_the_app_and_the_rest_goes_on(director, away):
    absence, bookings = away
    clerk = make.post("hall_clerk")
    response = director.post(
        PAGE,
        {"post": absence.post.pk, "to": clerk.pk, "work": [f"care:{bookings[0].pk}"]},
        follow=True,
    )
    assert [message.extra_tags for message in response.context["messages"]] == ["not_on_the_team"]
    assert not Record.objects.filter(verb="work_handed_over").exists()


def test_nobody_takes_over_from_another_community(director, away):
    absence, bookings = away
    stranger = make.post("care_worker", community=make.community())
    assert send(director, absence.post, stranger, bookings).status_code == 404
    elsewhere = make.post("care_worker", community=stranger.community)
    assert send(director, elsewhere, absence.substitute, bookings).status_code == 404


def test_somebody_who_is_away_takes_nothing_over(director, away):
    absence, bookings = away
    make.absence(post=absence.substitute, substitute=make.post("care_worker"))
    response = director.post(
        PAGE,
        {"post": absence.post.pk, "to": absence.substitute.pk, "work": [f"care:{bookings[0].pk}"]},
        follow=True,
    )
    assert [message.extra_tags for message in response.context["messages"]] == ["substitute_unfit"]


def test_directors_first_page_says_how_much_waits(director, away):
    boss = director.get("/admin/").wsgi_request.user
    queue = next(queue for queue in all_queues(boss) if queue.url == PAGE)
    assert (queue.count, queue.is_urgent) == (2, True)


def test_page_takes_the_same_few_queries_for_one_and_for_many(director, queries_of, away):
    few = queries_of(PAGE)
    for _ in range(3):
        post = make.post("care_worker")
        make_eldercare.assigned(worker=post.user)
        make.absence(post=post)
    assert queries_of(PAGE) == few


def test_clerk_may_not(client):
    client.force_login(make.clerk())
    assert client.get(PAGE).status_code == 403

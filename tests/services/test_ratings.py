"""Ratings: asked for once, given once by link, phone, paper or tablet; low ones are followed up by others."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.actions import (
    answer_rating,
    ask_for_ratings,
    call_back_about_rating,
    give_rating,
    open_rating,
)
from circle.app_hooks.message_events import find_settled_ratings
from circle.app_hooks.personal_data import anonymise_ratings, old_ratings, plan_erasure
from circle.backoffice.queues import rating_queues
from circle.models import Message, Rating, RatingFollowUp
from circle.notifications import send_messages
from circle.notifications.texts import text_of
from circle.privacy.data_export import personal_data_sections
from services import actions
from services.actions.ticket_ratings import last_visit
from services.models import Booking
from tests import make
from tests.circle.matrix_world import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
NOW = make.MORNING
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


def refusal(act, **values) -> str:
    with pytest.raises(ValidationError) as refused:
        act(**values)
    return refused.value.code


def test_who_was_served_is_asked_once_after_a_while_and_rates_once(client, html):
    make.rating_rule()
    clerk = make.clerk(community=make.here())
    booking = make.booking()
    actions.complete_booking(booking=booking, at=booking.slot.starts_at, by=clerk)
    at = booking.slot.starts_at + 11 * MINUTE
    assert [ask_for_ratings(at=at - 5 * MINUTE), ask_for_ratings(at=at), ask_for_ratings(at=at)] == [0, 1, 0]
    rating = Rating.objects.get()
    message = Message.objects.get(event="rating_asked")
    assert rating.code not in str(message.values)
    assert (message.all_values["code"], rating.title) == (rating.code, booking.item.name)
    assert list(rating.served_by.all()) == [clerk]
    url = reverse("rate", args=[rating.code])
    assert "?level=5" in client.get(url).content.decode()
    answer = client.post(f"{url}?level=4", {"level": 4, "reasons": ["clear"], "words": "讲得明白"})
    assert answer.status_code == 302
    rating.refresh_from_db()
    assert (rating.level, rating.reasons, rating.channel, rating.typed_by) == (4, "clear", "link", None)
    assert client.post(f"{url}?level=1", {"level": 1}).status_code == 422
    assert refusal(give_rating, rating=rating, level=1, at=at) == "already_rated"
    assert not RatingFollowUp.objects.exists()


def test_what_is_refused():
    rating = make.rating()
    assert refusal(give_rating, rating=rating, level=0, at=NOW) == "level_missing"
    assert refusal(give_rating, rating=rating, level=5, at=NOW, reasons=["waited"]) == "unknown_reason"
    assert refusal(give_rating, rating=rating, level=5, at=NOW + 14 * DAY) == "too_late"
    served = rating.served_by.get()
    assert refusal(give_rating, rating=rating, level=5, at=NOW, channel="call", by=served) == "served_it"
    actions.undo_transition(booking=Booking.objects.get(pk=rating.subject_id), at=NOW, by=served)
    assert refusal(give_rating, rating=rating, level=5, at=NOW) == "not_served"


def test_low_rating_is_called_back_and_answered_by_somebody_else(client):
    clerk, other = make.clerk(community=make.here()), make.clerk(community=make.here())
    low = make.rating(level=1, by=clerk).follow_up
    assert (low.call_by, low.answer_by) == (NOW.date() + DAY, NOW.date() + 7 * DAY)
    said = {"follow_up": low, "words": "已电话致歉", "at": NOW}
    assert refusal(call_back_about_rating, by=clerk, **said) == "served_it"
    assert refusal(answer_rating, by=other, **said) == "not_called"
    assert [queue.count for queue in rating_queues(clerk)] == [0]
    assert [(queue.count, queue.is_urgent) for queue in rating_queues(other)] == [(1, False)]
    call_back_about_rating(by=other, **said)
    assert refusal(call_back_about_rating, by=other, **said) == "already_called"
    assert refusal(answer_rating, by=clerk, **said) == "served_it"
    answer_rating(follow_up=low, words="窗口加派一人", at=NOW, by=other)
    assert refusal(answer_rating, by=other, **said) == "already_answered"
    page = client.get(reverse("rate", args=[low.rating.code])).content.decode()
    assert "窗口加派一人" in page
    assert "已电话致歉" not in page
    assert [queue.count for queue in rating_queues(other)] == [0]


def test_rating_is_unseen_by_who_served_and_typed_in_by_a_colleague():
    clerk, other = make.clerk(community=make.here()), make.clerk(community=make.here())
    coordinator = make.post("elder_coordinator", community=make.here()).user
    rating = make.rating(by=clerk)
    seen = [list(Rating.objects.for_user(user)) for user in (clerk, other, coordinator)]
    assert seen == [[], [rating], []]
    assert list(Rating.objects.for_user(rating.resident.login)) == [rating]
    url = reverse("admin:circle_rating_type", args=[rating.pk])
    said = {"level": "2", "channel": "paper", "reasons": ["waited"], "words": "等了一小时"}
    assert client_of(clerk).post(url, said).status_code == 404
    assert client_of(other).post(url, said).status_code == 302
    rating.refresh_from_db()
    assert (rating.level, rating.channel, rating.typed_by) == (2, "paper", other)
    low = rating.follow_up
    for name in ("circle_rating_change", "circle_ratingfollowup_change"):
        row = rating if name == "circle_rating_change" else low
        page = reverse(f"admin:{name}", args=[row.pk])
        assert client_of(clerk).get(page).status_code in (302, 404)
        assert "等了一小时" in client_of(other).get(page).content.decode()


def test_tablet_rates_who_was_served_last_and_nobody_else(client):
    make.rating_rule()
    ticket = make.ticket()
    hall, counter = ticket.facility, ticket.item.counters.get()
    key = make.ticket_hall(facility=hall).device_key
    by = make.clerk(community=hall.community)
    assert last_visit(hall, 0, NOW) is None
    actions.finish_ticket(ticket=ticket, at=NOW, by=by)
    url = reverse("ticket_faces", args=[key])
    assert client.get(url).content.decode().count('name="level"') == 5
    said = {"facility": hall, "counter": 0, "level": 5, "at": NOW}
    assert refusal(actions.rate_last_visit, ticket=ticket.pk + 1, **said) == "other_thing"
    elsewhere = said | {"counter": counter.pk + 1}
    assert refusal(actions.rate_last_visit, ticket=ticket.pk, **elsewhere) == "other_thing"
    assert client.post(url, {"ticket": ticket.pk, "level": 5}).status_code == 302
    assert client.post(url, {"ticket": ticket.pk, "level": 1}).status_code == 422
    rating = Rating.objects.get()
    assert (rating.level, rating.channel, list(rating.served_by.all())) == (5, "device", [by])
    assert last_visit(hall, 0, NOW) is None


def test_number_leads_to_its_rating_and_own_devices_are_counted_apart(client):
    make.rating_rule()
    ticket, own = make.ticket(), client_of(make.user())
    by = make.clerk(community=ticket.community)
    url = reverse("ticket", args=[ticket.code])
    assert client.post(url, {"rate": 1}).status_code == 422
    actions.finish_ticket(ticket=ticket, at=NOW, by=by)
    assert 'name="rate"' in client.get(url).content.decode()
    answer = client.post(url, {"rate": 1})
    rating = Rating.objects.get()
    assert answer["Location"] == rating.get_absolute_url()
    assert client_of(by).get(rating.get_absolute_url()).status_code == 404
    own.get(reverse("ticket_faces", args=[make.ticket_hall(facility=ticket.facility).device_key]))
    assert own.post(rating.get_absolute_url(), {"level": 5}).status_code == 302
    rating.refresh_from_db()
    assert rating.channel == "device"
    assert client.post(rating.get_absolute_url(), {"level": 2}).status_code == 302
    rating.refresh_from_db()
    assert (rating.level, rating.channel) == (2, "link")
    assert 'name="rate"' not in client.get(url).content.decode()


def test_rating_is_exported_blocks_erasure_while_open_and_is_forgotten():
    low = make.rating(level=1)
    person = low.resident
    sections = {section.code: section for section in personal_data_sections([person])}
    assert sections["ratings"].rows[0]["level"] == low.get_level_display()
    assert "一条我们还没答复的差评" in [str(each) for each in plan_erasure(person).open_matters]
    later = NOW + 400 * DAY
    assert not old_ratings(low.community_id, later).exists()
    other = make.clerk(community=low.community)
    said = {"follow_up": low.follow_up, "words": "已答复", "at": NOW, "by": other}
    call_back_about_rating(**said)
    answer_rating(**said)
    assert anonymise_ratings(old_ratings(low.community_id, later), later) == 1
    low.refresh_from_db()
    assert (low.resident, low.words, low.level, low.served_by.count()) == (None, "", 1, 1)
    assert low.follow_up.__class__.objects.get().answer == "–"


# What is sealed, and who is left in peace -------------------------------------------------------------------


def served(at: dt.datetime = NOW, **values) -> Booking:
    booking = make.booking(slot=make.slot(starts_at=at), at=at - DAY, **values)
    actions.complete_booking(booking=booking, at=at, by=make.clerk(community=booking.community))
    return booking


def test_staff_who_read_the_outbox_do_not_see_the_code(client):
    make.rating_rule()
    booking = served()
    ask_for_ratings(at=NOW + 11 * MINUTE)
    rating, message = Rating.objects.get(), Message.objects.get(event="rating_asked")
    director = make.director()
    page = client_of(director).get(reverse("admin:circle_message_change", args=[message.pk])).content.decode()
    assert rating.code in text_of(message)  # until it is sent
    send_messages(at=NOW + 11 * MINUTE)
    message.refresh_from_db()
    assert message.status == Message.Status.SENT
    assert rating.code not in text_of(message)
    assert rating.code not in page
    card = client_of(director).get(reverse("admin:circle_resident_card", args=[booking.resident.code]))
    assert rating.code not in card.content.decode()


def test_same_person_is_asked_again_only_after_the_days_of_the_rule():
    make.rating_rule()
    person = make.own_resident()
    first = served(resident=person)
    ask_for_ratings(at=NOW + 11 * MINUTE)
    served(resident=person, at=NOW + DAY)
    ask_for_ratings(at=NOW + DAY + 11 * MINUTE)
    served(resident=person, at=NOW + 8 * DAY)
    ask_for_ratings(at=NOW + 8 * DAY + 11 * MINUTE)
    assert Rating.objects.filter(resident=person, asked_at__isnull=False).count() == 3
    assert Message.objects.filter(event="rating_asked", resident=first.resident).count() == 2


def test_nobody_knocks_at_a_door_to_ask():
    make.rating_rule()
    person = make.resident(phone="", login=None)
    served(resident=person, via="phone", by=make.clerk(community=person.community))
    ask_for_ratings(at=NOW + 11 * MINUTE)
    assert not Message.objects.filter(event="rating_asked").exists()
    assert Rating.objects.get().asked_at is not None


def test_message_goes_only_while_the_thing_is_served_and_unrated():
    make.rating_rule()
    booking = served()
    at = NOW + 11 * MINUTE
    ask_for_ratings(at=at)
    [message] = Message.objects.filter(event="rating_asked")
    assert find_settled_ratings([message], at) == set()
    by = make.clerk(community=booking.community)
    booking.refresh_from_db()
    actions.undo_transition(booking=booking, at=at, by=by)
    assert find_settled_ratings([message], at) == {message.pk}


def test_tap_on_the_tablet_gives_way_to_the_person_and_who_undid_sees_nothing(client):
    make.rating_rule()
    booking = served()
    first = Booking.objects.get(pk=booking.pk)
    other = make.clerk(community=booking.community)
    actions.undo_transition(booking=first, at=NOW, by=other)
    actions.complete_booking(booking=Booking.objects.get(pk=booking.pk), at=NOW, by=other)
    rating = open_rating(label="services.booking", pk=booking.pk, at=NOW)
    assert rating.served_by.count() == 2
    give_rating(rating=rating, level=5, at=NOW, channel="device")
    assert refusal(give_rating, rating=rating, level=1, at=NOW, channel="device") == "already_rated"
    assert ask_for_ratings(at=NOW + 11 * MINUTE) == 1
    url = reverse("rate", args=[rating.code])
    assert "?level=1" in client.get(url).content.decode()
    assert client.post(f"{url}?level=1", {"level": 1}).status_code == 302
    rating.refresh_from_db()
    assert (rating.level, rating.channel, rating.follow_up.status) == (1, "link", "open")
    assert client.post(f"{url}?level=5", {"level": 5}).status_code == 422


def test_only_codes_that_do_not_exist_are_counted(client):
    rating = make.rating()
    for _ in range(40):
        assert client.get(reverse("rate", args=[rating.code])).status_code == 200
    answers = [client.get(reverse("rate", args=["ABCDEFGH"])).status_code for _ in range(31)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert client.get(reverse("rate", args=[rating.code])).status_code == 200


def test_database_keeps_ratings_and_follow_ups_whole():
    rating = make.rating(level=1)
    same = Rating.objects.get(pk=rating.pk)
    same.pk, same.code = None, "ABCD2345"
    follow_up = RatingFollowUp.objects.filter(rating=rating)
    called = {"status": "called", "called_at": NOW}
    of_rating = [{"level": None}, {"level": 6}, {"channel": ""}, {"typed_by": make.user()}]
    of_follow_up = [called, {"called_at": NOW}, {"status": "answered", "call_words": "x"}]
    changes = [(Rating.objects.filter(pk=rating.pk), change) for change in of_rating]
    changes += [(follow_up, change) for change in of_follow_up]
    for rows, change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        same.save(force_insert=True)

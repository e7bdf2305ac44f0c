"""Ratings: asked for once a thing was served, given once, and the low ones followed up by other people."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.ratable import Served, ratable_kinds
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.legal_parameters import rule_in_force
from circle.calendar.rule_numbers import Bounds, checked_numbers
from circle.calendar.working_days import calculate_due_date
from circle.models import Message, Rating, RatingFollowUp, Resident, User
from circle.models.ratings import REASONS, WORDS_LENGTH, Level
from circle.notifications import notify
from circle.notifications.outbox import expected_channel
from circle.permissions.on_behalf import login_to_notify

RULE = "ratings"
BOUNDS: Bounds = {
    "wait_minutes": (0, 1440),
    "link_days": (1, 365),
    "rest_days": (0, 365),
    "call_days": (0, 30),
    "answer_days": (1, 60),
}
LOOKED_BACK = dt.timedelta(days=1)  # `tick` may have stood still for a while
Status = RatingFollowUp.Status


def rating_rule(at: dt.datetime) -> dict[str, int]:
    """Refuses: rule_missing, rule_wrong."""
    return checked_numbers(rule_in_force(RULE, on=localdate(at)).params, BOUNDS)


def ask_for_ratings(*, at: dt.datetime) -> int:
    """Ask about what was served a while ago, once each; returns how many. Without a rule nobody is asked."""
    try:
        until = at - dt.timedelta(minutes=rating_rule(at)["wait_minutes"])
    except ValidationError:
        return 0
    asked = 0
    for kind in ratable_kinds().values():
        ids = set(kind.served_ids(until - LOOKED_BACK, until))
        ids -= set(asked_things(kind.label, ids)) if ids else set()
        for pk, served in kind.find(sorted(ids)).items() if ids else ():
            asked += ask_for_rating(kind.label, pk, served, at)
    return asked


def asked_things(label: str, ids: Iterable[int]) -> Iterable[int]:
    found = Rating.objects.filter(subject_type=label, subject_id__in=ids, asked_at__isnull=False)
    return found.values_list("subject_id", flat=True)


@transaction.atomic
def ask_for_rating(label: str, pk: int, served: Served, at: dt.datetime) -> bool:
    """Whether this was the first time. Who was asked a few days ago finds it under "My matters" alone."""
    rating = open_rating(label=label, pk=pk, served=served, at=at)
    if not Rating.objects.filter(pk=rating.pk, asked_at=None).update(asked_at=at):
        return False
    notify_rating(rating, served, at)
    return True


@transaction.atomic
def open_rating(*, label: str, pk: int, at: dt.datetime, served: Served | None = None) -> Rating:
    """The rating of a thing, made where there is none yet.

    Refuses: not_served, rule_missing, rule_wrong.
    """
    served = served or ratable_kinds()[label].find([pk]).get(pk)
    if served is None:
        raise ValidationError(_("This has not been done yet."), code="not_served")
    made, is_new = Rating.objects.get_or_create(
        subject_type=label,
        subject_id=pk,
        defaults={
            "community_id": served.community,
            "about_type": served.about[0],
            "about_id": served.about[1],
            "title_zh": served.title[0],
            "title_en": served.title[1],
            "resident": served.resident,
            "served_at": served.served_at,
            "until": served.served_at + dt.timedelta(days=rating_rule(at)["link_days"]),
        },
    )
    if is_new:
        made.served_by.set(served.served_by)
    return made


def notify_rating(rating: Rating, served: Served, at: dt.datetime) -> None:
    """To a phone or an address, not too often. The code is sealed: staff who read the outbox do not see it.

    Who gave no name is asked on the tablet and on the page of their number alone.
    """
    person = served.resident
    if person is None or was_asked_lately(rating, person, at):
        return
    login = login_to_notify(person, served.mandate, at)
    if expected_channel(person, login) == Message.Channel.DESK:
        return  # nobody knocks at a door for this
    notify(
        event="rating_asked",
        community=rating.community_id,
        resident=person,
        user=login,
        at=at,
        dedupe=f"rating_asked:{rating.pk}",
        values={"item": served.title},
        secret={"code": rating.code},
    )


def was_asked_lately(rating: Rating, person: Resident, at: dt.datetime) -> bool:
    since = at - dt.timedelta(days=rating_rule(at)["rest_days"])
    told = Message.objects.filter(event="rating_asked", resident=person, created_at__gt=since)
    return told.exclude(dedupe=f"rating_asked:{rating.pk}").exists()


@transaction.atomic
def give_rating(
    *,
    rating: Rating,
    level: int,
    at: dt.datetime,
    channel: str = Rating.Channel.LINK,
    reasons: Sequence[str] = (),
    words: str = "",
    by: User | None = None,
) -> Rating:
    """Once; a low one is followed up. `by`: who types in what was said on the phone or on paper.

    What was tapped on a tablet of ours gives way to the person's own word.

    Refuses: level_missing, unknown_reason, reason_too_long, served_it, too_late, not_served, already_rated.
    """
    refuse_mixed_up(level, reasons)
    words = checked_reason(words, WORDS_LENGTH) if words.strip("\x00 \r\n\t") else ""
    if by is not None:
        refuse_own(rating, by)
    refuse_out_of_time(rating, at)
    values = {"rated_at": at, "level": level, "reasons": " ".join(reasons), "words": words}
    values |= {"channel": channel, "typed_by": by if channel in Rating.TYPED_IN else None}
    rows = Rating.objects.filter(pk=rating.pk)
    rows = rows.filter(rated_at=None) if channel == Rating.Channel.DEVICE else rows.unrated()
    if not rows.update(**values):
        raise ValidationError(_("This has been rated already. Thank you."), code="already_rated")
    for name, value in values.items():
        setattr(rating, name, value)
    record(verb="rating_given", subject=rating, community=rating.community_id, at=at, actor=by, via=channel)
    if rating.is_low:
        begin_follow_up(rating, at)
    return rating


def refuse_mixed_up(level: int, reasons: Sequence[str]) -> None:
    """Refuses: level_missing, unknown_reason."""
    if level not in Level.values:
        raise ValidationError(_("Choose one of the five faces."), code="level_missing")
    if not set(reasons) <= set(REASONS[level]):
        raise ValidationError(_("This does not belong to the face that you chose."), code="unknown_reason")


def refuse_out_of_time(rating: Rating, at: dt.datetime) -> None:
    """Refuses: too_late, not_served (it was taken back meanwhile)."""
    if rating.until <= at and rating.is_unrated:
        raise ValidationError(_("The time for rating is over. Please phone us."), code="too_late")
    if not ratable_kinds()[rating.subject_type].find([rating.subject_id]):
        raise ValidationError(_("This has not been done yet."), code="not_served")


def begin_follow_up(rating: Rating, at: dt.datetime) -> None:
    rule, today = rating_rule(at), localdate(at)
    calls, answers = (calculate_due_date(today, rule[name]) for name in ("call_days", "answer_days"))
    made, is_new = RatingFollowUp.objects.get_or_create(
        rating=rating,
        defaults={
            "community_id": rating.community_id,
            "status_at": at,
            "call_by": calls.on if calls else today,
            "answer_by": answers.on if answers else today,
        },
    )
    if is_new:
        record(verb="rating_follow_up", subject=made, community=rating.community_id, at=at, after=Status.OPEN)


def refuse_own(rating: Rating, by: User) -> None:
    """Refuses: served_it."""
    if rating.is_served_by(by):
        raise ValidationError(_("You served this person: a colleague has to do it."), code="served_it")


@transaction.atomic
def call_back_about_rating(*, follow_up: RatingFollowUp, words: str, at: dt.datetime, by: User) -> None:
    """Somebody else than who served has spoken with the person, or has tried to.

    Refuses: served_it, reason_missing, reason_too_long, already_called, not_possible.
    """
    refuse_own(follow_up.rating, by)
    change_status(
        follow_up,
        verb="rating_called_back",
        allowed=[Status.OPEN],
        to=Status.CALLED,
        at=at,
        by=by,
        called_at=at,
        called_by=by,
        call_words=checked_reason(words, WORDS_LENGTH),
    )


@transaction.atomic
def answer_rating(*, follow_up: RatingFollowUp, words: str, at: dt.datetime, by: User) -> None:
    """What was found and what changes; the person reads it under the link of the rating.

    Refuses: served_it, not_called, reason_missing, reason_too_long, already_answered.
    """
    refuse_own(follow_up.rating, by)
    answer = checked_reason(words, WORDS_LENGTH)
    follow_up.refresh_from_db(fields=["status"])
    if follow_up.status == Status.OPEN:
        raise ValidationError(_("Call the person back first."), code="not_called")
    change_status(
        follow_up,
        verb="rating_answered",
        allowed=[Status.CALLED],
        to=Status.ANSWERED,
        at=at,
        by=by,
        answered_at=at,
        answered_by=by,
        answer=answer,
    )

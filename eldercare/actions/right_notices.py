"""The clock tells people before a right begins or a card ends (免申即享), once for each."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from circle.audit.log import record
from circle.calendar.legal_parameters import rule_in_force
from circle.calendar.rule_numbers import checked_numbers
from circle.calendar.working_days import SHANGHAI
from circle.models import Community, Mandate, Residence, Resident
from circle.models.guardians import years_before
from circle.notifications import notify
from circle.permissions.on_behalf import login_to_notify
from eldercare.actions.right_days import begins_within
from eldercare.models import HeldCard, Right, RightNotice, RightTerms
from services.models import AgencyCase, Flow
from services.models.case_states import LIVE

RULE = "right_notices"
BOUNDS = {"days": (1, 120)}
Cause = RightNotice.Cause


@dataclass(frozen=True)
class News:
    """Somebody is to be told this."""

    person: Resident
    right: Right
    cause: str
    day: dt.date

    @property
    def key(self) -> tuple[int, int, dt.date]:
        return self.person.pk, self.right.pk, self.day


@dataclass
class Known:
    """Whom nobody tells: it was said before, was not wanted, or is being done."""

    told: set[tuple[int, int, dt.date]] = field(default_factory=set)
    declined: set[tuple[int, int, str]] = field(default_factory=set)
    asked: set[tuple[int, int | None]] = field(default_factory=set)

    def covers(self, news: News) -> bool:
        person, right = news.person.pk, news.right
        is_unwanted = news.cause == Cause.BEGINS and (person, right.pk, Cause.BEGINS) in self.declined
        return news.key in self.told or is_unwanted or (person, right.item_id) in self.asked


def tell_rights(*, at: dt.datetime) -> int:
    """Whoever a right begins for, or whose card ends, within the days of the rule; returns how many are told.

    What began in as many days before is caught up with. Refuses: rule_missing (a right is announced).
    """
    return sum(tell_community(community, at) for community in Community.objects.all())


def tell_community(community: Community, at: dt.datetime) -> int:
    rights = list(Right.objects.public(community).filter(is_announced=True, item__flow=Flow.AGENCY))
    if not rights:
        return 0
    day = localdate(at)
    span = dt.timedelta(days=checked_numbers(rule_in_force(RULE, on=day).params, BOUNDS)["days"])
    first, last = day - span, day + span
    known = what_is_known(community, first, at - 3 * span)
    news = [*beginnings(community, rights, first, last), *endings(community, rights, day, last)]
    return sum(tell_person(each, at) for each in news if not known.covers(each))


def what_is_known(community: Community, first: dt.date, since: dt.datetime) -> Known:
    """Who asked on their own since then is not told, whatever became of it."""
    notices = RightNotice.objects.filter(community=community)
    told = notices.filter(day__gte=first).values_list("resident", "right", "day")
    declined = notices.filter(status=RightNotice.Status.DECLINED).values_list("resident", "right", "cause")
    cases = AgencyCase.objects.filter(Q(status__in=LIVE) | Q(requested_at__gte=since), community=community)
    return Known(set(told), set(declined), set(cases.values_list("resident", "item")))


def beginnings(community: Community, rights: list[Right], first: dt.date, last: dt.date) -> Iterator[News]:
    for person in candidates(community, rights, first, last):
        for right in rights:
            if begins_on := begins_within(right, person, first, last):
                yield News(person, right, Cause.BEGINS, begins_on)


def candidates(
    community: Community, rights: list[Right], first: dt.date, last: dt.date
) -> "QuerySet[Resident]":
    """For whom one of the rights may begin then: the others are not looked at, since the clock runs often."""
    terms = [each for right in rights for each in right.terms.all()]
    turns = Q(risk_tags__since__range=(first, last)) | Q(care_profile__graded_on__range=(first, last))
    for age in {each.from_age for each in terms}:
        # A day more, for those born on 29 February.
        born = (
            years_before(first, age) - dt.timedelta(days=1),
            years_before(last, age) + dt.timedelta(days=1),
        )
        turns |= Q(born_on__range=born)
    people = living_here(community).filter(born_on__isnull=False)
    if not any(first <= each.valid_from <= last for each in terms):
        people = people.filter(pk__in=people.filter(turns).values("pk"))
    return people.select_related("care_profile", "login", "community").prefetch_related("risk_tags")


def living_here(community: Community) -> "QuerySet[Resident]":
    """Without those who moved away."""
    moved = Q(building=None) & Exists(Residence.objects.filter(resident=OuterRef("pk")))
    return Resident.objects.living().filter(community=community, is_nobody=False).exclude(moved)


def endings(community: Community, rights: list[Right], day: dt.date, last: dt.date) -> Iterator[News]:
    cards = HeldCard.objects.filter(community=community, right__in=rights, ends_on__range=(day, last))
    people = living_here(community)
    for card in cards.filter(resident__in=people).select_related("right__item", "resident__login"):
        yield News(card.resident, card.right, Cause.ENDS, card.ends_on)


@transaction.atomic
def tell_person(news: News, at: dt.datetime) -> bool:
    """False where another clock was faster: the database takes one row for person, right and day."""
    notice = RightNotice(
        community_id=news.right.community_id,
        resident=news.person,
        right=news.right,
        cause=news.cause,
        day=news.day,
        told_at=at,
        status_at=at,
    )
    RightNotice.objects.bulk_create([notice], ignore_conflicts=True)
    own = RightNotice.objects.filter(code=notice.code).first()
    if own is None:
        return False
    record(
        verb="right_told",
        subject=own,
        community=own.community_id,
        at=at,
        actor=None,
        after=own.status,
        right=news.right.code,
        day=news.day.isoformat(),
    )
    send_notice(own, news, at)
    return True


def send_notice(notice: RightNotice, news: News, at: dt.datetime) -> None:
    """Over their own phone, else that of who acts for them, else at their door."""
    mandates = news.person.mandates_given.active(localdate(at)).covering(Mandate.Scope.BOOKINGS)
    terms = news.right.terms_on(news.day)
    notify(
        event=f"right_{news.cause}",
        community=notice.community_id,
        at=at,
        dedupe=notice.dedupe,
        resident=news.person,
        user=login_to_notify(news.person, mandates.order_by("pk").first(), at),
        values={
            "right": news.right.name_pair,
            "starts_at": midnight(news.day),
            "has_time": 0,
            "amount": amount_in_both(terms),
            "code": notice.code,
        },
    )


def amount_in_both(terms: RightTerms | None) -> tuple[str, str]:
    said = []
    for language in ("zh-hans", "en"):
        with override(language):
            said.append((terms.amount if terms else "") or gettext("amount as the office decides"))
    return said[0], said[1]


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=SHANGHAI)

"""Items of the catalogue as documents of the Human Services Data Specification 3.1, in the active language.

The standard's traps: what is empty is left out, never null; a schedule's time zone is a number; a lunch break
is two schedules; each text has one language, so the name in the other one is the alternate name.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F, Prefetch, Sum
from django.utils.translation import gettext as _

from circle.formats.language import is_english
from circle.models import Community, Facility, OpeningHours, Rule
from services.models import Counter, ServiceItem, ServiceItemQuerySet, Slot
from services.views.hsds_terms import Document, hsds_id, organization_id, service_id, terms_of

SHANGHAI = 8  # hours ahead of UTC, as the standard wants it
OFFSET = "+08:00"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREE = "免费"
READ_AT = "@read-at@"  # replaced once the ETag is known, which must not change with the clock


def published(community: Community, today: dt.date) -> ServiceItemQuerySet:
    """All that was ever offered until today, with what is withdrawn: a reader must hear of that, too."""
    return ServiceItem.objects.public(community).filter(introduced_on__lte=today)


def with_parts(items: ServiceItemQuerySet) -> ServiceItemQuerySet:
    """Five queries for any number of items."""
    counters = Prefetch("counters", Counter.objects.working().only("pk"))
    return items.prefetch_related("materials", "steps", "audiences", "facility__opening_hours", counters)


def without_empty(document: Document) -> Document:
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}


def other_name(row: Any) -> str:
    """In the other language, where it is not the same."""
    name: str = row.name_zh if is_english() else row.name_en
    return "" if name == row.name else name


class Documents:
    """Makes the documents of one answer; reads what all of them share once."""

    def __init__(self, community: Community, at: dt.datetime, absolute: Callable[[str], str]) -> None:
        self.community, self.at, self.today, self.absolute = community, at, at.date(), absolute
        self.ages: dict[str, dict[str, Any]] = {}
        self.places: dict[int, list[tuple[dt.date, int, int]]] = defaultdict(list)

    def read_shared(self) -> None:
        """Ages and free places; two queries."""
        rules = Rule.objects.filter(kind__startswith="ages-", valid_from__lte=self.today)
        for rule in rules.order_by("valid_from"):  # the latest wins
            self.ages[rule.kind.removeprefix("ages-")] = rule.params
        slots = Slot.objects.open().online().upcoming(self.at).filter(community=self.community)
        rows = slots.order_by().values("counter", "day")
        for row in rows.annotate(left=Sum(F("capacity") - F("taken")), total=Sum("capacity")):
            self.places[row["counter"]].append((row["day"], row["left"], row["total"]))

    def minimal(self, item: ServiceItem) -> Document:
        return {
            "id": service_id(self.community, item.code),
            "name": item.name,
            "status": self.status(item),
            "last_modified": self.last_modified(item).isoformat(timespec="seconds"),
        }

    def brief(self, item: ServiceItem) -> Document:
        """With what there is one of."""
        age, place = self.ages.get(item.code.lower(), {}), self.place_of(item)
        return self.minimal(item) | without_empty(
            {
                "organization_id": organization_id(self.community, item.provider_zh),
                "organization": self.organization(item),
                "alternate_name": other_name(item),
                "description": item.summary,
                "url": self.absolute(item.get_absolute_url()),
                "fees_description": item.fee,
                "eligibility_description": item.eligibility,
                "minimum_age": age.get("from"),
                "maximum_age": age.get("until"),
                "assured_date": item.checked_on.isoformat() if item.checked_on and item.is_verified else "",
                "alert": place.notice if place else "",
            }
        )

    def full(self, item: ServiceItem) -> Document:
        key = service_id(self.community, item.code)
        place = self.place_of(item)
        return self.brief(item) | without_empty(
            {
                "application_process": "\n".join(self.steps(item)),
                "phones": self.phones(key, item),
                "languages": [self.language(key)],
                "cost_options": [self.cost(key, item)],
                "required_documents": [self.paper(key, paper) for paper in item.materials.all()],
                "schedules": self.schedules("service_id", key, place),
                "service_at_locations": [self.service_at(key, place)] if place else [],
                "capacities": self.capacities(key, item),
                "attributes": [self.attribute(key, *pair) for pair in terms_of(item)],
            }
        )

    def status(self, item: ServiceItem) -> str:
        if item.withdrawn_on and item.withdrawn_on <= self.today:
            return "defunct"
        return "active" if item.status == ServiceItem.Status.ACTIVE else "temporarily closed"

    @staticmethod
    def last_modified(item: ServiceItem) -> dt.datetime:
        """Of the item with its papers and steps, and of its place with its hours."""
        return max(item.updated_at, item.facility.updated_at) if item.facility else item.updated_at

    @staticmethod
    def place_of(item: ServiceItem) -> Facility | None:
        """Where residents see it."""
        return item.facility if item.facility and item.facility.is_published else None

    def organization(self, item: ServiceItem) -> Document:
        said = {"provider": item.provider, "community": self.community.name}
        return {
            "id": organization_id(self.community, item.provider_zh),
            "name": item.provider,
            "description": _("%(provider)s of %(community)s") % said,
        }

    @staticmethod
    def steps(item: ServiceItem) -> Iterable[str]:
        for number, step in enumerate(item.steps.all(), 1):
            yield _("%(number)s. %(step)s") % {"number": number, "step": step.name} + (
                _(": %(detail)s") % {"detail": step.detail} if step.detail else ""
            )

    @staticmethod
    def phones(key: str, item: ServiceItem) -> list[Document]:
        numbers = {"": item.phone, _("complaints"): item.complaint_phone}
        return [
            without_empty(
                {
                    "id": hsds_id(key, "phone", str(n)),
                    "service_id": key,
                    "number": number,
                    "type": "voice",
                    "description": use,
                }
            )
            for n, (use, number) in enumerate(numbers.items())
            if number
        ]

    @staticmethod
    def language(key: str) -> Document:
        return {"id": hsds_id(key, "language", "zh"), "service_id": key, "name": _("Chinese"), "code": "zh"}

    @staticmethod
    def cost(key: str, item: ServiceItem) -> Document:
        cost: Document = {"id": hsds_id(key, "cost"), "service_id": key, "amount_description": item.fee}
        return cost | {"amount": 0, "currency": "CNY"} if item.fee_zh == FREE else cost

    @staticmethod
    def paper(key: str, paper: Any) -> Document:
        said = {"paper": paper.name, "form": paper.get_form_display(), "condition": paper.condition}
        text = _("%(paper)s (%(form)s)") % said
        if paper.condition:
            text = _("%(paper)s (%(form)s; only if: %(condition)s)") % said
        if paper.station_can_check:
            text = _("%(paper)s (no need to bring it: we look it up ourselves)") % said
        return {"id": hsds_id(key, "paper", str(paper.pk)), "service_id": key, "document": text}

    def schedules(self, owner: str, key: str, place: Facility | None) -> list[Document]:
        """One for all weekdays with the same hours; public holidays are told in words."""
        days: dict[tuple[str, str], list[int]] = defaultdict(list)
        holidays = []
        for span in place.opening_hours.all() if place else ():
            hours = f"{span.opens:%H:%M}", f"{span.closes:%H:%M}".replace("00:00", "24:00")
            if span.weekday == OpeningHours.Day.HOLIDAY:
                holidays.append("–".join(hours))
            else:
                days[hours].append(span.weekday)
        note = _("On public holidays: %(hours)s") % {"hours": ", ".join(holidays)} if holidays else ""
        if place and place.follows_workdays:
            note = _("Closed on public holidays, open on the working weekends that make up for them.")
        return [
            without_empty(
                {
                    "id": hsds_id(key, "schedule", *hours),
                    owner: key,
                    "freq": "WEEKLY",
                    "interval": 1,
                    "wkst": "MO",
                    "byday": ",".join(DAYS[day] for day in sorted(weekdays)),
                    "timezone": SHANGHAI,
                    "opens_at": hours[0] + OFFSET,
                    "closes_at": hours[1] + OFFSET,
                    "notes": note,
                }
            )
            for hours, weekdays in sorted(days.items())
        ]

    def service_at(self, key: str, place: Facility) -> Document:
        location = self.location(place)
        return {
            "id": hsds_id(key, "at", place.code),
            "service_id": key,
            "location_id": location["id"],
            "location": location,
        }

    def location(self, place: Facility) -> Document:
        key = hsds_id(self.community.slug, "location", place.code)
        step_free = {
            "id": hsds_id(key, "step-free"),
            "location_id": key,
            "description": _("step-free entrance"),
        }
        phone = {"id": hsds_id(key, "phone"), "location_id": key, "number": place.phone, "type": "voice"}
        return without_empty(
            {
                "id": key,
                "location_type": "physical",
                "url": self.absolute(place.get_absolute_url()),
                "name": place.name,
                "alternate_name": other_name(place),
                "transportation": place.landmark,
                "longitude": float(place.longitude),
                "latitude": float(place.latitude),
                "addresses": self.addresses(key, place),
                "accessibility": [step_free] if place.step_free else [],
                "phones": [phone] if place.phone else [],
                "schedules": self.schedules("location_id", key, place),
            }
        )

    def addresses(self, key: str, place: Facility) -> list[Document]:
        """None while the community has not told city, province and postal code: the standard wants all."""
        here = self.community
        if not (here.city and here.province and here.postal_code and place.address):
            return []
        address = {
            "id": hsds_id(key, "address"),
            "location_id": key,
            "address_1": place.address,
            "city": here.city,
            "region": here.district,
            "state_province": here.province,
            "postal_code": here.postal_code,
            "country": "CN",
            "address_type": "physical",
        }
        return [without_empty(address)]

    def capacities(self, key: str, item: ServiceItem) -> list[Document]:
        """Places online within the days on which the item can be booked."""
        if not item.can_book(self.today):
            return []
        last = self.today + dt.timedelta(days=item.book_days_ahead)
        rows = [
            (left, total)
            for counter in item.counters.all()
            for day, left, total in self.places[counter.pk]
            if day <= last and (item.withdrawn_on is None or day < item.withdrawn_on)
        ]
        return [
            {
                "id": hsds_id(key, "capacity"),
                "service_id": key,
                "unit": {"id": hsds_id("unit", "place"), "name": _("places")},
                "available": sum(left for left, _total in rows),
                "maximum": sum(total for _left, total in rows),
                "description": _("Places online within %(days)s days, for all services of the counter")
                % {"days": item.book_days_ahead},
                "updated": READ_AT,
            }
        ]

    @staticmethod
    def attribute(key: str, term: Document, value: str) -> Document:
        return without_empty(
            {
                "id": hsds_id(key, "attribute", term["id"]),
                "link_id": key,
                "link_entity": "service",
                "link_type": term["taxonomy"],
                "label": term["name"],
                "value": value,
                "taxonomy_term_id": term["id"],
                "taxonomy_term": term,
            }
        )

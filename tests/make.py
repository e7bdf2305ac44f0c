"""Valid rows for tests. Each function saves one row with sensible values; a test says only what it is about.

Rows belong to one shared community unless another is given. Places stand `east` and `north` metres from
its gate.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import count
from math import cos, radians
from typing import Any

from django.contrib.auth.models import Permission
from django.utils import timezone

from circle.actions import give_rating, open_rating, open_survey, raise_alarm, require_consent
from circle.actions.monthly_reports import check_report
from circle.calendar.working_days import SHANGHAI
from circle.identifiers.id_documents import check_digit_of
from circle.models import (
    Absence,
    Alarm,
    Building,
    CalendarDay,
    CalendarYear,
    Closure,
    Community,
    Consent,
    DutyShift,
    Erasure,
    Facility,
    FacilityChange,
    FacilityKind,
    Firm,
    Grid,
    Guardianship,
    Household,
    Inventory,
    Mandate,
    Message,
    MessagePreference,
    MissedSearch,
    MonthlyReport,
    Norm,
    Notice,
    OfficialForm,
    OpeningHours,
    PageReport,
    Rating,
    Residence,
    Resident,
    Rule,
    SignInPass,
    Signpost,
    SignpostHours,
    SmsTemplate,
    StaffPost,
    Survey,
    User,
)
from circle.reporting.content import build_content, digest_of
from circle.walking.minutes import EARTH_RADIUS_M
from services import actions
from services.models import (
    AgencyCase,
    AidLoan,
    AidStock,
    Audience,
    Booking,
    Category,
    CertificateMatter,
    CommitteeCertificate,
    Counter,
    CounterClosure,
    CounterShift,
    HallWaiting,
    IdentitySeen,
    Material,
    RegisterEntry,
    Repair,
    ResidenceRule,
    ServiceItem,
    Slot,
    Step,
    Ticket,
    TicketHall,
)

GATE = (106.6265, 26.647)
PHONE = "0851-0000 0100"
PASSWORD = "a long walk home, 15 minutes"
EVERY_DAY = range(7)
METRES_PER_DEGREE = radians(1) * EARTH_RADIUS_M

numbers = count(1)
LETTERS = str.maketrans("0123456789", "BCDFGHJKLM")
SMALL = 32_768  # values that PostgreSQL has room for in a small number


def point(east: float = 0, north: float = 0) -> dict[str, Decimal]:
    """The four columns of a place so many metres from the gate, typed in WGS-84."""
    longitude = GATE[0] + east / METRES_PER_DEGREE / cos(radians(GATE[1]))
    latitude = GATE[1] + north / METRES_PER_DEGREE
    values = {"longitude": Decimal(f"{longitude:.6f}"), "latitude": Decimal(f"{latitude:.6f}")}
    return values | {f"{name}_entered": value for name, value in values.items()}


def names(zh: str, en: str) -> dict[str, str]:
    """In letters: a digit in a name could be the one that a test looks for on the page."""
    number = str(next(numbers)).translate(LETTERS)
    return {"name_zh": f"{zh}{number}", "name_en": f"{en} {number}"}


def belongs(values: dict[str, Any], **makers: Callable[[], Any]) -> None:
    """Make the rows that a row belongs to, where the test gave none."""
    for name, maker in makers.items():
        if name not in values:
            values[name] = maker()


# Places -----------------------------------------------------------------------------------------------------


def community(**values: Any) -> Community:
    defaults = names("社区", "Community") | point() | {"slug": f"community-{next(numbers)}", "phone": PHONE}
    return Community.objects.create(**defaults | values)


def here() -> Community:
    """The community that rows belong to when a test names none: the first, as for a first-time visitor."""
    return Community.objects.order_by("pk").first() or community()


def grid(**values: Any) -> Grid:
    belongs(values, community=here)
    return Grid.objects.create(**names("网格", "Grid") | {"code": f"g{next(numbers)}"} | values)


def building(*, east: float = 0, north: float = 0, **values: Any) -> Building:
    if "grid" not in values:
        values["grid"] = grid(**{name: values[name] for name in ("community",) if name in values})
    values.setdefault("community", values["grid"].community)
    defaults = (
        names("楼栋", "Building") | point(east, north) | {"code": f"b{next(numbers)}", "residents": 100}
    )
    return Building.objects.create(**defaults | values)


def kind(dimension: str = "health", **values: Any) -> FacilityKind:
    defaults = names("类别", "Kind") | {"code": f"kind-{next(numbers)}", "dimension": dimension}
    return FacilityKind.objects.create(**defaults | values)


def facility(
    *,
    east: float = 0,
    north: float = 0,
    dimension: str = "health",
    hours: str = "",
    days: Iterable[int] = EVERY_DAY,
    **values: Any,
) -> Facility:
    """A published place; `hours` such as "9:00-12:00 13:30-17:00" hold on `days`, none means unknown."""
    belongs(values, community=here, kind=lambda: kind(dimension))
    defaults = names("场所", "Place") | point(east, north) | {"code": f"place-{next(numbers)}"}
    found = Facility.objects.create(
        **defaults | {"address_zh": "金元路1号", "address_en": "1 Jinyuan Road"} | values
    )
    for day in days:
        for span in hours.split():
            opens, closes = (clock(text) for text in span.split("-"))
            opening_hours(facility=found, weekday=day, opens=opens, closes=closes)
    return found


def clock(text: str) -> dt.time:
    hour, minute = text.split(":")
    return dt.time(int(hour), int(minute))


def opening_hours(**values: Any) -> OpeningHours:
    belongs(values, facility=facility)
    return OpeningHours.objects.create(**{"weekday": 0, "opens": dt.time(9), "closes": dt.time(17)} | values)


def closure(**values: Any) -> Closure:
    belongs(values, facility=facility)
    defaults = {"starts_on": dt.date(2026, 11, 20), "reason_zh": "设备检修", "reason_en": "Repairs"}
    return Closure.objects.create(**defaults | values)


def norm(**values: Any) -> Norm:
    """A norm that counts: required within fifteen minutes, without a radius."""
    belongs(values, kind=kind)
    found = names("设施", "Facility") | {"standard": "GB 50180-2018", "clause": "附录C", "tier": 15}
    return Norm.objects.create(**found | {"is_counted": True} | values)


def inventory(**values: Any) -> Inventory:
    belongs(values, community=here, kind=kind)
    return Inventory.objects.create(**{"confirmed_on": dt.date(2026, 11, 1)} | values)


def change(**values: Any) -> FacilityChange:
    belongs(values, facility=facility)
    return FacilityChange.objects.create(**{"kind": "opened", "happened_on": dt.date(2026, 3, 1)} | values)


def calendar_year(year: int | None = None, **values: Any) -> CalendarYear:
    return CalendarYear.objects.create(year=year or 2000 + next(numbers) % 10_000, **values)


def calendar_day(date: dt.date | None = None, **values: Any) -> CalendarDay:
    """A public holiday, unless told that it is a make-up working day."""
    date = date or dt.date(2030, 1, 1) + dt.timedelta(days=next(numbers))
    return CalendarDay.objects.create(date=date, **{"name_zh": "放假", "name_en": "day off"} | values)


# People and what they say -----------------------------------------------------------------------------------


def user(**values: Any) -> User:
    number = next(numbers)
    defaults = {"email": f"user{number}@example.invalid", "name": f"User {number}", "password": PASSWORD}
    return User.objects.create_user(**defaults | values)


def staff(*permissions: str, **values: Any) -> User:
    """Someone who may enter the back office, with permissions such as "circle.change_notice"."""
    found = user(is_staff=True, **values)
    for name in permissions:
        app, codename = name.split(".")
        found.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return found


def director(**values: Any) -> User:
    """Staff who may do everything."""
    return user(is_staff=True, is_superuser=True, **values)


def notice(**values: Any) -> Notice:
    """Published yesterday, never expiring."""
    belongs(values, community=here)
    number = next(numbers)
    defaults = {"slug": f"notice-{number}", "title_zh": f"通知{number}", "title_en": f"Notice {number}"}
    defaults |= {"body_zh": "正文", "body_en": "Text", "publish_at": timezone.now() - dt.timedelta(days=1)}
    defaults["status"] = "published"
    return Notice.objects.create(**defaults | values)


def signpost(**values: Any) -> Signpost:
    """Who does what the community does not do."""
    belongs(values, community=here)
    defaults = names("护照", "Passport") | {"slug": f"signpost-{next(numbers)}", "phone": PHONE}
    defaults |= {"office_zh": "出入境大厅", "office_en": "Exit and entry hall", "hours_zh": "工作日"}
    defaults |= {"address_zh": "政务路", "address_en": "Zhengwu Road", "hours_en": "Working days"}
    return Signpost.objects.create(**defaults | values)


def signpost_hours(**values: Any) -> SignpostHours:
    belongs(values, signpost=signpost)
    return SignpostHours.objects.create(**{"weekday": 0, "opens": dt.time(9), "closes": dt.time(17)} | values)


def report(**values: Any) -> PageReport:
    belongs(values, community=here)
    defaults = {"page": "/help/", "message": f"Wrong {next(numbers)}", "created_at": timezone.now()}
    return PageReport.objects.create(**defaults | values)


def monthly_report(*, at: dt.datetime | None = None, **values: Any) -> MonthlyReport:
    """Of the month before, checked by the director, through the action."""
    belongs(values, community=here)
    at = at or timezone.now()
    month = (timezone.localdate(at).replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    seen = digest_of(build_content(values["community"], month, timezone.localdate(at)))
    values.setdefault("by", director())
    return check_report(**{"month": month, "seen": seen, "at": at} | values)


def official_form(**values: Any) -> OfficialForm:
    """Filled with the list of items; its workbook is none that could be read, unless given."""
    belongs(values, community=here, changed_by=director)
    defaults = {"name": f"报表{next(numbers)}", "list_key": "items", "workbook": b"", "changed_at": MORNING}
    return OfficialForm.objects.create(**defaults | values)


def missed_search(**values: Any) -> MissedSearch:
    belongs(values, community=here)
    return MissedSearch.objects.create(
        **{"words": f"words {next(numbers)}", "last_at": timezone.now()} | values
    )


# The catalogue ----------------------------------------------------------------------------------------------


def category(**values: Any) -> Category:
    number = next(numbers)
    return Category.objects.create(
        **names("主题", "Theme") | {"slug": f"theme-{number}", "order": number % SMALL} | values
    )


def audience(**values: Any) -> Audience:
    number = next(numbers)
    return Audience.objects.create(
        **names("人群", "People") | {"slug": f"people-{number}", "order": number % SMALL} | values
    )


def item(*, audiences: Iterable[Audience] = (), **values: Any) -> ServiceItem:
    """An item offered since March 2024, unverified, without a place, papers or steps."""
    belongs(values, community=here, category=category)
    defaults = names("事项", "Item") | {
        "code": f"T{next(numbers):04}",
        "dimension": "civic",
        "promised_days": 5,
    }
    defaults |= {"summary_zh": "一句话说明", "summary_en": "In one sentence", "provider_zh": "综合窗口"}
    defaults |= {"flow": "booking"} if values.get("is_bookable") else {}
    found = ServiceItem.objects.create(**defaults | {"introduced_on": dt.date(2024, 3, 1)} | values)
    found.audiences.set(audiences)
    return found


def material(**values: Any) -> Material:
    belongs(values, item=item)
    return Material.objects.create(**names("材料", "Paper") | values)


def residence_rule(**values: Any) -> ResidenceRule:
    """People registered here are served here, since 2024."""
    belongs(values, item=item)
    defaults = {"status": "local", "answer": "here", "valid_from": dt.date(2024, 1, 1)}
    return ResidenceRule.objects.create(**defaults | values)


def step(**values: Any) -> Step:
    belongs(values, item=item)
    return Step.objects.create(**names("步骤", "Step") | values)


# People and the hall ----------------------------------------------------------------------------------------

# A working Tuesday, before the hall opens. The tests of bookings take place on it unless they say otherwise.
MORNING = dt.datetime(2026, 11, 24, 8, tzinfo=SHANGHAI)


def moment(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """So many days after the morning, at this time of day."""
    return (MORNING + dt.timedelta(days=day)).replace(hour=hour, minute=minute)


def mobile() -> str:
    """A number that nobody else has, as circle.identifiers.phone_numbers.parse_mobile returns it."""
    return f"139{next(numbers):08}"


def resident_login(phone: str = "", **values: Any) -> User:
    """A login whose mobile number has been proved by a code."""
    found = User(**{"name": "", "phone_verified_at": MORNING} | values)
    found.phone = phone or mobile()
    found.set_unusable_password()
    found.save()
    return found


def resident(*, phone: str = "", id_number: str = "", **values: Any) -> Resident:
    """Somebody without login or phone, unless given."""
    belongs(values, community=here)
    found = Resident(**{"name": f"居民{next(numbers)}"} | values)
    found.phone = phone
    found.id_number = id_number
    found.id_needed_for = "高龄津贴" if id_number else ""
    found.save()
    return found


def consent(**values: Any) -> Consent:
    """Of an elder to health answers, given online."""
    belongs(values, resident=own_resident)
    who = {"via": "online", "at": MORNING, "by": values["resident"].login}
    return require_consent(**{"purpose": "care_health", "consents": True} | who | values)


def erasure(**values: Any) -> Erasure:
    """Asked for at the window, whatever still stands."""
    belongs(values, resident=resident, asked_by=user)
    values.setdefault("community", values["resident"].community)
    return Erasure.objects.create(**{"via": "window", "asked_at": MORNING, "status_at": MORNING} | values)


def household(**values: Any) -> Household:
    belongs(values, building=building)
    values.setdefault("community", values["building"].community)
    return Household.objects.create(**{"door": f"1-{next(numbers)}"} | values)


def mandate(**values: Any) -> Mandate:
    """In force for everything, from last month on, without an end."""
    belongs(values, principal=resident, agent=resident_login)
    return Mandate.objects.create(**{"basis": "family", "valid_from": dt.date(2026, 10, 1)} | values)


def post(role: str = "hall_clerk", **values: Any) -> StaffPost:
    """Somebody's post, held since last year; of a role that is limited, to a grid, building or firm."""
    belongs(values, community=here, user=lambda: user(is_staff=True))
    community = values["community"]
    limits = {
        "grid_worker": {"grid": lambda: grid(community=community)},
        "building_head": {"building": lambda: building(community=community)},
        "property_manager": {"firm": lambda: firm(community=community)},
    }
    belongs(values, **limits.get(role, {}))
    return StaffPost.objects.create(**{"role": role, "starts_on": dt.date(2025, 1, 1)} | values)


def firm(**values: Any) -> Firm:
    belongs(values, community=here)
    number = next(numbers)
    return Firm.objects.create(**{"name_zh": f"物业公司{number}", "name_en": f"Firm {number}"} | values)


def absence(**values: Any) -> Absence:
    """A week away from today on, with a colleague of the same post standing in."""
    belongs(values, post=post)
    values.setdefault("substitute", post(values["post"].role, community=values["post"].community))
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today + dt.timedelta(days=6)}
    return Absence.objects.create(**days | values)


def clerk(**values: Any) -> User:
    """A hall clerk of the community."""
    return post(**values).user


def alarm(**values: Any) -> Alarm:
    """A call for help that nobody sees to yet, through the action."""
    belongs(values, resident=resident)
    return raise_alarm(**{"source": "help", "at": MORNING} | values)


def duty(**values: Any) -> DutyShift:
    """On duty on the day of the tests."""
    belongs(values, community=here, user=user)
    return DutyShift.objects.create(**{"starts_at": moment(0, 8), "ends_at": moment(0, 20)} | values)


def rule(kind: str, **values: Any) -> Rule:
    params = values.pop("params", {"days": 183})
    defaults = {"valid_from": dt.date(2017, 6, 1), "source_zh": "示例", "params": params}
    return Rule.objects.create(kind=kind, **defaults | values)


def message(**values: Any) -> Message:
    """Waiting to be sent to a resident's phone."""
    belongs(values, community=here, resident=lambda: resident(phone=mobile()))
    defaults = {"channel": "sms", "event": "sign_in_code", "dedupe": f"test:{next(numbers)}"}
    return Message.objects.create(**defaults | {"created_at": MORNING, "due_at": MORNING} | values)


def sign_in_pass(**values: Any) -> SignInPass:
    """Given by a clerk in the morning, and not used yet."""
    belongs(values, resident=own_resident, made_by=user)
    code = {"code_hash": f"{next(numbers):064}", "user": values["resident"].login}
    times = {"made_at": MORNING, "expires_at": MORNING + dt.timedelta(minutes=10)}
    return SignInPass.objects.create(**code | times | values)


def sms_template(**values: Any) -> SmsTemplate:
    defaults = {"vendor": f"vendor-{next(numbers)}", "event": "booking_made", "language": "zh-hans"}
    return SmsTemplate.objects.create(**defaults | {"template": f"SMS_{next(numbers)}"} | values)


def message_wish(**values: Any) -> MessagePreference:
    belongs(values, resident=resident)
    return MessagePreference.objects.create(**values)


def counter(*, items: Iterable[ServiceItem] = (), **values: Any) -> Counter:
    """Two places online and one for phone and window in each half hour."""
    belongs(values, facility=lambda: facility(hours="9:00-12:00 13:30-17:00"))
    values.setdefault("community", values["facility"].community)
    found = Counter.objects.create(**names("窗口", "Counter") | {"code": f"c{next(numbers)}"} | values)
    found.items.set(items)
    return found


def counter_closure(**values: Any) -> CounterClosure:
    belongs(values, counter=counter)
    defaults = {"starts_on": dt.date(2026, 11, 20), "reason_zh": "设备检修", "reason_en": "Repairs"}
    return CounterClosure.objects.create(**defaults | values)


def counter_shift(**values: Any) -> CounterShift:
    """Wednesdays from nine to ten, unless a date is given."""
    belongs(values, counter=counter)
    day = {} if "date" in values else {"weekday": 2}
    return CounterShift.objects.create(**day | {"opens": dt.time(9), "closes": dt.time(10)} | values)


def bookable(**values: Any) -> ServiceItem:
    """An item that can be booked, served at a counter of its own."""
    found = item(**{"is_bookable": True} | values)
    counter(items=[found], facility=facility(hours="9:00-12:00 13:30-17:00", community=found.community))
    return found


def slot(*, of: ServiceItem | None = None, **values: Any) -> Slot:
    """An online slot with two places, tomorrow at nine, at the counter that serves the item `of`."""
    if "counter" not in values:
        values["counter"] = (of or bookable()).counters.first()
    starts_at = values.setdefault("starts_at", moment(1, 9))
    defaults = {
        "community": values["counter"].community,
        "channel": "online",
        "day": starts_at.astimezone(SHANGHAI).date(),
        "ends_at": starts_at + dt.timedelta(minutes=30),
        "capacity": 2,
    }
    return Slot.objects.create(**defaults | values)


def hall_waiting(*, at: dt.datetime = MORNING, **values: Any) -> HallWaiting:
    """In the line for tomorrow, as it stands once somebody has joined online."""
    belongs(values, item=bookable, resident=own_resident)
    tomorrow = moment(1, 0).date()
    days = {"first_day": tomorrow, "last_day": tomorrow}
    since = {"status_at": at, "joined_at": at, "via": "online", "joined_by": values["resident"].login}
    return HallWaiting.objects.create(**days | since | {"community": values["item"].community} | values)


def certificate_matter(**values: Any) -> CertificateMatter:
    """What the committee certifies itself."""
    belongs(values, community=here)
    defaults = names("居住情况", "Residence") | {"code": f"matter-{next(numbers)}"}
    body = {} if "elsewhere_zh" in values else {"body_zh": "兹证明{name}。用于{purpose}。"}
    return CertificateMatter.objects.create(**defaults | body | values)


def committee_certificate(**values: Any) -> CommitteeCertificate:
    """Made out by a clerk in the morning."""
    belongs(values, resident=resident)
    community = values["resident"].community
    matter = values.pop("matter", None) or certificate_matter(community=community)
    said = {"addressed_to": "图书馆", "purpose": "办借书证", "copies": 1, "at": MORNING}
    return actions.issue_certificate(**{"matter": matter, "by": user()} | said | values)


def register_entry(**values: Any) -> RegisterEntry:
    """Noted on the phone in the morning."""
    belongs(values, resident=resident)
    community = values["resident"].community
    listed = values.pop("item", None) or item(community=community, flow="register")
    said = {"told_by": "女儿", "needs": "停电时要人送饭", "via": "phone", "at": MORNING}
    return actions.enter_in_register(**{"item": listed, "by": user()} | said | values)


def agency_case(*, at: dt.datetime = MORNING, **values: Any) -> AgencyCase:
    """Asked for on the phone in the morning."""
    belongs(values, resident=resident)
    community = values["resident"].community
    if "by" not in values:
        values["by"] = clerk(community=community)
    asked = values.pop("item", None) or item(community=community, flow="agency", has_agency=True)
    return actions.request_case(**{"item": asked, "via": "phone", "at": at} | values)


def aid_stock(**values: Any) -> AidStock:
    """Two of them, at a place of their own."""
    belongs(values, community=here)
    place = values.pop("facility", None) or facility(community=values["community"])
    defaults = names("轮椅", "Wheelchair") | {"code": f"aid-{next(numbers)}", "capacity": 2}
    return AidStock.objects.create(**defaults | {"facility": place} | values)


def aid_loan(*, at: dt.datetime = MORNING, **values: Any) -> AidLoan:
    """Reserved on the phone in the morning."""
    belongs(values, resident=resident)
    community = values["resident"].community
    if "by" not in values:
        values["by"] = clerk(community=community)
    stock = values.pop("stock", None) or aid_stock(community=community)
    return actions.reserve_aid(**{"stock": stock, "via": "phone", "at": at} | values)


def repair(*, at: dt.datetime = MORNING, **values: Any) -> Repair:
    """A leak, reported on the phone in the morning."""
    belongs(values, resident=resident)
    if "by" not in values:
        values["by"] = clerk(community=values["resident"].community)
    said = {"kind": "water", "place": "厨房水槽下面", "words": "水管滴水", "via": "phone", "at": at}
    return actions.report_repair(**said | values)


def identity_seen(**values: Any) -> IdentitySeen:
    belongs(values, resident=resident)
    clerk_there = values.pop("by", None) or clerk(community=values["resident"].community)
    said = {"paper": "id_card", "via": "window", "at": MORNING, "by": clerk_there}
    return actions.note_identity(**said | values)


def ticket(*, at: dt.datetime = MORNING, **values: Any) -> Ticket:
    """Drawn at the desk in the morning, for the item and in its hall."""
    belongs(values, item=bookable)
    facility = values.pop("facility", None) or values["item"].counters.first().facility
    state = {name: values.pop(name) for name in ("status", "counter", "clerk", "day") if name in values}
    if "by" not in values and values.setdefault("origin", "desk") == "desk":
        values["by"] = clerk(community=facility.community)
    found = actions.draw_ticket(facility=facility, at=at, **values)
    Ticket.objects.filter(pk=found.pk).update(**state)
    return Ticket.objects.shown().get(pk=found.pk)


def ticket_hall(**values: Any) -> TicketHall:
    belongs(values, facility=facility)
    return TicketHall.objects.create(**{"community": values["facility"].community} | values)


def booking(*, at: dt.datetime = MORNING, **values: Any) -> Booking:
    """Made online by the resident, through the action."""
    if "slot" not in values:
        values["slot"] = slot(of=values.get("item"))
    belongs(values, item=lambda: values["slot"].counter.items.first(), resident=own_resident)
    values.setdefault("by", values["resident"].login)
    return actions.book_slot(**{"via": "online", "at": at} | values)


def own_resident(**values: Any) -> Resident:
    """A resident with a login of their own."""
    login = resident_login()
    return resident(**{"login": login, "phone": login.phone} | values)


def id_number(born_on: dt.date = dt.date(1951, 1, 1), region: str = "520115") -> str:
    """A number with the right last digit, invented: its sequence number is one of the tests' own."""
    first = f"{region}{born_on:%Y%m%d}{next(numbers) % 1000:03}"
    return first + check_digit_of(f"{first}0")


def guardianship(**values: Any) -> Guardianship:
    """A child of two, and an adult who answers for it."""
    belongs(values, child=lambda: resident(born_on=dt.date(2024, 5, 1)), adult=own_resident)
    return Guardianship.objects.create(**{"rank": 1} | values)


def residence(**values: Any) -> Residence:
    """Where somebody has lived since last month."""
    belongs(values, building=building)
    belongs(values, resident=lambda: resident(building=values["building"]))
    return Residence.objects.create(**{"moved_in_on": dt.date(2026, 10, 1)} | values)


def rating_rule() -> None:
    numbers_of_rule = {"wait_minutes": 10, "link_days": 14, "rest_days": 7, "call_days": 1, "answer_days": 5}
    if not Rule.objects.filter(kind="ratings").exists():
        rule("ratings", params=numbers_of_rule)


def rating(*, at: dt.datetime = MORNING, level: int = 0, by: User | None = None, **values: Any) -> Rating:
    """Of a booking that a clerk has served; given where there is a level."""
    rating_rule()
    values.setdefault("slot", slot(starts_at=at + dt.timedelta(hours=1)))
    served = booking(at=at, **values)
    actions.complete_booking(booking=served, at=at, by=by or clerk(community=served.community))
    found = open_rating(label="services.booking", pk=served.pk, at=at)
    return give_rating(rating=found, level=level, at=at) if level else found


def survey_rule(**numbers_of_rule: int) -> None:
    usual = {"from_day": 45, "open_days": 30, "invited": 9, "from_age": 18}
    if not Rule.objects.filter(kind="survey").exists():
        rule("survey", params=usual | numbers_of_rule)


def survey(*, at: dt.datetime = MORNING, community: Community | None = None) -> Survey:
    """Of this quarter."""
    survey_rule()
    day, where = at.date(), community or here()
    open_survey(community=where, opens_on=day, closes_on=day + dt.timedelta(days=20), at=at)
    return Survey.objects.get(community=where)

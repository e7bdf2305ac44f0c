"""The world of the role matrix: for each of three people, one row of everything that an address can name.

`own` belongs to a resident and, by a mandate, to their relative; `household` to another household of the same
community; `community` to somebody in another community. Whoever adds an address with a new kind of row adds
the row in `rows_of`, and with it all three are there.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType

from circle.actions import raise_alarm, recompute_coverage
from circle.models import Building, Community, Consent, Rule, User
from circle.models.roles import LIMITS, Role
from council.models import Attendance, Posting, Topic
from services.models import CasePhoto, Slot
from services.views.hsds_terms import service_id
from tests import (
    make,
    make_canteen,
    make_childcare,
    make_council,
    make_coverage,
    make_eldercare,
    make_rights,
    make_school,
    make_walks,
)
from tests.conftest import OurClient

PHONE = "13912345678"


@dataclass
class World:
    """Who looks, and at whose rows."""

    viewers: dict[str, User | None] = field(default_factory=dict)
    rows: dict[str, SimpleNamespace] = field(default_factory=dict)
    clients: dict[str, OurClient] = field(default_factory=dict)
    looker: OurClient = field(default_factory=OurClient)  # may view every model and do nothing


def client_of(user: User | None) -> OurClient:
    client = OurClient()
    if user:
        client.force_login(user)
    return client


def world() -> World:
    here, there = make.community(), make.community()
    resident, relative = make.resident_login(phone=PHONE), make.resident_login()
    made = World({"anonymous": None, "resident": resident, "relative": relative})
    home = make.building(community=here)
    limits = {"grid": home.grid, "building": home, "firm": make.firm(community=here)}
    for role in Role:
        limit = {LIMITS[role]: limits[LIMITS[role]]} if role in LIMITS else {}
        made.viewers[role.value] = make.post(role, community=here, **limit).user
    made.viewers |= {"superuser": make.director()}
    worker = made.viewers[Role.CARE_WORKER]
    made.rows["own"] = rows_of(here, resident, worker, home)
    made.rows["own"].firm_topic.firm.posts.add(made.viewers[Role.PROPERTY_MANAGER].posts.get())
    made.rows["own"].message.assigned_to = made.viewers[Role.BUILDING_HEAD]
    made.rows["own"].message.save()
    made.rows["own"].given = make.mandate(principal=made.rows["own"].resident, agent=relative)
    made.rows["household"] = rows_of(here, make.resident_login(), make_eldercare.care_worker(community=here))
    elsewhere = make_eldercare.care_worker(community=there)
    made.rows["community"] = rows_of(there, make.resident_login(), elsewhere)
    recompute_coverage(community=here, at=make.MORNING)
    made.clients = {name: client_of(user) for name, user in made.viewers.items()}
    looks = (f"{model._meta.app_label}.view_{model._meta.model_name}" for model in admin.site._registry)  # noqa: SLF001
    made.looker = client_of(make.staff(*looks))
    return made


def rows_of(community: Community, login: User, worker: User, home: Building | None = None) -> SimpleNamespace:
    """One row of each kind, of this login's own person or at least of their community."""
    rows = SimpleNamespace(community=community, login=login)
    rows.building = home or make.building(community=community)
    rows.household = make.household(building=rows.building)
    rows.resident = make.resident(
        community=community, login=login, phone=login.phone, building=rows.building, household=rows.household
    )
    rows.given = make.mandate(principal=rows.resident)
    rows.ban = rows.resident.acting_bans.create(made_at=make.MORNING, agent=make.resident_login())
    rows.mandate = make.mandate(principal=make.resident(community=community), agent=make.resident_login())
    rows.notice = make.notice(community=community)
    rows.signpost = make.signpost(community=community)
    rows.report = make.report(community=community)
    rows.inventory = make.inventory(community=community)
    rows.network = make_walks.adopted(community=community)
    rows.run = make_walks.run(make.kind(), community=community, network=rows.network)
    rows.site = make_coverage.site(community=community)
    rows.scenario = make_coverage.scenario(community=community, by=login)
    rows.missed_search = make.missed_search(community=community)
    rows.official_form = make.official_form(community=community)
    rows.monthly_report = make.monthly_report(community=community, at=make.MORNING)
    rows.message = make.message(community=community, resident=rows.resident, channel="desk")
    rows.post = make.post("hall_clerk", community=community)
    hall_rows(rows)
    care_rows(rows, worker)
    nursery_rows(rows)
    council_rows(rows)
    rows.consent = Consent.objects.filter(guardian=rows.resident).first()
    rows.alarm = raise_alarm(resident=rows.resident, source="help", at=make.MORNING)
    rows.duty = make.duty(community=community)
    rows.erasure = make.erasure(resident=rows.resident)
    return rows


def hall_rows(rows: SimpleNamespace) -> None:
    place = make.facility(community=rows.community, hours="9:00-12:00 13:30-17:00")
    rows.closure, rows.change = make.closure(facility=place), make.change(facility=place)
    rows.facility, rows.item = place, make.item(community=rows.community, is_bookable=True)
    rows.item.hsds_id = service_id(rows.community, rows.item.code)
    rows.counter = make.counter(facility=place, items=[rows.item])
    rows.session = make.counter(facility=place, online_places=0, counter_places=0)
    make.counter_shift(counter=rows.session)
    rows.counter_closure = make.counter_closure(counter=rows.counter)
    rows.slot = make.slot(counter=rows.counter)
    rows.later_slot = make.slot(counter=rows.counter, starts_at=make.moment(3, 10))
    rows.desk_slot = make.slot(counter=rows.counter, channel=Slot.Channel.COUNTER)
    rows.booking = make.booking(slot=rows.slot, item=rows.item, resident=rows.resident)
    rows.committee_certificate = make.committee_certificate(resident=rows.resident)
    rows.register_entry = make.register_entry(resident=rows.resident)
    case_rows(rows)
    of = {"resident": rows.resident, "item": rows.item}
    early, next_one = (make.slot(counter=rows.counter, starts_at=make.moment(0, hour)) for hour in (9, 10))
    rows.rating = make.rating(slot=early, **of)
    rows.low_rating = make.rating(slot=next_one, level=1, **of).follow_up
    rows.repair = make.repair(resident=rows.resident)
    rows.aid_loan = make.aid_loan(resident=rows.resident)
    rows.aid_stock = rows.aid_loan.stock
    rows.survey = make.survey(community=rows.community)
    rows.invitation = rows.survey.invitations.create(resident=rows.resident)
    rows.waiting = make.hall_waiting(item=rows.item, resident=rows.resident)
    rows.ticket = make.ticket(item=make.bookable(community=rows.community))
    rows.ticket_hall = make.ticket_hall(facility=rows.ticket.facility)


def case_rows(rows: SimpleNamespace) -> None:
    """A case that we hold an original and a photograph of, and the office's clock stands still."""
    clerk = make.clerk(community=rows.community)
    rows.errand = make.item(community=rows.community, flow="agency", has_agency=True)
    rows.agency_case = make.agency_case(resident=rows.resident, by=clerk)
    said = {"case": rows.agency_case, "at": make.MORNING, "by": clerk}
    rows.case_paper = make.actions.receive_paper(name="户口簿", **said)
    make.actions.ask_supplement(missing="照片", **said)
    rows.case_stop = rows.agency_case.stops.get()
    rows.case_photo = CasePhoto(case=rows.agency_case, at=make.MORNING)
    rows.case_photo.image = b"RIFF"
    rows.case_photo.save()


def care_rows(rows: SimpleNamespace, worker: User) -> None:
    rows.care_kind = make_eldercare.kind(community=rows.community, facility=rows.facility)
    rows.care_slot = make_eldercare.slot(kind=rows.care_kind)
    rows.care_booking = make_eldercare.assigned(slot=rows.care_slot, resident=rows.resident, worker=worker)
    rows.visit_duty = make_eldercare.visit_duty(resident=rows.resident)
    rows.volunteer = make_eldercare.volunteer(community=rows.community)
    rows.certificate = make_eldercare.certificate(community=rows.community)
    rows.care_worker = make_eldercare.carer(community=rows.community)
    rows.day_agreement = make_eldercare.agreement(kind=rows.care_kind, resident=rows.resident)
    rows.care_series = make_eldercare.series(
        kind=make_eldercare.request_kind(
            community=rows.community, facility=make.facility(community=rows.community, hours="8:00-20:00")
        ),
        resident=rows.resident,
    )
    rows.series_date = rows.care_series.dates.first()
    term = make_school.term(community=rows.community, year=2000 + next(make.numbers))
    of = {"term": term, "facility": rows.facility, "monitor": rows.resident, "room": "二楼"}
    rows.school_class = make_school.school_class(**of)
    rows.enrolment = make_school.enrolment(school_class=rows.school_class, resident=rows.resident)
    full = make_school.school_class(**of | {"capacity": 0})
    rows.class_waiting = make_school.waiting(school_class=full, resident=rows.resident)
    canteen_rows(rows)
    make_rights.price(kind=rows.care_kind)
    right = make_rights.announced(community=rows.community)
    rows.right_notice = make_rights.notice(right=right, resident=rows.resident)
    rows.free_care_slot = make_eldercare.slot(kind=rows.care_kind, starts_at=make.moment(2, 9))


def canteen_rows(rows: SimpleNamespace) -> None:
    """A menu, an order with its line of money, and a standing order that could not be fulfilled."""
    place = make_canteen.canteen(community=rows.community)
    rows.meal_dish = make_canteen.dish(facility=place)
    boss = make_eldercare.coordinator(community=rows.community)
    rows.meal_order = make_canteen.order(dish=rows.meal_dish, resident=rows.resident, by=boss)
    rows.standing_order = make_canteen.standing(resident=rows.resident, by=boss, meal="supper")
    rows.standing_date = make_canteen.missed(rows.standing_order)
    make_canteen.subsidy(community=rows.community)
    make_canteen.charge_day(resident=rows.resident, day=rows.meal_order.day, at=make.moment(3, 8))


def nursery_rows(rows: SimpleNamespace) -> None:
    rows.nursery_class = make_childcare.nursery_class(community=rows.community)  # no closure
    of = {"guardian": rows.resident, "nursery_class": rows.nursery_class}
    rows.draft = make_childcare.filled(**of)
    rows.application = make_childcare.submitted(**of)
    rows.returned = make_childcare.returned(**of)
    rows.offered = make_childcare.offered(**of)
    rows.enrolled = make_childcare.enrolled(start_on=make.MORNING.date(), **of)
    if not Rule.objects.filter(kind="nursery_absence").exists():
        make_childcare.absence_rule()
    rows.nursery_round = make_childcare.published_round(rows.nursery_class)
    rows.second_parent = make_childcare.second_parent(rows.application)
    rows.head_task = make_childcare.age_task(rows.enrolled)
    plan = make_childcare.visit_plan(facility=rows.nursery_class.facility)
    rows.nursery_place = plan.facility
    rows.nursery_visit = make_childcare.visit(
        slot=make_childcare.visit_slot(plan=plan), resident=rows.resident, via="phone", by=make.director()
    )
    rows.free_visit_slot = make_childcare.visit_slot(plan=plan, starts_at=make.moment(3, 15))
    rows.child_day = make_childcare.actions.check_in_child(
        application=rows.enrolled, at=make.MORNING, by=make.user()
    )


def council_rows(rows: SimpleNamespace) -> None:
    """The council takes topics for its next meeting; a committee has met, and its minutes are public."""
    shared = vars(rows.community).get("council") or council_of(rows.community)
    rows.community.council = shared
    vars(rows).update(vars(shared))
    rows.topic_type = ContentType.objects.get_for_model(Topic)
    rows.topic = make_council.topic(meeting=rows.calling, resident=rows.resident)
    seat = make_council.seat(body=rows.committee, resident=rows.resident, seat="observer", is_voting=False)
    # On the roll, though not there: so the published figures stay as they are.
    Attendance.objects.create(
        meeting=rows.minutes.meeting, membership=seat, seat="observer", is_voting=False, status="absent"
    )
    firm = make.firm(community=rows.community)
    rows.firm_topic = make_council.of_firm(firm=firm, meeting=rows.calling, resident=rows.resident)
    rows.evaluation = make_council.evaluation(meeting=rows.calling, resident=rows.resident)
    rows.firm_action = make_council.action_item(of=rows.posting, firm=firm)


def council_of(community: Community) -> SimpleNamespace:
    """Made once for all households of a community."""
    by = make_council.secretary(community=community)
    body = make_council.body(community=community)
    calling = make_council.calling(body=body, by=by)
    committee = make_council.committee(community=community)
    minutes = make_council.published(body=committee, by=by, members=3, present=3)
    posting = Posting.objects.get(resolution__item__meeting=minutes.meeting)
    return SimpleNamespace(
        posting=posting,
        action_item=make_council.action_item(of=posting, by=by),
        body=body,
        calling=calling,
        agenda_item=make_council.item(meeting=calling),
        committee=committee,
        minutes=minutes,
        paper=make_council.paper(meeting=minutes.meeting, by=by),
        counted=minutes.meeting.items.get(),
        seat=make_council.seat(body=body),
    )

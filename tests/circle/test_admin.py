import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone, translation

from childcare.models import (
    Application,
    ChildDay,
    NurseryClass,
    NurseryVisit,
    Round,
    VisitPlan,
    VisitSlot,
)
from circle.audit.log import record
from circle.backoffice.queues import calendar_queue, circle_queues
from circle.models import (
    Alarm,
    Building,
    CalendarDay,
    CalendarYear,
    CandidateSite,
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
    Household,
    Inventory,
    Mandate,
    Message,
    MissedSearch,
    MonthlyReport,
    Norm,
    Notice,
    OfficialForm,
    PageReport,
    Rating,
    RatingFollowUp,
    Record,
    Resident,
    Rule,
    Scenario,
    Signpost,
    SmsTemplate,
    StaffPost,
    StreetNetwork,
    Survey,
    User,
    WalkRun,
)
from council.models import ActionItem, Body, Meeting, Membership, MinutesVersion, Posting, Topic
from eldercare.models import (
    CareBooking,
    CareKind,
    CarePrice,
    CareSeries,
    CareSlot,
    CareWorker,
    Certificate,
    ClassWaiting,
    DayAgreement,
    Dish,
    Enrolment,
    MealCharge,
    MealOrder,
    MealSubsidy,
    MenuDay,
    Right,
    RightNotice,
    SchoolClass,
    SeriesDate,
    StandingDate,
    StandingOrder,
    Term,
    VisitDuty,
    Volunteer,
)
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
    HallWaiting,
    RegisterEntry,
    Repair,
    ServiceItem,
    Slot,
    Ticket,
    TicketHall,
)
from tests import (
    make,
    make_canteen,
    make_childcare,
    make_council,
    make_coverage,
    make_rights,
    make_school,
    make_walks,
)
from tests import make_eldercare as care
from tests.database import WrittenApps, broken_promises

pytestmark = pytest.mark.django_db


def add_record() -> Record:
    record(verb=f"tested_{next(make.numbers)}", subject=make.here(), community=make.here(), at=make.MORNING)
    return Record.objects.latest("pk")


# One more row of each registered model.
ROWS = {
    AgencyCase: make.agency_case,
    AidLoan: make.aid_loan,
    AidStock: make.aid_stock,
    Alarm: make.alarm,
    Application: make_childcare.submitted,
    Audience: make.audience,
    Body: lambda: make_council.committee(
        code=f"body-{word()}", sign=chr(0x4E00 + next(make.numbers) % 20_000)
    ),
    Building: make.building,
    CalendarDay: make.calendar_day,
    CalendarYear: make.calendar_year,
    Booking: make.booking,
    CareBooking: care.assigned,
    CareKind: lambda: care.shift(kind=care.question().kind).kind,
    Certificate: care.certificate,
    VisitDuty: care.visit_duty,
    Volunteer: care.volunteer,
    DayAgreement: care.agreement,
    CareSeries: lambda: care.series(kind=care.request_kind()),
    SeriesDate: lambda: care.series(kind=care.request_kind()).dates.first(),
    CareWorker: care.carer,
    CarePrice: lambda: make_rights.price(valid_from=timezone.localdate() + dt.timedelta(days=9)),
    CareSlot: lambda: care.slot(kind=CareKind.objects.first() or care.kind(), starts_at=care.moment()),
    Category: make.category,
    Closure: make.closure,
    Signpost: make.signpost,
    Consent: make.consent,
    Community: make.community,
    Counter: make.counter,
    CounterClosure: make.counter_closure,
    Facility: lambda: (
        make.change(facility=make.closure(facility=make.facility(hours="9:00-17:00")).facility).facility
    ),
    FacilityChange: make.change,
    FacilityKind: make.kind,
    Firm: make.firm,
    ChildDay: make_childcare.present,
    Grid: make.grid,
    HallWaiting: make.hall_waiting,
    Rating: make.rating,
    RatingFollowUp: lambda: make.rating(level=1).follow_up,
    Survey: lambda: make.survey(community=make.community()),
    ClassWaiting: lambda: make_school.waiting(school_class=any_class(capacity=0)),
    MenuDay: make_canteen.menu,
    Dish: make_canteen.dish,
    MealOrder: make_canteen.order,
    MealCharge: make_canteen.charge,
    MealSubsidy: make_canteen.subsidy,
    StandingOrder: make_canteen.standing,
    StandingDate: lambda: make_canteen.missed(make_canteen.standing()),
    Enrolment: lambda: make_school.enrolment(school_class=any_class()),
    Right: make_rights.right,
    RightNotice: make_rights.notice,
    SchoolClass: lambda: any_class(),
    Term: lambda: make_school.term(year=2000 + next(make.numbers)),
    Ticket: make.ticket,
    TicketHall: make.ticket_hall,
    CertificateMatter: make.certificate_matter,
    CommitteeCertificate: make.committee_certificate,
    RegisterEntry: make.register_entry,
    Repair: make.repair,
    Meeting: lambda: make_council.item(meeting=make_council.calling(body=ROWS[Body]())).meeting,
    Membership: make_council.seat,
    Posting: lambda: make_council.posting(body=ROWS[Body](), members=1, present=1),
    ActionItem: lambda: make_council.action_item(),
    MinutesVersion: lambda: make_council.draft(body=ROWS[Body](), members=1, present=1),
    DutyShift: make.duty,
    Erasure: make.erasure,
    Group: lambda: Group.objects.create(name=f"Group {next(make.numbers)}"),
    Household: make.household,
    Inventory: make.inventory,
    CandidateSite: make_coverage.site,
    Scenario: make_coverage.scenario,
    Mandate: make.mandate,
    Message: make.message,
    MissedSearch: make.missed_search,
    OfficialForm: make.official_form,
    MonthlyReport: lambda: make.monthly_report(community=make.community()),
    Norm: make.norm,
    Notice: make.notice,
    NurseryClass: make_childcare.nursery_class,
    NurseryVisit: make_childcare.visit,
    VisitPlan: make_childcare.visit_plan,
    VisitSlot: lambda: make_childcare.visit_slot(starts_at=timezone.now() + dt.timedelta(days=1)),
    PageReport: make.report,
    Record: add_record,
    Resident: lambda: make.mandate(principal=make.resident(phone=make.mobile())).principal,
    Round: lambda: make_childcare.published_round(make_childcare.nursery_class()),
    Rule: lambda: make.rule(f"rule-{next(make.numbers)}"),
    ServiceItem: lambda: make.step(item=make.material(item=make.item(facility=make.facility())).item).item,
    SmsTemplate: make.sms_template,
    Slot: lambda: make.slot(starts_at=timezone.now() + dt.timedelta(days=1)),
    StaffPost: make.post,
    StreetNetwork: lambda: make_walks.network(make.community()),
    Topic: lambda: make_council.topic(),
    User: make.resident_login,
    WalkRun: lambda: make_walks.run(make.kind()),
}
NOT_TYPED_IN = {
    ActionItem,
    AgencyCase,
    AidLoan,
    Alarm,
    ChildDay,
    Application,
    Booking,
    CareBooking,
    CareSeries,
    CareSlot,
    DayAgreement,
    Dish,
    MealCharge,
    MealOrder,
    MenuDay,
    StandingDate,
    StandingOrder,
    SeriesDate,
    NurseryVisit,
    VisitSlot,
    Consent,
    Erasure,
    Message,
    MinutesVersion,
    MissedSearch,
    MonthlyReport,
    PageReport,
    Posting,
    Record,
    Scenario,
    CommitteeCertificate,
    RegisterEntry,
    Rating,
    RatingFollowUp,
    Repair,
    Survey,
    ClassWaiting,
    Enrolment,
    HallWaiting,
    Ticket,
    RightNotice,
    VisitDuty,
    Volunteer,
    Slot,
    StreetNetwork,
    Topic,
    WalkRun,
}
CHANGELIST_QUERIES = 20


def any_class(**values):
    return make_school.school_class(term=make_school.term(year=2000 + next(make.numbers)), **values)


def word() -> str:
    """Of letters only, and no two alike."""
    number = next(make.numbers)
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def url_of(model, page: str, *args) -> str:
    """In Chinese, whatever the last page was in."""
    with translation.override("zh-hans"):
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def statuses(client, url: str) -> set[int]:
    """Of the page in Chinese and in English."""
    return {client.get(prefix + url).status_code for prefix in ("", "/en")}


def circle_models() -> set:
    ours = ("circle", "services", "childcare", "council", "eldercare", "auth")
    return {
        model
        for model in apps.get_models()
        if admin.site.is_registered(model) and model._meta.app_label in ours
    }


def test_every_registered_model_is_tried_here():
    assert circle_models() == set(ROWS)


def label_of(model: type[Model]) -> str:
    return model._meta.label


@pytest.fixture
def trial(subtests) -> Callable[..., AbstractContextManager]:
    """One model of a table: in a savepoint and with an empty cache; promises are asked as after a test."""

    @contextmanager
    def tried(model) -> Iterator[None]:
        written = WrittenApps()
        with subtests.test(model=model._meta.label), transaction.atomic():
            cache.clear()
            with connection.execute_wrapper(written):
                yield
            assert broken_promises(written.labels) == []
            transaction.set_rollback(True)

    return tried


@pytest.mark.parametrize("model", ROWS, ids=label_of)
def test_admin_pages_answer_in_both_languages(director_client, model):
    for _ in range(2):
        row = ROWS[model]()
    assert statuses(director_client, url_of(model, "changelist")) == {200}
    assert statuses(director_client, url_of(model, "change", row.pk)) == {200}
    assert statuses(director_client, url_of(model, "add")) == ({403} if model in NOT_TYPED_IN else {200})


@pytest.mark.any_day  # the same lists as above, with more rows
@pytest.mark.parametrize("model", ROWS, ids=label_of)
def test_changelist_takes_the_same_few_queries_for_5_and_20_rows(director_client, queries_of, model):
    cache.clear()
    for _ in range(5):
        ROWS[model]()
    few = queries_of(url_of(model, "changelist"))
    for _ in range(15):
        ROWS[model]()
    assert queries_of(url_of(model, "changelist")) == few <= CHANGELIST_QUERIES


def test_changelist_can_be_searched(director_client, trial):
    searched = [model for model in ROWS if admin.site.get_model_admin(model).search_fields]
    assert searched
    for model in searched:
        with trial(model):
            ROWS[model]()
            assert director_client.get(url_of(model, "changelist"), {"q": "1"}).status_code == 200


def test_admin_is_shut_to_strangers_and_to_staff_without_permission(client, subtests):
    make.community()
    lists = {model._meta.label: url_of(model, "changelist") for model in ROWS}
    for label, url in lists.items():
        with subtests.test(stranger=label):
            response = client.get(url)
            assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={url}")
    client.force_login(make.staff())
    for label, url in lists.items():
        with subtests.test(staff=label):
            assert client.get(url).status_code == 403


def test_login_without_staff_is_not_let_in(client):
    client.force_login(make.user())
    assert client.get("/admin/").status_code == 302


def test_logins_show_a_masked_phone_and_are_found_by_the_whole_one(director_client):
    found = [make.resident_login(phone="13800138000"), make.resident_login(phone="13900139000")]
    response = director_client.get(url_of(User, "changelist"), {"q": "+86 138-0013-8000"})
    assert list(response.context["cl"].queryset) == found[:1]
    pages = [response.text, director_client.get(url_of(User, "change", found[0].pk)).text]
    assert [("138****8000" in page, "13800138000" in page) for page in pages] == [(True, False)] * 2


def test_a_login_keeps_an_address_or_a_number(director_client):
    user = make.user()
    response = director_client.post(url_of(User, "change", user.pk), {"email": "", "name": "李"})
    assert response.context["adminform"].form.has_error("email", "email_missing")


def test_a_new_login_is_made_with_address_and_name(director_client):
    sent = {"email": "li@example.invalid", "name": "李", "usable_password": "true"}
    sent |= {"password1": make.PASSWORD, "password2": make.PASSWORD}
    assert director_client.post(url_of(User, "add"), sent).status_code == 302
    user = User.objects.get(email="li@example.invalid")
    assert (user.name, user.is_staff, user.check_password(make.PASSWORD)) == ("李", False, True)


def test_a_second_login_with_the_same_address_is_refused(director_client):
    make.user(email="li@example.invalid")
    sent = {"email": "LI@example.invalid", "name": "李", "usable_password": "true"}
    sent |= {"password1": make.PASSWORD, "password2": make.PASSWORD}
    response = director_client.post(url_of(User, "add"), sent)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors
    assert User.objects.filter(email__iexact="li@example.invalid").count() == 1


def test_a_notice_is_published_from_the_admin(director_client, client):
    sent = {"community": make.here().pk, "title_zh": "停水", "slug": "water", "body_zh": "下午停水"}
    sent |= {"publish_at_0": "2026-01-01", "publish_at_1": "08:00", "expires_at_0": "", "expires_at_1": ""}
    assert director_client.post(url_of(Notice, "add"), sent).status_code == 302
    notice = Notice.objects.get()
    assert (notice.status, client.get("/notices/water/").status_code) == ("draft", 404)
    url = url_of(Notice, "do", notice.pk, "publish")
    assert [director_client.get(url).status_code, director_client.post(url).status_code] == [200, 302]
    assert "下午停水" in client.get("/notices/water/").text


def test_a_notice_that_ends_before_it_begins_is_refused_with_its_sentence(director_client):
    sent = {"community": make.here().pk, "title_zh": "停水", "slug": "water", "body_zh": "下午停水"}
    sent |= {"publish_at_0": "2026-01-02", "publish_at_1": "08:00"}
    sent |= {"expires_at_0": "2026-01-01", "expires_at_1": "08:00"}
    response = director_client.post(f"/en{url_of(Notice, 'add')}", sent)
    assert "A notice cannot expire before it is published." in response.text
    assert not Notice.objects.exists()


def test_facility_change_keeps_the_search_key_in_step(director_client, facility_post, client):
    place = make.facility(name_zh="旧名字", code="place")
    sent = facility_post(place, name_zh="图书馆")
    assert director_client.post(url_of(Facility, "change", place.pk), sent).status_code == 302
    assert "/circle/place/" in client.get("/search/?q=tsg").text


# The index begins with the work that waits ------------------------------------------------------------------


def test_index_shows_the_queues_of_the_director(director_client, html):
    make.report()
    make.report(settled_at=timezone.now(), settled_by=make.user(), outcome="done")
    text = html(director_client.get("/en/admin/"))
    expected = ["<strong>1</strong>Reported page errors", "<strong>0</strong>Searches without a result"]
    assert [words for words in expected if words not in text] == []


def test_queue_of_reports_leads_to_the_unsettled_ones(director_client):
    open_report = make.report()
    make.report(settled_at=timezone.now(), settled_by=make.user(), outcome="done")
    [url] = [queue.url for queue in circle_queues(make.director()) if "pagereport" in queue.url]
    assert list(director_client.get(url).context["cl"].queryset) == [open_report]


def test_queues_show_only_what_one_may_open():
    clerk = make.staff("circle.view_missedsearch")
    assert [queue.url for queue in circle_queues(clerk)] == ["/admin/circle/missedsearch/"]


@pytest.mark.parametrize(
    ("today", "confirmed", "count", "is_urgent"),
    [
        (dt.date(2026, 10, 31), [2026], 1, False),
        (dt.date(2026, 11, 1), [2026], 1, True),
        (dt.date(2026, 12, 31), [2026, 2027], 0, False),
        (dt.date(2026, 6, 1), [], 2, False),
    ],
)
def test_calendar_queue_is_urgent_once_the_notice_is_due(today, confirmed, count, is_urgent):
    for year in (2025, 2026, 2027):
        known = {"confirmed_on": dt.date(year - 1, 11, 4), "notice": "notice"} if year in confirmed else {}
        make.calendar_year(year, **known)
    queue = calendar_queue(today)
    assert (queue.count, queue.is_urgent) == (count, is_urgent)

"""The table of purposes: complete, and what the pages, the document and the nightly run say and do."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command

from circle.actions import close_alarm, open_rating, raise_alarm
from circle.audit.broken_seals import broken_seals
from circle.audit.log import record
from circle.audit.seals import seal_records
from circle.models import Message, Record, Resident, Rule, SealedText
from circle.privacy import retention
from circle.privacy.data_export import placeholder_resident
from circle.privacy.purposes import all_purposes
from eldercare.actions.canteen import end_standing, give_up_meal
from services.models import CasePhoto, RepairPhoto
from tests import make, make_canteen, make_childcare, make_council, make_eldercare, make_rights, make_school

pytestmark = pytest.mark.django_db

OURS = ["circle", "services", "eldercare", "childcare", "council"]


@pytest.fixture
def rules():
    call_command("seed_rules", stdout=StringIO())


def named() -> set[tuple[str, str]]:
    return {
        (model, name) for each in all_purposes() for model, names in each.columns.items() for name in names
    }


def test_every_column_about_a_resident_has_its_purpose():
    columns = {
        (model._meta.label, field.name)
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_concrete_fields
        if field.related_model is Resident or isinstance(field, SealedText)
    }
    assert len(columns) > 12
    about_nobody = {("circle.KeyCanary", "text_sealed"), ("childcare.Round", "secret_sealed")}
    assert columns - named() == about_nobody  # a fixed word, and the random number of a draw


def test_every_named_column_exists():
    for model, name in named():
        assert apps.get_model(model)._meta.get_field(name)


def test_codes_are_told_apart_and_every_rule_is_seeded(rules):
    purposes = all_purposes()
    assert len({each.code for each in purposes}) == len(purposes)
    kinds = {each.rule for each in purposes if each.rule}
    assert kinds <= set(Rule.objects.values_list("kind", flat=True))
    assert not Rule.objects.filter(kind__in=kinds, is_verified=True).exists()


def test_what_is_about_children_or_health_asks_for_consent():
    asked = {each.code for each in all_purposes() if each.needs_consent}
    assert asked == {"care_health", "nursery_application", "child_health", "visit_news"}
    assert all(each.is_sensitive for each in all_purposes() if each.needs_consent)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_privacy_page_names_every_purpose_with_its_days(client, rules, html, prefix):
    make.here()
    page = html(client.get(f"{prefix}/privacy/"))
    rows = client.get(f"{prefix}/privacy/").context["rows"]
    assert [purpose.code for purpose, _rule in rows] == [each.code for each in all_purposes()]
    for purpose, rule in rows:
        assert f'id="purpose-{purpose.code}"' in page
        assert rule is None or said(rule.params["days"], prefix) in page


def said(days: int, prefix: str) -> str:
    """Whole years as years: nobody reckons with 1,095 days."""
    years, rest = divmod(days, 365)
    if rest or not years:
        return f"{days} days" if prefix else f"{days}天"
    return f"{years} year" if prefix else f"{years}年"


def test_document_is_what_the_table_says(rules):
    printed = StringIO()
    call_command("describe_privacy", stdout=printed)
    written = Path("docs/privacy.md").read_text(encoding="utf-8")
    assert printed.getvalue() == written, "run manage.py describe_privacy > docs/privacy.md"


# What is older than its days --------------------------------------------------------------------------------


LATER = make.MORNING + dt.timedelta(days=1200)


def left_the_school() -> None:
    """A place given back, and one no longer waited for."""
    said = {"via": "phone", "at": make.MORNING, "by": make.director()}
    held = make_school.enrolment(school_class=make_school.school_class(term=make_school.term()))
    make_eldercare.actions.cancel_enrolment(enrolment=held, **said)
    full = make_school.school_class(term=held.term, capacity=0)
    make_eldercare.actions.leave_class_line(row=make_school.waiting(school_class=full), **said)


def old_rows() -> None:
    """One of everything that a purpose lets go of, made on the morning of the tests."""
    make.message(status=Message.Status.SENT, sent_at=make.MORNING)
    make.report(settled_at=make.MORNING, settled_by=make.user(), outcome="好")
    make.resident(died_on=make.MORNING.date())
    alarm = raise_alarm(resident=make.resident(), source="help", at=make.MORNING, words="摔倒了")
    close_alarm(alarm=alarm, at=make.MORNING, by=make.user(), words="没受伤")
    with time_machine.travel(make.MORNING, tick=False):
        booking = make.booking()
        booking.status = "served"
        booking.save()
        make.survey().invitations.create(resident=booking.resident)
        open_rating(label="services.booking", pk=booking.pk, at=make.MORNING)
        make.hall_waiting(status="left")
        make.committee_certificate()
        left_the_school()
        make_rights.notice()
        entry = make.register_entry(at=make.MORNING)
        make.actions.end_entry(entry=entry, reason="搬走了", at=make.MORNING, by=make.user())
        make.ticket(resident=make.resident(), status="done")
        withdrawn_case()
        over_loan_and_repair()
        care = make_eldercare.request(answers=make_eldercare.Answers(note="膝盖疼"))
        make_eldercare.actions.cancel_booking(
            booking=care, at=make.MORNING, via="online", by=care.resident.login
        )
        series = make_eldercare.series(kind=make_eldercare.request_kind())
        make_eldercare.actions.end_series(
            series=series, at=make.MORNING, via="online", by=series.resident.login
        )
        ended = make_canteen.standing()
        end_standing(standing=ended, via="phone", at=make.MORNING, by=make.user())
        meal = make_canteen.order()
        give_up_meal(order=meal, via="phone", at=make.MORNING, by=make.user())
        signed = make_eldercare.agreement()
        make_eldercare.actions.end_agreement(agreement=signed, at=make.MORNING, by=make.user())
        application = make_childcare.submitted()
        who = {"via": "online", "at": make.MORNING, "by": application.guardian.login}
        make_childcare.actions.withdraw_application(application=application, **who)
        looked_in = make_eldercare.visit(note="要换灯泡")
        looked_in.resident.died_on = make.MORNING.date()
        looked_in.resident.save()
        make_childcare.draft()
        visit = make_childcare.visit()
        make_childcare.actions.cancel_visit(
            booking=visit, at=make.MORNING, via="online", by=visit.resident.login
        )
        make_childcare.present(start_on=make.MORNING.date(), came_at=make.MORNING)
        topic = make_council.topic()
        stood_behind = make_council.support(make.resident()).topic
        make_council.actions.answer_topic(
            topic=stood_behind, answer_zh="已办", at=make.MORNING, by=make.user()
        )
        make_council.actions.decline_topic(topic=topic, reason_zh="已答复", at=make.MORNING, by=make.user())
    for community in {row.community for row in Record.objects.select_related("community")}:
        seal_records(community)


def over_loan_and_repair() -> None:
    """A reservation that was given up, and a repair with a photo that nobody needs any more."""
    loan = make.aid_loan()
    said = {"via": "phone", "at": make.MORNING}
    make.actions.cancel_loan(loan=loan, by=loan.asked_by, **said)
    repair = make.repair()
    RepairPhoto.objects.create(repair=repair, at=make.MORNING)
    make.actions.cancel_repair(repair=repair, reason="自己修好了", by=repair.reported_by, **said)


def withdrawn_case() -> None:
    """With a photographed paper."""
    case = make.agency_case()
    CasePhoto.objects.create(case=case, at=make.MORNING)
    said = {"reason": "自己去办", "via": "phone", "at": make.MORNING, "by": case.requested_by}
    make.actions.withdraw_case(case=case, **said)


def test_dry_run_says_what_would_go_and_changes_nothing(rules):
    old_rows()
    before = {model: model.objects.count() for model in apps.get_app_config("childcare").get_models()}
    printed = StringIO()
    with time_machine.travel(LATER, tick=False):
        call_command("run_retention", "--dry-run", stdout=printed)
    assert before == {model: model.objects.count() for model in before}
    codes = {each.code for each in all_purposes() if each.stale}
    assert {line.split(": ")[1].split(",")[0] for line in printed.getvalue().splitlines()} == codes
    assert not Record.objects.filter(verb="retention_run").exists()


def test_nothing_goes_before_its_days_are_over(rules):
    old_rows()
    month = [retention.run_retention(make.MORNING + dt.timedelta(days=days)) for days in (30, 80)]
    gone = [[line.purpose.code for line in lines if line.count] for lines in month]
    assert gone == [[], ["surveys", "case_photos", "repair_photos"]]


def test_each_purpose_lets_go_and_the_counts_stay(rules):
    old_rows()
    Rule.objects.filter(kind="retention_records").delete()  # tried below, by the database's own clock
    booking, care = make.Booking.objects.get(), make_eldercare.CareBooking.objects.get(series_date=None)
    early = make.MORNING + dt.timedelta(days=91)
    gone = {line.purpose.code for at in (early, LATER) for line in retention.run_retention(at) if line.count}
    assert gone == {each.code for each in all_purposes() if each.stale} - {"records"}
    booking.refresh_from_db()
    care.refresh_from_db()
    assert booking.resident == placeholder_resident(booking.community_id)
    assert (booking.booked_by, care.booked_by, care.note) == (None, None, "")
    assert care.resident == placeholder_resident(care.community_id)
    application = make_childcare.Application.objects.get(status="withdrawn")
    assert (application.child, application.guardian.is_nobody) == (None, True)
    assert not Resident.objects.filter(died_on__isnull=False).exists()
    assert list(retention.run_retention(LATER)) == []


def test_records_go_after_their_days_and_the_chain_holds(rules):
    now = dt.datetime.now(dt.UTC)
    community = make.here()
    for days in (1100, 1090):
        record(verb="x", subject=community, community=community, at=now - dt.timedelta(days=days))
    seal_records(community)
    [line] = retention.run_retention(now)
    assert (line.purpose.code, line.count) == ("records", 1)
    assert set(Record.objects.values_list("verb", flat=True)) == {"x", "retention_run"}
    assert list(broken_seals(community)) == []


def test_run_is_recorded_with_its_count(rules):
    make.message(status=Message.Status.SENT, sent_at=make.MORNING)
    [line] = [each for each in retention.run_retention(LATER) if each.purpose.code == "messages"]
    kept = Record.objects.get(verb="retention_run", details__purpose="messages")
    assert (kept.details["count"], kept.details["days"], line.count) == (1, 365, 1)


@pytest.mark.parametrize(("hour", "left"), [(3, 0), (4, 1)])
def test_tick_does_it_at_night(rules, hour, left):
    make.message(status=Message.Status.SENT, sent_at=make.MORNING)
    with time_machine.travel(make.moment(400, hour), tick=False):
        call_command("tick", stdout=StringIO())
    assert Message.objects.count() == left


def test_no_rule_no_deletion():
    make.message(status=Message.Status.SENT, sent_at=make.MORNING)
    assert list(retention.run_retention(LATER)) == []
    assert Message.objects.count() == 1

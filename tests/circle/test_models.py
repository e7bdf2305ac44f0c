import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from circle.identifiers import public_codes
from circle.models import Absence, Facility
from circle.search.site_search import find_matching_ids
from tests import make, make_coverage

pytestmark = pytest.mark.django_db


def alone_away() -> Absence:
    """Not saved: the post itself is named to stand in."""
    found = make.absence()
    found.substitute = found.post
    return found


# Constraint, a maker of a valid row, what breaks it, the sentence that staff read.
BROKEN = [
    (
        "residence_rule_no_names_the_place",
        make.residence_rule,
        {"answer": "elsewhere"},
        "Say where else they can have it done.",
    ),
    (
        "building_elders_within_residents",
        make.building,
        {"residents": 10, "elders_60": 2, "elders_80": 3},
        "There cannot be more elders than residents, nor more over 80 than over 60.",
    ),
    (
        "building_elders_within_residents",
        make.building,
        {"residents": 10, "elders_60": 11},
        "There cannot be more elders than residents, nor more over 80 than over 60.",
    ),
    (
        "facility_enlarged_means_larger",
        make.change,
        {"kind": "enlarged", "from_m2": 300, "to_m2": 300},
        "For an enlargement give both areas; the new one must be larger.",
    ),
    (
        "facility_enlarged_means_larger",
        make.change,
        {"kind": "enlarged", "from_m2": None, "to_m2": 300},
        "For an enlargement give both areas; the new one must be larger.",
    ),
    (
        "facility_enlarged_means_larger",
        make.change,
        {"kind": "enlarged", "from_m2": 200, "to_m2": None},
        "For an enlargement give both areas; the new one must be larger.",
    ),
    (
        "closure_ends_after_it_starts",
        make.closure,
        {"starts_on": dt.date(2026, 11, 20), "ends_on": dt.date(2026, 11, 19)},
        "The last day closed cannot lie before the first.",
    ),
    (
        "notice_expires_after_it_is_published",
        make.notice,
        {"expires_at": timezone.now() - dt.timedelta(days=30)},
        "A notice cannot expire before it is published.",
    ),
    (
        "calendaryear_confirmed_names_its_notice",
        make.calendar_year,
        {"confirmed_on": dt.date(2025, 11, 4), "notice": ""},
        "Name the notice that confirms this year.",
    ),
    (
        "calendarday_workday_or_holiday",
        make.calendar_day,
        {"is_workday": True, "is_holiday": True},
        "A day is either a working day or a public holiday, not both or neither.",
    ),
    (
        "calendarday_workday_or_holiday",
        make.calendar_day,
        {"is_workday": False, "is_holiday": False},
        "A day is either a working day or a public holiday, not both or neither.",
    ),
    (
        "service_item_promise_within_the_law",
        make.item,
        {"statutory_days": 4, "promised_days": 5},
        "The promised limit cannot be longer than the legal one.",
    ),
    (
        "service_item_on_home_can_be_booked",
        make.item,
        {"is_on_home": True, "is_bookable": False},
        "Only what can be booked online stands on the home page.",
    ),
    (
        "certificate_matter_here_or_elsewhere",
        make.certificate_matter,
        {"elsewhere_zh": "派出所"},
        "Give the text of the certificate, or who else does it.",
    ),
    (
        "service_item_confidential_register",
        make.item,
        {"is_confidential": True, "flow": "phone"},
        "Only a register can be confidential.",
    ),
    (
        "service_item_booked_at_the_window",
        make.item,
        {"flow": "phone", "is_bookable": True},
        "A time can be booked only for what is done at the window, with one visit or more.",
    ),
    (
        "service_item_pages_of_its_flow",
        make.item,
        {"flow": "page"},
        "Name the page on which it is done, and only where there is one.",
    ),
    (
        "notice_outage_ends_after_it_begins",
        make.notice,
        {"outage_from": make.MORNING, "outage_until": make.MORNING},
        "Give both times of the outage, the later one second.",
    ),
    (
        "service_item_withdrawn_after_introduced",
        make.item,
        {"introduced_on": dt.date(2026, 3, 1), "withdrawn_on": dt.date(2026, 3, 1)},
        "An item cannot be withdrawn before it was introduced.",
    ),
    (
        "mandate_ends_after_it_starts",
        make.mandate,
        {"valid_until": dt.date(2020, 1, 1)},
        "A mandate cannot end before it begins.",
    ),
    (
        "residence_ends_after_it_begins",
        make.residence,
        {"moved_out_on": dt.date(2020, 1, 1)},
        "Nobody moves out before they moved in.",
    ),
    (
        "staff_post_ends_after_it_starts",
        make.post,
        {"ends_on": dt.date(2020, 1, 1)},
        "A post cannot end before it begins.",
    ),
    (
        "staff_post_limit_fits_its_role",
        make.post,
        {"role": "grid_worker"},
        (
            "A grid worker needs a grid, the head of a building a building, a property manager a firm; "
            "no other role has one."
        ),
    ),
    (
        "staff_post_facility_fits_its_role",
        lambda: make.post("nurse", facility=make.facility(community=make.here())),
        {"role": "hall_clerk"},
        "Only the head and the nurses of a nursery have a facility.",
    ),
    (
        "duty_shift_ends_after_it_starts",
        make.duty,
        {"ends_at": make.moment(0, 8)},
        "A duty ends after it begins.",
    ),
    (
        "absence_ends_after_it_starts",
        make.absence,
        {"starts_on": dt.date(2026, 11, 20), "ends_on": dt.date(2026, 11, 19)},
        "An absence cannot end before it begins.",
    ),
    (
        "absence_has_somebody_else_stand_in",
        alone_away,
        {},
        "Name a colleague: nobody stands in for themselves.",
    ),
    (
        "message_preference_confirmed_wechat",
        make.message_wish,
        {"wechat_confirmed_at": make.MORNING},
        "There is no address to confirm.",
    ),
    (
        "message_preference_confirmed_email",
        make.message_wish,
        {"email_confirmed_at": make.MORNING},
        "There is no address to confirm.",
    ),
    (
        "message_preference_quiet_has_both_ends",
        make.message_wish,
        {"quiet_from": dt.time(22)},
        "Quiet hours need a beginning and an end.",
    ),
    (
        "resident_id_number_has_its_kind",
        make.resident,
        {"id_number": "a number", "id_type": "", "id_needed_for": "高龄津贴"},
        "Say what kind of paper the number is from.",
    ),
    (
        "resident_id_number_has_its_need",
        make.resident,
        {"id_number": "a number", "id_type": "passport"},
        "Say what the number is needed for. Without a need we keep none.",
    ),
    (
        "closure_has_both_times",
        make.closure,
        {"from_time": dt.time(14), "until_time": None},
        "Give both times or none; the second after the first, or on the next morning.",
    ),
    (
        "counterclosure_has_both_times",
        make.counter_closure,
        {"from_time": dt.time(14), "until_time": dt.time(13)},
        "Give both times or none; the second after the first, or on the next morning.",
    ),
    (
        "hallwaiting_ends_after_it_begins",
        make.hall_waiting,
        {"first_day": dt.date(2026, 11, 26)},
        "The last day cannot lie before the first.",
    ),
    (
        "counterclosure_ends_after_it_starts",
        make.counter_closure,
        {"ends_on": dt.date(2026, 11, 19)},
        "The last day closed cannot lie before the first.",
    ),
    (
        "services_countershift_weekday_or_date",
        make.counter_shift,
        {"weekday": None},
        "Say the weekday, or one date.",
    ),
    (
        "services_countershift_ends_after_it_begins",
        make.counter_shift,
        {"valid_from": dt.date(2026, 11, 26), "valid_until": dt.date(2026, 11, 25)},
        "The last day cannot lie before the first.",
    ),
    (
        "user_has_email_or_phone",
        make.user,
        {"email": None},
        "A login needs an e-mail address or a mobile number.",
    ),
]


def with_id_number():
    return make.resident(id_number=f"number {next(make.numbers)}", id_type="passport")


def some_rule():
    return make.rule(f"kind-{next(make.numbers)}")


def shift_on_a_date():
    return make.counter_shift(date=dt.date(2026, 11, 25) + dt.timedelta(days=next(make.numbers)))


# Constraint, a maker of a valid row, the columns that no two rows may share.
TWICE = [
    ("duty_shift_once", make.duty, ["community", "user", "starts_at"]),
    ("grid_code_unique_in_community", make.grid, ["community", "code"]),
    ("building_code_unique_in_community", make.building, ["community", "code"]),
    ("facility_code_unique_in_community", make.facility, ["community", "code"]),
    ("opening_hours_once", make.opening_hours, ["facility", "weekday", "opens"]),
    ("signpost_hours_once", make.signpost_hours, ["signpost", "weekday", "opens"]),
    ("notice_slug_unique_in_community", make.notice, ["community", "slug"]),
    ("official_form_name_once", make.official_form, ["community", "name"]),
    ("missed_search_once_per_community", make.missed_search, ["community", "words"]),
    ("calendaryear_once", make.calendar_year, ["year"]),
    ("calendarday_once", make.calendar_day, ["date"]),
    ("service_item_code_unique_in_community", make.item, ["community", "code"]),
    ("residence_rule_once_a_day", make.residence_rule, ["item", "status", "valid_from"]),
    ("user_email_unique_in_any_case", make.user, ["email"]),
    ("household_door_once", make.household, ["building", "door"]),
    ("staff_post_once", make.post, ["community", "user", "role", "starts_on"]),
    ("staff_post_once_per_grid", lambda: make.post("grid_worker"), ["user", "grid", "starts_on"]),
    ("staff_post_once_per_building", lambda: make.post("building_head"), ["user", "building", "starts_on"]),
    ("staff_post_once_per_firm", lambda: make.post("property_manager"), ["user", "firm", "starts_on"]),
    (
        "staff_post_once_per_facility",
        lambda: make.post("nurse", facility=make.facility(community=make.here())),
        ["user", "role", "facility", "starts_on"],
    ),
    ("firm_once_in_a_community", make.firm, ["community", "name_zh"]),
    ("guardianship_once", make.guardianship, ["child", "adult"]),
    ("mandate_open_once", make.mandate, ["principal", "agent", "scope"]),
    ("resident_id_number_once", with_id_number, ["community", "id_number_index"]),
    ("candidate_site_code_unique_in_community", make_coverage.site, ["community", "code"]),
    ("certificate_matter_once", make.certificate_matter, ["community", "code"]),
    ("signpost_slug_unique_in_community", make.signpost, ["community", "slug"]),
    ("inventory_once_per_kind", make.inventory, ["community", "kind"]),
    ("norm_once_per_standard", make.norm, ["kind", "standard"]),
    ("norm_counted_once_per_kind", make.norm, ["kind"]),
    ("rule_once_per_day", some_rule, ["kind", "valid_from"]),
    ("aid_stock_code_unique_in_community", make.aid_stock, ["community", "code"]),
    ("counter_code_unique_in_community", make.counter, ["community", "code"]),
    ("counter_shift_once_a_week", make.counter_shift, ["counter", "weekday", "opens"]),
    ("counter_shift_once_on_a_date", shift_on_a_date, ["counter", "date", "opens"]),
    ("sms_template_once", make.sms_template, ["vendor", "event", "language"]),
    ("", make.community, ["slug"]),
    ("", make.building, ["short_code"]),
    ("", make.facility, ["short_code"]),
    ("", make.kind, ["code"]),
    ("", make.category, ["slug"]),
    ("", make.audience, ["slug"]),
]
# Only code can break it, so no form ever shows its sentence.
FROM_CODE_ONLY = {
    # Of ratings and surveys: tried in tests/services/test_ratings.py and tests/circle/test_surveys.py.
    "rating_once_per_thing",
    "rating_has_a_level",
    "rating_typed_in",
    "rating_follow_up_called",
    "rating_follow_up_answered",
    "survey_once_a_quarter",
    "survey_quarter",
    "survey_closes_after_it_opens",
    "survey_answer_levels",
    # Of loans: tried in tests/services/test_loans.py.
    "aid_loan_once",
    "aid_loan_lent_until_a_day",
    "aid_loan_status_of_its_days",
    "aid_loan_lost_with_a_reason",
    # Of repairs: tried in tests/services/test_repairs.py.
    "repair_passed_on_to_a_firm",
    "repair_done_says_what_was_done",
    "repair_cancelled_with_a_reason",
    "repair_says_what_and_where",
    "repair_link_one_at_a_time",
    "repair_link_used_or_ended",
    # Of agency cases: tried in tests/services/test_agency_cases.py.
    "agency_case_once",
    "agency_case_closed_without_papers",
    "agency_case_authorised",
    "agency_case_handed_in_with_a_receipt",
    "agency_case_decided_once_handed_in",
    "agency_case_refused_with_a_remedy",
    "agency_case_withdrawn_with_a_reason",
    "agency_case_goes_on_afterwards",
    "agency_case_sent_while_missing",
    "agency_case_handed_to_somebody",
    "agency_case_two_people",
    "case_paper_returned_to_somebody",
    "case_paper_has_a_name",
    "case_stop_ends_after_it_starts",
    "case_stop_has_a_reason",
    "case_supplement_once_in_a_state",
    "identity_seen_face_to_face",
    "key_canary_is_one",
    "last_tick_is_one",
    "anchor_once_a_day",
    "acting_ban_of_everybody_once",
    "acting_ban_of_one_person_once",
    "guardianship_of_another",  # tried below
    "guardianship_rank_from_1_to_9",
    "merge_of_two_rows",
    "resident_merged_into_another",
    "residence_one_at_a_time",
    "resident_nobody_once",
    "resident_erased_has_no_way_back",
    "page_report_typed_in_by_someone",
    "erasure_refused_with_a_reason",
    "alarm_acknowledged_by_a_person",
    "alarm_closed_with_words",
    "alarm_one_open_per_person",
    "alarm_step_of_a_person",
    "alarm_step_of_the_clock",
    "alarm_step_taken_once",
    "erasure_one_open",
    "consent_withdrawn_by_somebody",
    "consent_one_live",
    "booking_one_live_per_day",
    "busy_of_a_worker_or_a_resident",  # these three: tests/eldercare/test_care_busy.py
    "busy_resident_in_one_place",
    "busy_worker_in_one_place",
    "booking_ordinal_once_a_day",
    "booking_objection_has_moment",
    "booking_released_as_no_show",  # tests/services/test_in_a_row.py
    "service_item_released_after_some_minutes",  # the form asks for five minutes or more
    "service_item_at_least_one_time",
    "hallwaiting_offer_has_deadline",
    "hallwaiting_offer_holds_place",
    "hallwaiting_once",
    "counter_ticket_prefix_is_letter",  # its own form says so before
    "ticket_number_once",  # of tickets: tests/services/test_ticket_promises.py
    "ticket_series_once",
    "ticket_calls_limited",
    "ticket_in_hand_at_counter",
    "ticket_one_in_hand",
    "ticket_number_positive",
    "certificate_numbers_in_range",  # tests/services/test_certificates.py
    "certificate_number_once",
    "register_entry_ends_with_a_reason",  # these three: tests/services/test_registers.py
    "register_entry_once",
    "register_entry_says_who_and_what",
    "coverage_gap_once",
    "coverage_home_once",
    "coverage_once",
    "coverage_share_of_dimension",
    "coverage_share_of_kind",
    "message_has_a_recipient",
    "message_to_the_group_names_nobody",
    "message_sent_has_its_time",
    "missed_search_once_per_community",
    "monthly_report_edition_once",  # tests/circle/test_monthly_reports.py
    "monthly_report_further_edition_has_a_reason",
    "norm_tier_is_5_10_or_15",
    "once_per_actor_and_key",
    "page_report_settled_by_someone",
    "seal_position_once",
    "services_aidstock_within_capacity",  # tests/services/test_loans_race.py
    "aid_stock_lent_for_a_day_or_more",
    "services_slot_within_capacity",
    "slot_ends_after_it_starts",
    "sign_in_pass_one_waiting",
    "signpost_says_where_and_by_which_number",  # tests/circle/test_signposts.py
    "sign_in_pass_used_in_time",
    "slot_once",
    "street_network_imported_once",
    "street_network_one_current",
    "walk_run_one_in_each_state",
    "walk_run_published_is_finished",
    "walk_time_from_gate_once",
    "walk_time_once",
    "walk_time_step_free_whole",
}


def changed(row, values):
    for name, value in values.items():
        setattr(row, name, value)
    return row


def second(maker, columns):
    """A row that shares these columns with another one."""
    first, row = maker(), maker()
    return changed(row, {column: getattr(first, column) for column in columns})


def refused(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def sentences(row) -> list[str]:
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        row.full_clean(exclude=["password"])
    return refusal.value.messages


@pytest.mark.parametrize(("name", "maker", "values", "sentence"), BROKEN)
def test_check_constraint_is_refused_by_the_database(name, maker, values, sentence):
    refused(changed(maker(), values))


@pytest.mark.parametrize(("name", "maker", "values", "sentence"), BROKEN)
def test_check_constraint_is_refused_with_its_sentence(name, maker, values, sentence):
    assert sentences(changed(maker(), values)) == [sentence]


@pytest.mark.parametrize(("name", "maker", "columns"), TWICE)
def test_unique_columns_are_refused_by_the_database(name, maker, columns):
    refused(second(maker, columns))


@pytest.mark.parametrize(("name", "maker", "columns"), TWICE)
def test_unique_columns_are_refused_with_a_sentence_that_staff_understand(name, maker, columns):
    if name in FROM_CODE_ONLY:
        return
    found = sentences(second(maker, columns))
    assert found
    assert [sentence for sentence in found if sentence.startswith("Constraint “")] == []


def test_item_code_and_email_have_sentences_of_their_own():
    assert sentences(second(make.item, ["community", "code"])) == [
        "There is already an item with this number."
    ]
    make.user(email="wang@example.invalid")
    assert sentences(changed(make.user(), {"email": "WANG@example.invalid"})) == [
        "There is already a login with this e-mail address."
    ]


def test_email_in_another_case_is_refused_by_the_database():
    make.user(email="wang@example.invalid")
    refused(changed(make.user(), {"email": "Wang@example.invalid"}))


def test_nobody_is_their_own_guardian():
    row = make.guardianship()
    refused(changed(row, {"adult": row.child}))
    assert sentences(row) == ["Nobody is their own guardian."]


def test_same_code_may_be_used_in_another_community():
    first = make.facility()
    assert make.facility(code=first.code, community=make.community()).pk != first.pk


def test_report_is_settled_by_someone_or_not_at_all():
    refused(changed(make.report(), {"settled_at": timezone.now()}))
    refused(changed(make.report(), {"settled_by": make.user()}))


def test_every_constraint_of_circle_and_services_is_tried_here():
    ours = {
        constraint.name
        for app in ("circle", "services")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }
    tried = {name for name, *_ in BROKEN + TWICE if name} | FROM_CODE_ONLY
    assert ours == tried


@pytest.mark.parametrize(
    ("zh", "en", "language", "shown"),
    [
        ("食堂", "Canteen", "zh-hans", "食堂"),
        ("食堂", "Canteen", "en", "Canteen"),
        ("食堂", "", "en", "食堂"),
        ("", "Canteen", "zh-hans", "Canteen"),
        ("", "", "en", ""),
    ],
)
def test_bilingual_falls_back_to_the_other_language(zh, en, language, shown):
    with translation.override(language):
        assert Facility(name_zh=zh, name_en=en).name == shown


def test_bilingual_without_an_active_language_is_chinese():
    with translation.override(None):
        assert Facility(name_zh="食堂", name_en="Canteen").name == "食堂"


def test_search_key_follows_a_changed_name():
    place = make.facility(name_zh="老年食堂", name_en="Canteen")
    assert find_matching_ids(Facility.objects.all(), "lnst") == [place.pk]
    place.name_zh = "图书馆"
    place.save()
    assert (
        find_matching_ids(Facility.objects.all(), "tsg"),
        find_matching_ids(Facility.objects.all(), "lnst"),
    ) == ([place.pk], [])


def test_search_key_follows_update_fields():
    place = make.facility(name_zh="老年食堂", name_en="Canteen")
    place.synonyms = "吃饭的地方"
    place.save(update_fields=["synonyms"])
    assert find_matching_ids(Facility.objects.all(), "吃饭") == [place.pk]


def test_update_fields_leaves_other_columns_to_other_writers():
    place = make.facility(phone=make.PHONE)
    Facility.objects.filter(pk=place.pk).update(phone="0851-0000 0101")
    place.name_zh = "图书馆"
    place.save(update_fields=["name_zh"])
    place.refresh_from_db()
    assert (place.name_zh, place.phone) == ("图书馆", "0851-0000 0101")


def test_codes_use_only_signs_that_read_unmistakably():
    assert set("".join(public_codes.new_code(50) for _ in range(50))) == set("23456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert (len(public_codes.new_code()), len(public_codes.short_code())) == (8, 6)


def test_poster_codes_differ():
    assert len({public_codes.short_code() for _ in range(500)}) == 500


@pytest.mark.parametrize("phone", ["0851-0000 0100", "12345", "+86 851 0000 0100"])
def test_phone_takes_the_usual_spellings(phone):
    make.facility(phone=phone).full_clean()


@pytest.mark.parametrize("phone", ["-0851", "call me", "12", "0851<b>", "1" * 41])
def test_phone_refuses_what_cannot_be_dialled(phone):
    with pytest.raises(ValidationError) as refusal:
        changed(make.facility(), {"phone": phone}).full_clean()
    assert list(refusal.value.message_dict) == ["phone"]


@pytest.mark.parametrize("code", ["gl01", "GL 01", "高龄", "GL/01"])
def test_item_code_refuses_what_its_address_cannot_hold(code):
    """A space in one code and every list with the item fails; a small letter and its page is never found."""
    with pytest.raises(ValidationError) as refusal:
        changed(make.item(), {"code": code}).full_clean()
    assert list(refusal.value.message_dict) == ["code"]

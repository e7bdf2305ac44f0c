"""Who may open which address: one line for each name of an address, read by tests/circle/test_role_matrix.py.

A line says to whom the address belongs and what its address names. The kinds of lines:

    everybody()   the same page for all visitors
    signed_in()   for whoever is signed in
    personal()    of one person's row: theirs, of who acts for them, and of posts with the permission `staff`
    office()      of the back office: posts with the permission, within their community

`args` and `query` name rows of tests/circle/matrix_world.py and a column ("booking.code"); a word without a
dot stands for itself. With `post` the address is asked by POST with these values. `works` is the answer to
whoever may. Pages of the admin that Django itself names (circle_notice_changelist …) have no line: they are
ADMIN_PAGES, decided by has_*_permission, which the test asks for each role, and by samples.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from circle.admin.resident_actions import page_name
from circle.admin.residents import RESIDENT_ACTIONS
from circle.models import User
from circle.models.roles import LIMITS, MANAGED_KIND, Role

SIGN_IN, STAFF_DOOR = "sign-in", "staff door"
Answer = int | str
OWN, HOUSEHOLD, COMMUNITY = "own", "household", "community"
RESIDENTS = ("resident", "relative")
ADMIN_PAGES = ("changelist", "add", "change", "delete", "history")


@dataclass(frozen=True)
class Line:
    expect: Callable[[str, User | None, str], Answer]
    args: tuple[str, ...] = ()
    query: dict[str, str] = field(default_factory=dict)
    post: dict[str, str] | None = None
    works: Answer = 200
    viewers: tuple[str, ...] = ()  # all, unless named

    @property
    def whose(self) -> tuple[str, ...]:
        """An address that names no row is asked once."""
        words = [*self.args, *self.query.values(), *(self.post or {}).values()]
        has_rows = any("." in word for word in words)
        return (OWN, HOUSEHOLD, COMMUNITY) if has_rows else (OWN,)


def everybody(*args: str, works: Answer = 200, elsewhere: int | None = None, **more: Any) -> Line:
    """The same for all, so a few are asked. `elsewhere`: the answer for a row of another community than the
    visitor's, where it differs."""

    def expect(viewer: str, user: User | None, whose: str) -> Answer:
        return elsewhere if elsewhere and whose == COMMUNITY else works

    return Line(expect, args, works=works, viewers=("anonymous", "resident", "hall_clerk"), **more)


def signed_in(
    *args: str, works: Answer = 200, elsewhere: int | None = None, stranger: int | None = None, **more: Any
) -> Line:
    """`stranger`: the answer where the row is not of this login's own people."""

    def expect(viewer: str, user: User | None, whose: str) -> Answer:
        if user is None:
            return SIGN_IN
        if elsewhere and whose == COMMUNITY:
            return elsewhere
        is_theirs = viewer in RESIDENTS and whose == OWN
        return works if is_theirs or not stranger else stranger

    return Line(expect, args, works=works, **more)


def personal(
    *args: str, staff: str = "", anonymous: Answer = SIGN_IN, works: Answer = 200, **more: Any
) -> Line:
    """A stranger's row is 404, whoever asks; so is one of a community where one holds no such post."""

    def expect(viewer: str, user: User | None, whose: str) -> Answer:
        if user is None:
            return anonymous
        if viewer in RESIDENTS:
            return works if whose == OWN else 404
        is_near = whose != COMMUNITY or viewer == "superuser"
        return works if staff and user.has_perm(staff) and is_near else 404

    return Line(expect, args, works=works, **more)


def office(
    permission: str,
    *args: str,
    also: tuple[str, ...] = (),
    worker: str = "",
    sees: str = "",
    refused: int = 403,
    near: bool = False,
    works: Answer = 200,
    **more: Any,
) -> Line:
    """403 without the permission (and `also`, all of them), 404 for a row of another community.

    `worker`: the permission of those who see only what is assigned to them, here to the care worker.
    `sees`: the permission without which the row is 404 as well. `near`: posts limited to a grid or a building
    reach rows of it.
    """

    has_row = any("." in word for word in (*args, *more.get("query", {}).values()))

    def expect(viewer: str, user: User | None, whose: str) -> Answer:
        if user is None or not user.is_staff:
            return STAFF_DOOR
        if viewer == "superuser":
            return works
        if user.has_perms([permission, *also]):
            is_mine = whose != COMMUNITY if viewer not in LIMITS else near and whose == OWN
            return works if is_mine or not has_row else 404
        if worker and user.has_perm(worker):
            return works if not has_row or (viewer == Role.CARE_WORKER and whose == OWN) else 404
        is_near = whose == OWN if viewer in LIMITS else whose != COMMUNITY
        return 404 if sees and not (user.has_perm(sees) and is_near) else refused

    return Line(expect, args, works=works, **more)


def inside(*args: str, works: Answer = 200, **more: Any) -> Line:
    """For whoever may enter the back office."""

    def expect(viewer: str, user: User | None, whose: str) -> Answer:
        return works if user and user.is_staff else STAFF_DOOR

    return Line(expect, args, works=works, **more)


def own_only(viewer: str, user: User | None, whose: str) -> Answer:
    """Not even for who acts for them."""
    if user is None:
        return SIGN_IN
    return 200 if viewer == "resident" and whose == OWN else 404


def on_the_roll(viewer: str, user: User | None, whose: str) -> Answer:
    """The resident of every household has a seat in the committee of their community."""
    if user is None:
        return SIGN_IN
    return 200 if viewer == "resident" else 404


def gives_the_care(viewer: str, user: User | None, whose: str) -> Answer:
    """Whoever is assigned, and not who coordinates it."""
    if user is None:
        return SIGN_IN
    return 200 if viewer == Role.CARE_WORKER and whose == OWN else 404


def keeps_the_roll(viewer: str, user: User | None, whose: str) -> Answer:
    """The class monitor, who is the resident of these rows, and the staff of the school."""
    if user is None:
        return SIGN_IN
    if viewer == "resident":
        return 200 if whose == OWN else 404
    if viewer == "superuser":
        return 200
    return 200 if user.has_perm("eldercare.change_schoolclass") and whose != COMMUNITY else 404


def takes_back(viewer: str, user: User | None, whose: str) -> Answer:
    answer = own_only(viewer, user, whose)
    return 302 if answer == 200 else answer


def hands_over(viewer: str, user: User | None, whose: str) -> Answer:
    """The head of a building does what was handed to them, and hands nothing on."""
    answer = KNOCK.expect(viewer, user, whose)
    return 403 if viewer == Role.BUILDING_HEAD and answer == KNOCK.works else answer


KNOCK = office(
    "circle.change_message",
    "message.pk",
    sees="circle.view_message",
    near=True,
    post={"outcome": "told"},
    works=302,
)


def of_whole_communities(viewer: str, user: User | None, whose: str) -> Answer:
    """Posts limited to a grid or a building see their own messages and no figures of all."""
    answer = FIGURES.expect(viewer, user, whose)
    return 403 if viewer in LIMITS and answer == FIGURES.works else answer


FIGURES = office("circle.view_message")


def of_other_places(viewer: str, user: User | None, whose: str) -> Answer:
    """Canteen and hall clerk change closures of their own place, and none of these is one:
    test_canteen_place.py, test_counter_hours.py."""
    answer = CLOSURE.expect(viewer, user, whose)
    return 403 if viewer in MANAGED_KIND and answer == CLOSURE.works else answer


def about_an_adult(line: Line) -> Line:
    """The head of the nursery sees to alarms about children, and none of these is one:
    test_alarm_desk.py."""

    def expect(viewer: str, user: User | None, whose: str) -> Answer:
        answer = line.expect(viewer, user, whose)
        is_unseen = user is not None and not user.has_perm("circle.adult_alarm")
        return 404 if is_unseen and answer == line.works else answer

    return replace(line, expect=expect)


def of_the_hall(line: Line) -> Line:
    """Whose posts do not let them see bookings of the hall do not see their ratings."""

    def expect(viewer: str, user: User | None, whose: str) -> Answer:
        answer = line.expect(viewer, user, whose)
        is_unseen = user is not None and not user.has_perm("services.view_booking")
        return 404 if is_unseen and answer == line.works else answer

    return replace(line, expect=expect)


CLOSURE = office("circle.change_closure", "closure.pk", sees="circle.view_closure")


WORKS = (
    "services.change_booking",
    "eldercare.change_carebooking",
    "childcare.change_application",
    "council.change_topic",
    "circle.change_message",
)


def works_on_a_matter(viewer: str, user: User | None, whose: str) -> Answer:
    """Whoever has a live booking, a duty or an open task of this person."""
    if user is None or not user.is_staff:
        return STAFF_DOOR
    if viewer == "superuser":
        return 200
    is_near = whose == OWN if viewer in LIMITS or viewer == Role.CARE_WORKER else whose != COMMUNITY
    has_work = viewer == Role.CARE_WORKER or any(user.has_perm(permission) for permission in WORKS)
    return 200 if has_work and is_near else 404


def of_the_firm(viewer: str, user: User | None, whose: str) -> Answer:
    """What is assigned to a firm is for its own people, and not even for those of another one."""
    if user is None or not user.is_staff:
        return STAFF_DOOR
    if viewer == Role.PROPERTY_MANAGER:
        return 200 if whose == OWN else 404
    return 404 if viewer == "superuser" else 403


def of_no_stranger(viewer: str, user: User | None, whose: str) -> Answer:
    """An action is for whoever has to carry it out; to all others it is not there."""
    answer = of_the_firm(viewer, user, whose)
    return 404 if answer == 403 else answer


SLOT, WHO = {"slot": "slot.code"}, {"resident": "resident.code"}
ANYBODY = {"choose": "1"}  # the page is shown to who is alone, too
CARE, CARE_SLOT = WHO, WHO | {"slot": "free_care_slot.code"}
HALL = {"facility": "facility.short_code"}
BOOK, CHANGE_BOOKING = "services.add_booking", "services.change_booking"
LOOK_CARE, CHANGE_CARE, VISIT = (
    "eldercare.view_carebooking",
    "eldercare.change_carebooking",
    "eldercare.visit_carebooking",
)
LOOK_DAY, CHANGE_DAY = "childcare.view_childday", "childcare.change_childday"
LOOK_NURSERY, CHANGE_NURSERY = "childcare.view_application", "childcare.change_application"
CHANGE_MEETING, READ_PEOPLE = "council.change_meeting", "circle.view_resident"
ASK_PHONE = 302  # a visitor without login may show that the booking is theirs

ITS_COMMUNITY = {"community": "community.slug"}
FORM = office("circle.view_officialform", "official_form.pk", works=302)


def fills_a_form(viewer: str, user: User | None, whose: str) -> Answer:
    """Who sees the form, and the list of items with which it is filled."""
    given = FORM.expect(viewer, user, whose)
    is_theirs = given == FORM.works and user is not None
    return 403 if is_theirs and not user.has_perm("services.view_serviceitem") else given


MONTH = {"community": "community.slug", "month": "2026-10"}
TABLE: dict[str, Line] = {
    # Machines
    "healthz": everybody(),
    "readyz": everybody(),
    "robots": everybody(),
    "security_txt": everybody(),
    "favicon": everybody(works=301),
    "sitemap": everybody(),
    # Places and words
    "home": everybody(),
    "circle": everybody(),
    "choose_building": everybody(),
    "building_poster": everybody("building.short_code"),
    "circle_map": everybody(),
    "streets": everybody(),
    "reach": everybody(),
    "datapackage": everybody(),
    "open_places": everybody(),
    "open_minutes": everybody(),
    "how_we_count": everybody(),
    "week": everybody(),
    "join_line": signed_in("item.code", elsewhere=404),
    "find_waiting": everybody(),
    "find_case": everybody(),
    "forget_case": everybody(post={}, works=302),
    "case": personal("agency_case.code", anonymous=ASK_PHONE),
    "ask_errand": signed_in("errand.code", elsewhere=404, query={"choose": "1"}),
    "ask_errand_check": signed_in("errand.code", elsewhere=404, works=302),
    "loans": everybody(),
    "borrow": signed_in("aid_stock.code", elsewhere=404, query=ANYBODY),
    "borrow_check": signed_in("aid_stock.code", elsewhere=404, query=WHO, stranger=302),
    "loan": personal("aid_loan.code"),
    "repairs": everybody(),
    "report_repair": signed_in(query=ANYBODY),
    "report_repair_check": signed_in(query=WHO, stranger=302),
    "repair": personal("repair.code"),
    "repair_link": everybody("repair.code", "unknown", works=404),
    "forget_waiting": everybody(post={}, works=302),
    "draw_ticket": everybody("facility.short_code", "old", works=422),
    "ticket": everybody("ticket.code"),
    "ticket_screen": everybody("facility.short_code"),
    "ticket_entrance": everybody("ticket_hall.device_key"),
    "ticket_faces": everybody("ticket_hall.device_key"),
    "ratings": everybody(),
    "rate": everybody("rating.code"),
    "surveys": everybody(),
    "survey_paper": everybody(),
    "survey": everybody("invitation.code"),
    "ticket_kiosk": everybody("ticket_hall.device_key"),
    "ticket_slip": everybody("ticket_hall.device_key", "ticket.code"),
    "waiting": personal("waiting.code", anonymous=ASK_PHONE),
    "coverage": everybody(),
    "coverage_table": everybody("gaps", "csv"),
    "what_if": everybody(),
    "save_scenario": signed_in(post={}, works=422),
    "scenario": everybody("scenario.code", elsewhere=404),
    "facility": everybody("facility.code", elsewhere=404),
    "poster": everybody("facility.code", elsewhere=404),
    "short_link": everybody("facility.short_code", works=302),
    "search": everybody(),
    "notices": everybody(),
    "notices_feed": everybody(),
    "notice": everybody("notice.slug", elsewhere=404),
    "notice_picture": everybody("notice.slug", elsewhere=404),
    "papers": everybody(),
    "paper": everybody("topic"),
    "signposts": everybody(),
    "signpost": everybody("signpost.slug", elsewhere=404),
    "closure_picture": everybody("facility.code", elsewhere=404),
    "settings": everybody(),
    "elder": everybody("on", works=302),
    "pace": everybody("elder", works=302),
    "change_community": everybody("community.slug", works=302),
    "report": everybody(),
    "help": everybody(),
    "privacy": everybody(),
    "accessibility": everybody(),
    # Signing in
    "account_request_login_code": Line(lambda viewer, user, whose: 302 if user else 200),
    "account_confirm_login_code": Line(lambda viewer, user, whose: 302 if user else SIGN_IN, works=302),
    "sign_in_by_clerk": Line(lambda viewer, user, whose: 302 if user else 200),
    "wechat_start": everybody(works=404),  # off; on: tests/circle/test_wechat.py
    "wechat_back": everybody(works=404),
    "wechat_disconnect": signed_in(post={}, works=302),
    "account_login": Line(lambda viewer, user, whose: 302 if user and user.is_staff else 200),
    "account_inactive": everybody(),
    "account_reauthenticate": everybody(works=STAFF_DOOR),
    "mfa_login_webauthn": everybody(works=STAFF_DOOR),
    "mfa_authenticate": Line(lambda viewer, user, whose: 302 if user else STAFF_DOOR, works=STAFF_DOOR),
    "mfa_reauthenticate": everybody(works=STAFF_DOOR),
    "mfa_index": inside(),
    "kept_form": Line(lambda viewer, user, whose: 302 if user else STAFF_DOOR, works=302),
    "sessions": signed_in(),
    "mfa_list_webauthn": inside(),
    "mfa_activate_totp": inside(),
    "mfa_deactivate_totp": inside(
        works=404
    ),  # nobody here has set one up: tests/circle/test_second_factor.py
    "mfa_add_webauthn": inside(),
    "mfa_remove_webauthn": inside("1", works=404),
    "mfa_view_recovery_codes": inside(works=404),
    "mfa_generate_recovery_codes": inside(),
    "account_logout": Line(lambda viewer, user, whose: 200 if user else 302),
    "me": signed_in(),
    "people": signed_in(),
    "act_for": signed_in(post={}, works=302),
    "mandate_new": signed_in(),
    "mandate_confirm": personal("given.code", post={}, works=302),
    "mandate_revoke": personal("given.code", post={}, works=302),
    "refuse_acting": signed_in(post={}, works=302),
    "allow_acting": personal(  # whoever acts for them cannot take back that nobody may
        "ban.code", post={}, works=302, viewers=("anonymous", "resident", "hall_clerk", "superuser")
    ),
    "number_in_doubt": signed_in(works=302),
    "my_messages": signed_in(),
    "message_wish": signed_in("resident.code", stranger=404),
    "message_address": signed_in("resident.code", works=404, stranger=404),  # nothing waits for a code
    "real": everybody(),
    "progress": everybody(),
    "my_data": signed_in(),
    "my_data_file": signed_in(),
    "forget_me": Line(own_only, query={"person": "resident.code"}),
    "keep_me": Line(takes_back, ("erasure.code",), post={}, works=302),
    "withdraw_consent": Line(own_only, ("consent.pk",)),  # of a child: its guardians, no mandate
    "looked": signed_in(),
    # The hall
    "services": everybody(),
    "hsds": everybody(),
    "hsds_openapi": everybody(),
    "hsds_profile": everybody(),
    "hsds_services": everybody(),
    "hsds_service": everybody("item.hsds_id", elsewhere=404),
    "item": everybody("item.code", elsewhere=404),
    "find_booking": everybody(),
    "forget_bookings": everybody(post={}, works=302),
    "booking": personal("booking.code", anonymous=ASK_PHONE),
    "session_ics": everybody("session.code", elsewhere=404),
    "booking_ics": personal("booking.code", anonymous=ASK_PHONE),
    "booking_cancel": personal("booking.code", anonymous=ASK_PHONE),
    "booking_objection": personal("booking.code", anonymous=ASK_PHONE),
    "booking_move": personal("booking.code", anonymous=ASK_PHONE),
    "book": everybody("item.code", elsewhere=404),
    "book_who": signed_in("item.code", query=SLOT | ANYBODY, elsewhere=404),
    "book_check": signed_in("item.code", query=SLOT | WHO, elsewhere=404, stranger=302),
    # Elder care
    "eldercare": everybody(),
    "entitled": everybody(),
    "right_notice": personal("right_notice.code"),
    "canteen": everybody(),
    "canteen_week": everybody(),
    "meal_dish": signed_in("meal_dish.code", elsewhere=404, query=ANYBODY),
    "my_meals": signed_in(),
    "meal_order": personal("meal_order.code"),
    "standing_new": signed_in(query=ANYBODY),
    "meal_statement": signed_in(),
    "standing_meal": personal("standing_order.code"),
    "school": everybody(),
    "school_class": everybody("school_class.code", elsewhere=404),
    "school_ics": everybody("school_class.code", elsewhere=404),
    "care_series": personal("care_series.code"),
    "care_series_change": personal("care_series.code", "pause"),
    "school_place": personal("enrolment.code"),
    "school_roll": Line(keeps_the_roll, ("school_class.code",)),
    "school_roster": Line(keeps_the_roll, ("school_class.code",)),
    "care_call": signed_in(),
    "visit_round": signed_in(),
    "carer_day": signed_in(),
    "visit_plan": signed_in(post={}, works=302),
    "who_looks_in": signed_in(),
    "carer_code": signed_in(works=404),  # of who is on the care team
    "carer_visit": Line(gives_the_care, ("care_booking.code",)),
    "volunteer_certificate": signed_in(works=404),  # of who is on the team
    "visit_join": signed_in(post={}, works=302),
    "care_kind": everybody("care_kind.code", elsewhere=404),
    "care_who": signed_in("care_kind.code", query=ANYBODY, elsewhere=404),
    "care_when": signed_in("care_kind.code", query=CARE, elsewhere=404, stranger=302),
    "care_needs": signed_in("care_kind.code", query=CARE_SLOT, elsewhere=404, stranger=302),
    "care_check": signed_in("care_kind.code", query=CARE_SLOT, elsewhere=404, stranger=302),
    "find_care_booking": everybody(),
    "forget_care_bookings": everybody(post={}, works=302),
    "care_booking": personal("care_booking.code", anonymous=ASK_PHONE),
    "care_booking_ics": personal("care_booking.code", anonymous=ASK_PHONE),
    "care_cancel": personal("care_booking.code", anonymous=ASK_PHONE),
    "care_move": personal("care_booking.code", anonymous=ASK_PHONE),
    # Nursery
    "childcare": everybody(),
    "draw": everybody("nursery_round.code", elsewhere=404),
    "draw_json": everybody("nursery_round.code", elsewhere=404),
    "draw_list": everybody("nursery_round.code", elsewhere=404),
    "apply": signed_in(query={"class": "nursery_class.code"}),
    "application": personal("application.code"),
    "application_task": personal("draft.code", "child"),
    "application_check": personal("draft.code"),
    "application_withdraw": personal("application.code"),
    "application_object": personal("application.code", works=302),
    "application_wish": personal("application.code"),
    "application_siblings": personal("application.code"),
    "second_parent": personal("application.code"),
    "second_parent_end": personal("application.code", post={}, works=302),
    "parent_confirm": signed_in("second_parent.code", works=404),
    "application_reopen": personal("application.code", post={}, works=302),
    "application_accept": personal("offered.code"),
    "application_decline": personal("offered.code"),
    "application_health": personal("application.code"),
    "visit_when": signed_in("nursery_place.code", "look", elsewhere=404),
    "visit_check": signed_in(
        "nursery_place.code", "look", query={"slot": "free_visit_slot.code"}, elsewhere=404
    ),
    "find_visit": everybody(),
    "forget_visits": everybody(post={}, works=302),
    "visit": personal("nursery_visit.code", anonymous=ASK_PHONE),
    "visit_ics": personal("nursery_visit.code", anonymous=ASK_PHONE),
    "visit_cancel": personal("nursery_visit.code", anonymous=ASK_PHONE),
    "visit_move": personal("nursery_visit.code", anonymous=ASK_PHONE),
    "child": personal("enrolled.code"),
    "child_absence": personal("enrolled.code"),
    "child_absence_cancel": personal("enrolled.code", post={"day": "2026-11-24"}, works=302),
    "child_leave": personal("enrolled.code"),
    "child_stay": personal("enrolled.code", post={}, works=302),
    # Council
    "council": everybody(),
    "council_calendar": everybody(),
    "minutes_review": Line(on_the_roll, ("committee.code", "2026-11")),
    "council_archive": everybody("2026"),
    "minutes_chain": everybody(),
    "minutes_withdrawn": everybody(),
    "council_resolutions": everybody(),
    "council_feed": everybody(),
    "minutes_chain_file": everybody("minutes.file_name"),
    "topic_new": signed_in(),
    "topic_check": signed_in(works=302),
    "topic": personal("topic.receipt"),
    "topic_similar": signed_in(post={}),
    "topic_withdraw": personal("topic.receipt"),
    "topic_support": signed_in("firm_topic.receipt", elsewhere=404),
    "topic_solved": everybody("evaluation.code"),
    "council_loop": everybody("topic.receipt", elsewhere=404),
    "council_rates": everybody(),
    "council_data": everybody("suggestions", "json"),
    "council_data_schema": everybody(),
    "council_rates_csv": everybody(),
    "council_loop_feed": everybody("topic.receipt", elsewhere=404),
    "meeting": everybody("2026-11"),
    "meeting_picture": everybody("2026-11", works=404),  # nothing to pass on between call and agenda
    "meeting_ics": everybody("committee.code", "2026-11"),
    "minutes_version": everybody("committee.code", "2026-11", "1"),
    "minutes_docx": everybody("committee.code", "2026-11", "1"),
    "meeting_paper": everybody("committee.code", "2026-11", "paper.pk", elsewhere=404),
    "minutes_json": everybody("committee.code", "2026-11", "1"),
    # The back office
    "admin:index": inside(),
    "admin:login": everybody(works=STAFF_DOOR),
    "admin:logout": everybody(works=302, post={}),
    "admin:password_change": inside(),
    "admin:password_change_done": inside(),
    "admin:jsi18n": inside(),
    "admin:autocomplete": office(
        "circle.view_building",
        query={"app_label": "circle", "model_name": "household", "field_name": "building"},
    ),
    "admin:rearrange": inside(post={}, works=302),
    "admin:app_list": office("council.view_body", "council", refused=404),
    "admin:auth_user_password_change": office("circle.change_user", "login.pk"),
    "admin:view_on_site": office("council.view_topic", "topic_type.pk", "topic.pk", refused=404, works=302),
    "admin:circle_pagereport_door": office("circle.file_resident", query=WHO, near=True),
    "admin:services_booking_door": office("circle.file_resident", query=HALL | WHO, near=True),
    "admin:eldercare_carebooking_door": office("circle.file_resident", query=WHO, near=True),
    "admin:council_topic_door": office("circle.file_resident", query=WHO, near=True),
    "admin:circle_resident_phone": Line(works_on_a_matter, ("resident.code",)),
    "admin:circle_pagereport_settle": office(
        "circle.change_pagereport", "report.pk", sees="circle.view_pagereport"
    ),
    **{
        f"admin:{page_name(verb)}": office(verb.permission, "resident.pk", sees="circle.view_resident")
        for verb in RESIDENT_ACTIONS
    },
    "admin:circle_mandate_revoke": office("circle.change_mandate", "mandate.pk", sees="circle.view_mandate"),
    "admin:circle_staffpost_hand_over": office("circle.hand_over_staffpost"),
    "admin:circle_staffpost_give": office("circle.appoint_staffpost"),
    "admin:circle_staffpost_end": office("circle.appoint_staffpost", "post.pk", sees="circle.view_staffpost"),
    "admin:circle_staffpost_unlock": office(
        "circle.unlock_staffpost", "post.pk", sees="circle.view_staffpost"
    ),
    "admin:circle_message_told": office(
        "circle.change_message", "message.pk", sees="circle.view_message", near=True, post={}, works=302
    ),
    "admin:circle_survey_act": office("circle.change_survey", "survey.pk", "type"),
    "admin:circle_rating_type": of_the_hall(office("circle.change_rating", "rating.pk")),
    "admin:circle_ratingfollowup_act": of_the_hall(
        office("circle.change_ratingfollowup", "low_rating.pk", "call")
    ),
    "admin:circle_alarm_desk": office("circle.view_alarm"),
    "admin:circle_alarm_ask": about_an_adult(office("circle.change_alarm", "alarm.code", "close")),
    "admin:circle_alarm_do": about_an_adult(
        office("circle.change_alarm", "alarm.code", post={"verb": "acknowledge"}, works=302)
    ),
    "admin:circle_alarm_call": office("circle.change_alarm", also=("circle.adult_alarm",), query=WHO),
    "admin:circle_notice_do": office("circle.change_notice", "notice.pk", "pin", sees="circle.view_notice"),
    "admin:circle_notice_group": office("circle.change_notice", "notice.pk", sees="circle.view_notice"),
    "admin:circle_closure_group": Line(of_other_places, CLOSURE.args),
    "admin:circle_message_again": office(
        "circle.change_message", "message.pk", sees="circle.view_message", near=True, post={}, works=302
    ),
    "admin:circle_message_to_knock": office(
        "circle.change_message", "message.pk", sees="circle.view_message", near=True, post={}, works=302
    ),
    "admin:circle_message_figures": Line(of_whole_communities),
    "admin:circle_message_knock": office("circle.view_message"),
    "admin:circle_message_knocked": KNOCK,
    "admin:circle_message_hand_over": Line(hands_over, KNOCK.args, post={"to": "login.pk"}, works=302),
    "admin:circle_community_setup": office("circle.view_inventory"),
    "admin:circle_community_district": office("circle.view_norm"),
    "admin:circle_officialform_columns": office("circle.change_officialform", "official_form.pk", works=302),
    "admin:circle_officialform_fill": Line(fills_a_form, FORM.args, works=302),
    "admin:circle_monthlyreport_month": office("circle.view_monthlyreport", query=MONTH),
    "admin:circle_monthlyreport_docx": office("circle.view_monthlyreport", query=MONTH),
    "admin:circle_monthlyreport_xlsx": office("circle.view_monthlyreport", query=MONTH),
    "admin:circle_message_wish": office("circle.change_resident", "resident.code"),
    "admin:circle_message_address": office("circle.change_resident", "resident.code", works=404),
    "admin:circle_resident_find": office(READ_PEOPLE, post={"q": "nobody"}),
    "admin:circle_resident_card": office(READ_PEOPLE, "resident.code", near=True),
    "admin:circle_consent_withdraw": office(
        "circle.change_consent", "consent.pk", sees="circle.view_consent"
    ),
    "admin:circle_erasure_erase": office("circle.change_erasure", "erasure.pk", sees="circle.view_erasure"),
    "admin:circle_erasure_refuse": office("circle.change_erasure", "erasure.pk", sees="circle.view_erasure"),
    "admin:services_slot_weeks": office("services.view_slot"),
    "admin:services_slot_week": office("services.view_slot", "facility.short_code"),
    "admin:services_slot_places": office("services.change_slot", "slot.pk", sees="services.view_slot"),
    "admin:services_booking_days": office("services.view_booking"),
    "admin:services_booking_day": office("services.view_booking", "facility.short_code"),
    "admin:services_booking_check_in": office(CHANGE_BOOKING, "facility.short_code", post={}, works=302),
    "admin:services_booking_walk_in": office("services.add_ticket", "facility.short_code"),
    "admin:services_ticket_windows": office("services.change_ticket", works=200),
    "admin:services_ticket_window": office("services.change_ticket", "counter.pk"),
    "admin:services_ticket_pad": office("services.add_ticket", "facility.short_code"),
    "admin:services_ticket_figures": office("services.view_ticket", "facility.short_code"),
    "admin:services_ticket_act": office("services.change_ticket", "ticket.code", "done", post={}, works=302),
    "admin:services_booking_ask": office(CHANGE_BOOKING, "booking.code", "revoke"),
    "admin:services_booking_do": office(CHANGE_BOOKING, "booking.code", post={"verb": "cancel"}, works=302),
    "admin:services_hallwaiting_join": office(BOOK, query=WHO),
    "admin:services_committeecertificate_issue": office("services.add_committeecertificate", query=WHO),
    "admin:services_committeecertificate_print": office(
        "services.view_committeecertificate", "committee_certificate.pk"
    ),
    "admin:services_agencycase_request": office("services.add_agencycase", query=WHO, near=True),
    "admin:services_agencycase_identity": office("services.add_agencycase", query=WHO, near=True),
    "admin:services_agencycase_act": office("services.change_agencycase", "agency_case.pk", "note"),
    "admin:services_agencycase_correct": office("services.change_agencycase", "case_stop.pk"),
    "admin:services_agencycase_paper": office("services.change_agencycase", "case_paper.pk", "return"),
    # Others of the hall are told that there is none.
    "admin:services_agencycase_photo": office("services.read_casephoto", "case_photo.pk", refused=404),
    "admin:services_aidloan_lend": office("services.add_aidloan", query=WHO),
    "admin:services_aidloan_act": office("services.change_aidloan", "aid_loan.code", "cancel"),
    "admin:services_repair_report": office("services.add_repair", query=WHO),
    "admin:services_repair_act": office("services.change_repair", "repair.code", "cancel"),
    "admin:services_registerentry_enter": office("services.add_registerentry", query=WHO, near=True),
    "admin:services_registerentry_sheet": office(
        "services.view_registerentry", "register_entry.item_id", near=True
    ),
    "admin:services_registerentry_act": office("services.change_registerentry", "register_entry.pk", "end"),
    "admin:services_committeecertificate_revoke": office(
        "services.add_committeecertificate", "committee_certificate.pk"
    ),
    "admin:services_hallwaiting_act": office("services.change_hallwaiting", "waiting.code", "leave"),
    "admin:services_booking_new": office(BOOK, also=(READ_PEOPLE,), query=HALL),
    "admin:services_booking_register": office(
        BOOK, also=(READ_PEOPLE, "circle.add_resident"), query=HALL, post={}, works=422
    ),
    "admin:services_booking_time": office(BOOK, also=(READ_PEOPLE,), query=HALL | WHO),
    "admin:services_booking_booked": office("services.view_booking", "booking.code"),
    "admin:services_serviceitem_tables": office("services.change_serviceitem", "items", query=ITS_COMMUNITY),
    "admin:services_serviceitem_table": office(
        "services.change_serviceitem", "items", "csv", query=ITS_COMMUNITY
    ),
    "admin:services_booking_figures": office("services.view_booking"),
    "admin:eldercare_carebooking_day": office(LOOK_CARE, worker=VISIT),
    "admin:eldercare_carebooking_rings": office("eldercare.add_carebooking", query=WHO),
    "admin:eldercare_carebooking_signature": office(  # 404: of this one nothing was drawn
        CHANGE_CARE, "care_booking.code", works=404
    ),
    "admin:eldercare_carebooking_week": office(LOOK_CARE, worker=VISIT),
    "admin:eldercare_carebooking_board": office(CHANGE_CARE),
    "admin:eldercare_carebooking_ask": office(CHANGE_CARE, "care_booking.code", "not_home", worker=VISIT),
    "admin:eldercare_carebooking_do": office(  # 422: it got as far as the verb, whose time has not come
        CHANGE_CARE, "care_booking.code", post={"verb": "not_home"}, worker=VISIT, works=422
    ),
    "admin:eldercare_carebooking_new": office("eldercare.add_carebooking", also=(READ_PEOPLE,)),
    "admin:eldercare_carebooking_register": office(
        "eldercare.add_carebooking", also=("circle.add_resident",), post={}, works=422
    ),
    "admin:eldercare_carebooking_what": office("eldercare.add_carebooking", query=WHO),
    "admin:eldercare_dayagreement_new": office("eldercare.change_dayagreement", query=WHO),
    "admin:eldercare_dayagreement_ask": office("eldercare.change_dayagreement", "day_agreement.pk", "end"),
    "admin:eldercare_careseries_ask": office("eldercare.change_careseries", "care_series.code", "pause"),
    "admin:eldercare_seriesdate_ask": office("eldercare.change_seriesdate", "series_date.pk", "skip"),
    "admin:eldercare_schoolclass_ask": office(
        "eldercare.change_schoolclass", "school_class.code", "call_off"
    ),
    "admin:eldercare_menuday_week": office("eldercare.change_menuday"),
    "admin:eldercare_dish_ask": office("eldercare.change_menuday", "meal_dish.code", "move"),
    "admin:eldercare_mealcharge_statement": office("eldercare.view_mealcharge"),
    "admin:eldercare_mealorder_kitchen": office("eldercare.view_mealorder"),
    "admin:eldercare_mealorder_labels": office("eldercare.view_mealorder"),
    "admin:eldercare_mealorder_doors": office("eldercare.change_mealorder"),
    "admin:eldercare_mealorder_new": office("eldercare.add_mealorder", query=WHO),
    "admin:eldercare_mealorder_standing": office("eldercare.add_mealorder", query=WHO),
    "admin:eldercare_mealorder_door": office("circle.file_resident", query=WHO, near=True),
    "admin:eldercare_mealorder_regulars": office("eldercare.add_mealorder"),
    "admin:eldercare_mealorder_carry_over": office("eldercare.change_mealorder"),
    "admin:eldercare_mealorder_ask": office("eldercare.change_mealorder", "meal_order.code", "give_up"),
    "admin:eldercare_standingorder_ask": office(
        "eldercare.change_standingorder", "standing_order.code", "end"
    ),
    "admin:eldercare_standingdate_ask": office("eldercare.change_standingdate", "standing_date.pk", "settle"),
    "admin:eldercare_enrolment_new": office("eldercare.add_enrolment", query=WHO),
    "admin:eldercare_enrolment_ask": office("eldercare.change_enrolment", "enrolment.code", "cancel"),
    "admin:eldercare_classwaiting_ask": office(
        "eldercare.change_classwaiting", "class_waiting.code", "leave"
    ),
    "admin:eldercare_carebooking_figures": office(LOOK_CARE),
    "admin:eldercare_careprice_settlement": office("eldercare.view_careprice"),
    "admin:eldercare_rightnotice_unreached": office("eldercare.view_rightnotice", near=True),
    "admin:eldercare_rightnotice_card": office("eldercare.change_rightnotice", query=WHO, near=True),
    "admin:eldercare_rightnotice_ask": office(
        "eldercare.change_rightnotice", "right_notice.code", "accept", near=True
    ),
    "admin:eldercare_volunteer_ask": office("eldercare.change_volunteer", "volunteer.pk", "remove"),
    "admin:eldercare_visitduty_round": office("eldercare.change_visitduty", near=True),
    "admin:eldercare_visitduty_festival": office("eldercare.view_visitduty", near=True),
    "admin:eldercare_visitduty_coverage": office("eldercare.view_visitduty", near=True),
    "admin:eldercare_visitduty_profile": office("eldercare.view_careprofile", "resident.code", near=True),
    "admin:eldercare_visitduty_ask": office(
        "eldercare.change_visitduty",
        "resident.code",
        "look",
        also=("eldercare.view_careprofile",),
        near=True,
    ),
    "admin:eldercare_carebooking_booked": office(LOOK_CARE, "care_booking.code"),
    "admin:childcare_application_board": office(LOOK_NURSERY),
    "admin:childcare_application_ask": office(CHANGE_NURSERY, "application.code", "withdraw"),
    "admin:childcare_application_new": office("childcare.add_application", also=(READ_PEOPLE,)),
    "admin:childcare_application_register": office(
        "childcare.add_application", also=(READ_PEOPLE, "circle.add_resident"), post={}, works=422
    ),
    "admin:childcare_application_form": office(
        "childcare.add_application",
        also=(READ_PEOPLE,),
        query={"guardian": "resident.code", "community": "community.slug"},
    ),
    "admin:childcare_application_fill": office(CHANGE_NURSERY, "returned.code"),
    "admin:childcare_application_typed": office(LOOK_NURSERY, "application.code"),
    "admin:childcare_application_tasks": office(CHANGE_NURSERY),
    "admin:childcare_application_settle": office(CHANGE_NURSERY, "head_task.pk"),
    "admin:childcare_application_health": office(
        "childcare.change_health", "application.code", also=("childcare.view_health",)
    ),
    "admin:childcare_application_health_delete": office(  # the consent stands
        "childcare.change_health", "application.code", post={}, works=404
    ),
    "admin:childcare_childday_health": office(  # a nurse without a class of her own: 404
        LOOK_NURSERY, "enrolled.code", also=("childcare.view_health",), worker="childcare.view_health"
    ),
    "admin:childcare_childday_sheet": office(LOOK_NURSERY, worker=LOOK_DAY),
    "admin:childcare_childday_all": office(  # a nurse without a class of her own: 404
        LOOK_NURSERY, "nursery_class.pk", also=(CHANGE_DAY,), worker=CHANGE_DAY, post={}, works=302
    ),
    "admin:childcare_childday_do": office(  # a nurse without a class of her own: 404
        LOOK_NURSERY, "enrolled.code", also=(CHANGE_DAY,), worker=CHANGE_DAY, post={"verb": "undo"}, works=302
    ),
    "admin:childcare_childday_ask": office(
        LOOK_NURSERY, "enrolled.code", "absent", also=(CHANGE_DAY,), worker=CHANGE_DAY
    ),
    "admin:childcare_childday_uncollected": office(LOOK_NURSERY, worker=LOOK_DAY),
    "admin:childcare_childday_carers": office(  # a nurse without a class of her own: 404
        LOOK_NURSERY,
        "nursery_class.pk",
        also=(CHANGE_DAY,),
        worker=CHANGE_DAY,
        post={"carers": "2"},
        works=302,
    ),
    "admin:childcare_childday_close": office(CHANGE_NURSERY, "enrolled.code", "2026-11-24"),
    "admin:childcare_round_ask": office("childcare.change_round", "nursery_round.pk", "settle"),
    "admin:childcare_nurseryclass_teachers": office("childcare.change_nurseryclass", "nursery_class.pk"),
    "admin:childcare_nurseryclass_batch": office("childcare.change_application", "nursery_class.pk"),
    "admin:childcare_nurseryclass_occupancy": office("childcare.view_nurseryclass"),
    "admin:childcare_nurseryclass_prices": office("childcare.change_nurseryclass", "nursery_class.pk"),
    "admin:childcare_nurseryvisit_ask": office(
        "childcare.change_nurseryvisit", "nursery_visit.code", "cancel"
    ),
    "admin:childcare_nurseryvisit_new": office("childcare.change_nurseryvisit", query=WHO),
    "admin:council_meeting_do": office(CHANGE_MEETING, "calling.pk", "close_call"),
    "admin:council_meeting_print": office("council.view_meeting", "calling.pk"),
    "admin:council_meeting_paper": office("council.add_meeting"),
    "admin:council_meeting_agenda": office("council.view_meeting", "calling.pk"),
    "admin:council_meeting_papers": office("council.view_meeting", "calling.pk"),
    "admin:council_meeting_paper_file": office("council.view_meeting", "paper.meeting_id", "paper.pk"),
    "admin:council_meeting_session": office("council.view_meeting", "calling.pk"),
    "admin:council_meeting_roll": office("council.view_meeting", "calling.pk"),
    "admin:council_meeting_result": office("council.view_meeting", "calling.pk", "agenda_item.pk"),
    "admin:council_meeting_annul": office(CHANGE_MEETING, "counted.meeting_id", "counted.pk"),
    "admin:council_minutesversion_write": office("council.change_minutesversion", "minutes.pk"),
    "admin:council_minutesversion_cut": office("council.change_minutesversion", "minutes.pk"),
    "admin:council_minutesversion_do": office(
        "council.change_minutesversion", "minutes.pk", "correct_minutes"
    ),
    "admin:council_posting_do": office("council.change_posting", "posting.pk", "object"),
    "admin:council_actionitem_do": office("council.change_actionitem", "action_item.pk", "begin"),
    "admin:council_actionitem_mine": inside(),
    "admin:council_actionitem_own": Line(of_no_stranger, ("firm_action.pk", "begin")),
    "admin:council_topic_new": office("council.add_topic"),
    "admin:council_topic_firm": office("council.reply_topic"),
    "admin:council_topic_reply": Line(of_the_firm, ("firm_topic.receipt",)),
    "admin:council_topic_slip": office("council.view_topic", "topic.pk"),
    "admin:council_topic_do": office("council.change_topic", "topic.pk", "accept"),
}

# What a POST sends to change something at a personal address; the others read, or wait for something else.
CHANGES: dict[str, dict[str, str]] = {
    "topic_withdraw": {},
    "right_notice": {"answer": "no"},
    "mandate_confirm": {},
    "mandate_revoke": {},
    "allow_acting": {},
    "message_wish": {"first_channel": "sms", "night": "any", "language": "en"},
    "keep_me": {},
    "withdraw_consent": {},
    "booking_cancel": {},
    "booking_move": {"slot": "later_slot.code"},
    "care_cancel": {},
    "care_move": {"slot": "free_care_slot.code"},
    "visit_cancel": {},
    "visit_move": {"slot": "free_visit_slot.code"},
    "application_withdraw": {},
    "application_accept": {},
    "application_decline": {},
    "child_absence": {"first_day": "2026-11-26", "last_day": "2026-11-26", "reason": "ill"},
    "child_leave": {"last_day": "2026-11-27"},
}


def values_of(rows: SimpleNamespace, names: tuple[str, ...]) -> list[str]:
    return [value_of(rows, name) for name in names]


def value_of(rows: SimpleNamespace, name: str) -> str:
    if "." not in name:
        return name
    row, _, column = name.partition(".")
    return str(getattr(getattr(rows, row), column))

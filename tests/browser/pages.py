"""The public pages that the browser visits, and the few addresses that it need not."""

import datetime as dt
import json
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tests.browser.demo_site import ROOT

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLACES = json.loads((ROOT / "circle/data/demo_places.json").read_text(encoding="utf-8"))
CATALOGUE = json.loads((ROOT / "services/data/catalogue.json").read_text(encoding="utf-8"))
ALLOWANCE = next(row["code"] for row in CATALOGUE["items"] if row["name_zh"] == "高龄津贴申请")
NOTICE = PLACES["notices"][0]["slug"]
CLOSED_PLACE = PLACES["closures"][0]["facility"]
WHAT_IF = "/circle/what-if/?kind=nursery&place=site:south-cabin&when=workday&pace=elder"
# The months of the council's meetings, as council/demo.py counts them from today.
TODAY = dt.datetime.now(SHANGHAI).date()
COMING = TODAY + dt.timedelta(days=9)
BEFORE = min(COMING - dt.timedelta(days=28), COMING.replace(day=1) - dt.timedelta(days=3))
LAST, NEXT, COMMITTEE = (f"{day:%Y-%m}" for day in (BEFORE, COMING, COMING + dt.timedelta(days=1)))


@dataclass(frozen=True)
class PublicPage:
    """A page to visit: its Chinese path (English: /en before it).

    A variant has the template of the page before it; it is visited at one width only, in turns.
    """

    key: str
    path: str
    is_variant: bool = False

    def address(self, language: str) -> str:
        return f"/en{self.path}" if language == "en" else self.path


PAGES = [
    PublicPage("home", "/"),
    PublicPage("circle", "/circle/"),
    PublicPage("circle-food", "/circle/?dimension=food", is_variant=True),
    PublicPage("circle-sunday", "/circle/?day=6&hour=10&open=on&step_free=on", is_variant=True),
    PublicPage("choose-building", "/circle/building/"),
    PublicPage("choose-building-found", "/circle/building/?q=3", is_variant=True),
    PublicPage("choose-building-nothing", "/circle/building/?q=zzqqxx", is_variant=True),
    PublicPage("circle-map", "/circle/map/"),
    PublicPage("how-we-count", "/circle/how-we-count/"),
    PublicPage("week", "/circle/week/"),
    PublicPage("week-next", "/circle/week/?week=next", is_variant=True),
    PublicPage("coverage", "/circle/coverage/"),
    PublicPage("coverage-sunday", "/circle/coverage/?when=sunday&pace=elder&plan=sport", is_variant=True),
    PublicPage("what-if", WHAT_IF),
    PublicPage("what-if-best", WHAT_IF.replace("place=site:south-cabin", "find=3"), is_variant=True),
    PublicPage("what-if-moved", f"{WHAT_IF}&moved=nursery", is_variant=True),
    PublicPage("real", "/help/real/"),
    PublicPage("progress", "/progress/"),
    PublicPage("facility", "/circle/hall/"),
    PublicPage("facility-closed", f"/circle/{CLOSED_PLACE}/", is_variant=True),
    PublicPage("poster", "/circle/hall/poster/"),
    PublicPage("search", "/search/?q=gljt"),
    PublicPage("search-empty", "/search/", is_variant=True),
    PublicPage("search-place", "/search/?q=yaofang", is_variant=True),
    PublicPage("search-nothing", "/search/?q=zzqqxx", is_variant=True),
    PublicPage("notices", "/notices/"),
    PublicPage("notice", f"/notices/{NOTICE}/"),
    PublicPage("papers", "/paper/"),
    PublicPage("paper", "/paper/nursery/"),
    PublicPage("paper-care", "/paper/care-bathing/", is_variant=True),
    PublicPage("signposts", "/signposts/"),
    PublicPage("signpost", "/signposts/passport/"),
    PublicPage("settings", "/settings/"),
    PublicPage("report", "/report/?page=/circle/"),
    PublicPage("sign-in", "/sign-in/"),
    PublicPage("sign-in-clerk", "/sign-in/clerk/"),
    PublicPage("sign-in-staff", "/sign-in/staff/"),
    PublicPage("sign-in-closed", "/sign-in/inactive/"),
    PublicPage("help", "/help/"),
    PublicPage("privacy", "/privacy/"),
    PublicPage("accessibility", "/accessibility/"),
    PublicPage("services", "/services/"),
    PublicPage("services-found", "/services/?q=gl", is_variant=True),
    PublicPage("services-nothing", "/services/?q=zzqqxx", is_variant=True),
    PublicPage("services-filtered", "/services/?dimension=elderly&spot=on", is_variant=True),
    PublicPage("services-wrong-date", "/services/?on=tomorrow"),
    PublicPage("item", f"/services/{ALLOWANCE}/"),
    PublicPage("book", f"/services/{ALLOWANCE}/book/"),
    PublicPage("find-booking", "/services/bookings/"),
    PublicPage("find-waiting", "/services/waiting/"),
    PublicPage("find-case", "/services/case/"),
    PublicPage("item-print", f"/services/{ALLOWANCE}/?print=1"),
    PublicPage("eldercare", "/eldercare/"),
    PublicPage("care-kind", "/eldercare/bathing/"),
    PublicPage("find-care-booking", "/eldercare/bookings/"),
    PublicPage("care-urgent", "/eldercare/urgent/", is_variant=True),
    PublicPage("childcare", "/childcare/"),
    PublicPage("draw", "/childcare/draw/autumn-demo/"),
    PublicPage("council", "/council/"),
    PublicPage("council-gap", "/council/?topic=sport", is_variant=True),
    PublicPage("council-archive", f"/council/{LAST[:4]}/"),
    PublicPage("council-resolutions", "/council/resolutions/"),
    PublicPage("meeting-minutes", f"/council/{LAST}/"),
    PublicPage("meeting-call", f"/council/{NEXT}/", is_variant=True),
    PublicPage("meeting-agenda", f"/council/co-governance/{COMMITTEE}/", is_variant=True),
    PublicPage("meeting-print", f"/council/{LAST}/?print=1"),
    PublicPage("minutes-replaced", f"/council/{LAST}/v1/"),
    PublicPage("minutes-corrected", f"/council/{LAST}/v2/", is_variant=True),
]
# Answered by the test itself with the page that DEBUG hides; see error_pages.py.
ERRORS = [
    PublicPage(f"error-{word}", f"/nowhere/{word}/", is_variant=word != "404")
    for word in ("404", "400", "403", "429", "500", "503", "csrf")
]
# URL names without a page of their own.
NO_PAGE = {
    "book_who": "shown to who is signed in: test_browser_booking.py",
    "book_check": "shown to who is signed in: test_browser_booking.py",
    "join_line": "shown to who is signed in: test_browser_booking.py",
    "waiting": "shown to whom it belongs: test_browser_booking.py",
    "booking": "shown to its person: test_browser_booking.py",
    "booking_cancel": "shown to its person: test_browser_booking.py",
    "forget_waiting": "takes a POST",
    "case": "shown to its person: tests/services/test_agency_pages.py",
    "forget_case": "takes a POST",
    "ask_errand": "shown to who is signed in: tests/services/test_agency_pages.py",
    "ask_errand_check": "shown to who is signed in: tests/services/test_agency_pages.py",
    "booking_objection": "shown to its person: tests/services/test_no_shows.py",
    "booking_move": "shown to its person: test_browser_booking.py",
    "booking_ics": "a calendar file",
    "session_ics": "a calendar file",
    "me": "shown to who is signed in: test_browser_booking.py",
    "healthz": "two letters for the monitoring",
    "readyz": "one word for the monitoring",
    "council_calendar": "a calendar file",
    "meeting_ics": "a calendar file",
    "council_feed": "an Atom feed",
    "minutes_docx": "a file for paper",
    "minutes_json": "the file whose hash is shown",
    "minutes_chain": "a list of hashes",
    "minutes_withdrawn": "a list of hashes",
    "minutes_chain_file": "the file whose hash is shown",
    "meeting_paper": "a file",
    "minutes_review": "shown to who is on the roll: test_browser_council.py",
    "topic_new": "shown to who is signed in: test_browser_council.py",
    "topic_check": "shown to who is signed in: test_browser_council.py",
    "topic": "shown to who raised it: test_browser_council.py",
    "coverage_table": "CSV and JSON",
    "save_scenario": "takes a POST: test_browser_what_if.py",
    "scenario": "its address holds a random code: test_browser_what_if.py",
    "streets": "lines for the map: test_browser_circle.py",
    "reach": "lines for the map: test_browser_circle.py",
    "robots": "text for robots",
    "security_txt": "text for people who report a weakness",
    "favicon": "leads to the picture",
    "sitemap": "XML for robots",
    "short_link": "redirects to the place or the settings",
    "elder": "redirects to the page it was called from",
    "pace": "redirects to the page it was called from",
    "change_community": "redirects to the home page",
    "building_poster": "its address holds a random code: test_browser_circle.py",
    "draw_json": "no page: tests/childcare/test_rounds.py",
    "draw_list": "no page: tests/childcare/test_rounds.py",
    "apply": "shown to who is signed in: test_browser_childcare.py",
    "application": "shown to the child's guardian: test_browser_childcare.py",
    "application_task": "shown to the child's guardian: test_browser_childcare.py",
    "application_check": "shown to the child's guardian: test_browser_childcare.py",
    "application_accept": "shown to the child's guardian: test_browser_childcare.py",
    "application_decline": "shown to the child's guardian: test_browser_childcare.py",
    "application_health": "shown to the child's guardian: test_browser_childcare.py",
    "application_siblings": "shown to the child's guardian: tests/childcare/test_siblings.py",
    "second_parent": "shown to the child's guardian: test_browser_childcare.py",
    "second_parent_end": "takes a POST: tests/childcare/test_second_parent.py",
    "parent_confirm": "shown to who was named: test_browser_childcare.py",
    "application_reopen": "takes a POST or asks first: tests/childcare/test_waiting.py",
    "application_object": "shown to the child's guardian: tests/childcare/test_objections.py",
    "application_wish": "shown to the child's guardian: tests/childcare/test_waiting.py",
    "application_withdraw": "shown to the child's guardian: test_browser_childcare.py",
    "child": "shown to the child's family: test_browser_childcare.py",
    "child_absence": "shown to the child's family: test_browser_childcare.py",
    "child_absence_cancel": "takes a POST: tests/childcare/test_day_pages.py",
    "child_leave": "shown to the child's family: test_browser_childcare.py",
    "child_stay": "takes a POST: tests/childcare/test_day_pages.py",
    "account_confirm_login_code": "shown to who asked for a code: test_browser_sign_in.py",
    "visit_round": "shown to who is signed in: tests/eldercare/test_visit_volunteers.py",
    "volunteer_certificate": "shown to a volunteer: tests/eldercare/test_volunteer_hours.py",
    "visit_join": "takes a POST: tests/eldercare/test_visit_volunteers.py",
    "care_call": "shown to who is signed in: tests/eldercare/test_care_urgent.py",
    "care_who": "shown to who is signed in: test_browser_eldercare.py",
    "care_when": "shown to who is signed in: test_browser_eldercare.py",
    "care_needs": "shown to who is signed in: test_browser_eldercare.py",
    "care_check": "shown to who is signed in: test_browser_eldercare.py",
    "care_booking": "shown to whom it belongs: test_browser_eldercare.py",
    "care_cancel": "shown to whom it belongs: test_browser_eldercare.py",
    "care_move": "shown to whom it belongs: test_browser_eldercare.py",
    "care_booking_ics": "a calendar file",
    "forget_care_bookings": "takes a POST: tests/eldercare/test_care_moving.py",
    "account_reauthenticate": "shown to staff with a second factor: tests/circle/test_second_factor.py",
    "draw_ticket": "its address changes every two minutes: test_browser_tickets.py",
    "ticket": "shown to who drew it: test_browser_tickets.py",
    "ticket_screen": "the screen of a hall: test_browser_tickets.py",
    "ticket_entrance": "has a secret address: test_browser_tickets.py",
    "ticket_kiosk": "has a secret address: test_browser_tickets.py",
    "ticket_slip": "has a secret address: test_browser_tickets.py",
    "forget_bookings": "takes a POST: tests/services/test_my_booking.py",
    "act_for": "takes a POST: test_browser_people.py",
    "allow_acting": "takes a POST: test_browser_people.py",
    "closure_picture": "a picture",
    "forget_me": "shown to who is signed in: test_browser_rights.py",
    "keep_me": "takes a POST: test_browser_rights.py",
    "kept_form": "shown to staff who were signed out: tests/circle/test_idle_sign_out.py",
    "looked": "shown to who is signed in: test_browser_rights.py",
    "mandate_confirm": "shown to who is signed in: test_browser_people.py",
    "mandate_new": "shown to who is signed in: test_browser_people.py",
    "mandate_revoke": "shown to who is signed in: test_browser_people.py",
    "meeting_picture": "a picture",
    "message_address": "shown to who is signed in: test_browser_messages.py",
    "message_wish": "shown to who is signed in: test_browser_messages.py",
    "mfa_activate_totp": "shown to staff: tests/browser/test_browser_staff.py",
    "mfa_add_webauthn": "shown to staff: tests/browser/test_browser_staff.py",
    "mfa_authenticate": "shown to staff: tests/browser/test_browser_staff.py",
    "mfa_deactivate_totp": "shown to staff: tests/browser/test_browser_staff.py",
    "mfa_generate_recovery_codes": "shown to staff: tests/browser/test_browser_staff.py",
    "mfa_index": "shown to staff: tests/browser/test_browser_staff.py",
    "mfa_login_webauthn": "redirects: tests/circle/test_passkey_sign_in.py",
    "mfa_list_webauthn": "shown to staff: tests/circle/test_second_factor.py",
    "mfa_reauthenticate": "shown to staff: tests/circle/test_second_factor.py",
    "mfa_remove_webauthn": "shown to staff: tests/circle/test_second_factor.py",
    "mfa_view_recovery_codes": "shown to staff: tests/browser/test_browser_staff.py",
    "my_data": "shown to who is signed in: test_browser_rights.py",
    "my_data_file": "a JSON file",
    "my_messages": "shown to who is signed in: test_browser_messages.py",
    "notice_picture": "a picture",
    "notices_feed": "an Atom feed",
    "number_in_doubt": "shown during sign-in: tests/circle/test_numbers.py",
    "people": "shown to who is signed in: test_browser_people.py",
    "refuse_acting": "shown to who is signed in: test_browser_people.py",
    "sessions": "shown to who is signed in: tests/circle/test_idle_sign_out.py",
    "wechat_back": "off; on: tests/circle/test_wechat.py",
    "wechat_disconnect": "takes a POST: tests/circle/test_wechat.py",
    "wechat_start": "leads to WeChat: tests/circle/test_wechat.py",
    "withdraw_consent": "shown to who is signed in: test_browser_rights.py",
    "account_logout": "shown to who is signed in: test_browser_sign_in.py",
}

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from circle.sitemaps import SITEMAPS
from circle.views import (
    buildings,
    circle,
    counting,
    coverage,
    data,
    feedback,
    home,
    look,
    looked,
    me,
    messages,
    notices,
    pages,
    people,
    search,
    second_factor,
    sign_in,
    street_map,
    system,
    what_if,
)

handler400 = "circle.views.errors.bad_request"
handler403 = "circle.views.errors.forbidden"
handler404 = "circle.views.errors.not_found"
handler500 = "circle.views.errors.server_error"
handler429 = "circle.views.errors.too_many_requests"  # allauth looks for it here

urlpatterns = [
    path("healthz", system.healthz, name="healthz"),
    path("readyz", system.readyz, name="readyz"),
    path("robots.txt", system.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("circle/", circle.circle, name="circle"),
        # before the facilities, whose short names they could be
        path("circle/building/", buildings.choose_building, name="choose_building"),
        path("circle/building/<slug:code>/poster/", buildings.building_poster, name="building_poster"),
        path("circle/map/", street_map.circle_map, name="circle_map"),
        path("circle/streets.geojson", street_map.streets, name="streets"),
        path("circle/how-we-count/", counting.how_we_count, name="how_we_count"),
        path("circle/coverage/", coverage.coverage, name="coverage"),
        path("circle/coverage/<slug:table>.<slug:form>", coverage.coverage_table, name="coverage_table"),
        path("circle/what-if/", what_if.what_if, name="what_if"),
        path("circle/what-if/save/", what_if.save_scenario, name="save_scenario"),
        path("circle/what-if/<slug:code>/", what_if.scenario, name="scenario"),
        path("circle/<slug:code>/", circle.facility, name="facility"),
        path("circle/<slug:code>/poster/", circle.poster, name="poster"),
        path("q/<slug:code>", circle.short_link, name="short_link"),
        path("search/", search.search, name="search"),
        path("notices/", notices.notices, name="notices"),
        path("notices/<slug:slug>/", notices.notice, name="notice"),
        path("settings/", look.settings, name="settings"),
        path("settings/elder/<slug:word>/", look.elder, name="elder"),
        path("settings/pace/<slug:word>/", look.pace, name="pace"),
        path("report/", feedback.report, name="report"),
        # The names are allauth's: it looks them up.
        path("sign-in/", sign_in.request_code, name="account_request_login_code"),
        path("sign-in/code/", sign_in.confirm_code, name="account_confirm_login_code"),
        path("sign-in/staff/", sign_in.staff, name="account_login"),
        path("sign-in/staff/code/", second_factor.enter_code, name="mfa_authenticate"),
        path("sign-in/staff/factors/", second_factor.factors, name="mfa_index"),
        path("sign-in/staff/passkeys/", second_factor.factors, name="mfa_list_webauthn"),
        path("sign-in/staff/app/", second_factor.set_up_app, name="mfa_activate_totp"),
        path("sign-in/staff/app/remove/", second_factor.remove_app, name="mfa_deactivate_totp"),
        path("sign-in/staff/passkey/", second_factor.add_passkey, name="mfa_add_webauthn"),
        path("sign-in/staff/passkey/<int:pk>/", second_factor.remove_passkey, name="mfa_remove_webauthn"),
        path("sign-in/staff/recovery/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
        path(
            "sign-in/staff/recovery/new/",
            second_factor.new_recovery_codes,
            name="mfa_generate_recovery_codes",
        ),
        path("sign-in/staff/again/", second_factor.once_more, name="account_reauthenticate"),
        path("sign-in/staff/again/code/", second_factor.once_more, name="mfa_reauthenticate"),
        path("sign-in/inactive/", sign_in.inactive, name="account_inactive"),
        path("sign-out/", sign_in.sign_out, name="account_logout"),
        path("me/", me.me, name="me"),
        path("me/people/", people.people, name="people"),
        path("me/people/act/", people.act_for, name="act_for"),
        path("me/mandates/new/", people.mandate_new, name="mandate_new"),
        path(
            "me/mandates/<uuid:code>/confirm/",
            people.mandate_answer,
            {"verb": "confirm"},
            name="mandate_confirm",
        ),
        path(
            "me/mandates/<uuid:code>/revoke/",
            people.mandate_answer,
            {"verb": "revoke"},
            name="mandate_revoke",
        ),
        path("me/refusals/", people.refuse, name="refuse_acting"),
        path("me/refusals/<uuid:code>/lift/", people.allow, name="allow_acting"),
        path("me/number/", people.number, name="number_in_doubt"),
        path("me/messages/", messages.my_messages, name="my_messages"),
        path("me/messages/<uuid:code>/", messages.wish, name="message_wish"),
        path("me/data/", data.my_data, name="my_data"),
        path("me/data.json", data.my_data_file, name="my_data_file"),
        path("me/data/forget/", data.forget_me, name="forget_me"),
        path("me/data/keep/<uuid:code>/", data.keep_me, name="keep_me"),
        path("me/consents/<int:pk>/withdraw/", data.withdraw_consent, name="withdraw_consent"),
        path("me/looked/", looked.looked, name="looked"),
        path("help/", pages.help_page, name="help"),
        path("help/real/", messages.real, name="real"),
        path("privacy/", pages.privacy, name="privacy"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("services/", include("services.urls")),
        path("eldercare/", include("eldercare.urls")),
        path("childcare/", include("childcare.urls")),
        path("council/", include("council.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from circle.sitemaps import SITEMAPS
from circle.views import circle, feedback, home, look, notices, pages, search, system

handler400 = "circle.views.errors.bad_request"
handler403 = "circle.views.errors.forbidden"
handler404 = "circle.views.errors.not_found"
handler500 = "circle.views.errors.server_error"

urlpatterns = [
    path("healthz", system.healthz, name="healthz"),
    path("readyz", system.readyz, name="readyz"),
    path("robots.txt", system.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("circle/", circle.circle, name="circle"),
        path("circle/<slug:code>/", circle.facility, name="facility"),
        path("circle/<slug:code>/poster/", circle.poster, name="poster"),
        path("q/<slug:code>", circle.short_link, name="short_link"),
        path("search/", search.search, name="search"),
        path("notices/", notices.notices, name="notices"),
        path("notices/<slug:slug>/", notices.notice, name="notice"),
        path("settings/", look.settings, name="settings"),
        path("settings/elder/<slug:word>/", look.elder, name="elder"),
        path("report/", feedback.report, name="report"),
        path("help/", pages.help_page, name="help"),
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

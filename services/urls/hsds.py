"""The open catalogue. The standard names its addresses without a slash at the end."""

from django.urls import path

from services.views import hsds

urlpatterns = [
    path("", hsds.about, name="hsds"),
    path("openapi.json", hsds.openapi, name="hsds_openapi"),
    path("profile/", hsds.profile, name="hsds_profile"),
    path("services", hsds.services, name="hsds_services"),
    path("services/<uuid:code>", hsds.service, name="hsds_service"),
]

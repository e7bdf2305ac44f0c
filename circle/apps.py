from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class CircleConfig(AppConfig):
    name = "circle"
    verbose_name = _("Places and people")
    hooks = {
        "demo": "circle.demo.load",
        "queues": "circle.staff.queues",
        "search": "circle.search.facilities",
    }


class CircleAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "circle.staff.CircleAdminSite"

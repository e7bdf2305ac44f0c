from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CircleConfig(AppConfig):
    name = "circle"
    verbose_name = _("Places and people")
    hooks = {
        "demo": "circle.demo.load_demo",
        "queues": "circle.backoffice.queues.circle_queues",
        "home_visit": "circle.admin.home_visits.home_visit_actions",
        "open_work": "circle.backoffice.queues.in_person_work",
        "search": "circle.search.site_search.search_facilities",
        "tick": "circle.app_hooks.schedule.tick",
        "invariants": "circle.app_hooks.schedule.find_violations",
        "purposes": "circle.app_hooks.personal_data.circle_purposes",
        "personal_data": "circle.app_hooks.personal_data.personal_data",
        "erasure": "circle.app_hooks.personal_data.plan_erasure",
        "audit_labels": "circle.app_hooks.audit_labels.audit_labels",
        "message_events": "circle.app_hooks.message_events.message_events",
        "permissions": "circle.app_hooks.permissions.role_permissions",
    }

    def ready(self) -> None:
        # Here and not above: it imports models. Importing it also registers its system check.
        from circle.audit import append_only

        post_migrate.connect(append_only.install_after_migrate)


class CircleAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "circle.backoffice.site.CircleAdminSite"

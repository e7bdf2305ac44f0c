from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CircleConfig(AppConfig):
    name = "circle"
    verbose_name = _("Places and people")
    hooks = {
        "demo": "circle.demo.load_demo",
        "setup": "circle.backoffice.setup.setup_steps",
        "demo_district": "circle.demo.district.load_district",
        "queues": "circle.backoffice.queues.circle_queues",
        "home_visit": "circle.admin.home_visits.home_visit_actions",
        "open_work": "circle.backoffice.queues.in_person_work",
        "search": "circle.search.site_search.search_facilities",
        "week": "circle.app_hooks.week.week_of_places",
        "tick": "circle.app_hooks.schedule.tick",
        "invariants": "circle.app_hooks.schedule.find_violations",
        "purposes": "circle.app_hooks.personal_data.circle_purposes",
        "personal_data": "circle.app_hooks.personal_data.personal_data",
        "erasure": "circle.app_hooks.personal_data.plan_erasure",
        "waiting": "circle.app_hooks.waiting.waiting_for_login",
        "paper_forms": "circle.app_hooks.paper_forms.paper_forms",
        "site_pages": "circle.app_hooks.site_pages.site_pages",
        "works_for": "circle.app_hooks.works_for.visits_to_make",
        "rule_checks": "circle.app_hooks.rule_checks.rule_checks",
        "audit_labels": "circle.app_hooks.audit_labels.audit_labels",
        "message_events": "circle.app_hooks.message_events.message_events",
        "district_figures": "circle.app_hooks.district_figures.district_figures",
        "monthly_report": "circle.app_hooks.monthly_report.monthly_report",
        "stamped": "circle.app_hooks.stamped.stamped_models",
        "permissions": "circle.app_hooks.permissions.role_permissions",
    }

    def ready(self) -> None:
        # Here and not above: they import models. Importing them also registers their system checks.
        from circle.audit import append_only
        from circle.notifications import deploy_checks  # noqa: F401
        from circle.permissions import same_community
        from circle.web import town_stamp

        post_migrate.connect(append_only.install_after_migrate)
        post_migrate.connect(write_first_rows, sender=self)
        pre_migrate.connect(same_community.drop_before_migrate, sender=self)
        post_migrate.connect(same_community.install_after_migrate, sender=self)
        pre_migrate.connect(town_stamp.drop_before_migrate, sender=self)
        post_migrate.connect(town_stamp.install_after_migrate, sender=self)


def write_first_rows(using: str, **_signal: Any) -> None:
    """Once for each database; their tables are missing where somebody has migrated backwards."""
    from circle.models.keys import KeyCanary, write_canary
    from circle.models.ticks import LastTick, last_tick, save_tick

    tables = connections[using].introspection.table_names()
    if KeyCanary._meta.db_table in tables:
        write_canary()
    if LastTick._meta.db_table in tables and last_tick() is None:
        save_tick(timezone.now())


class CircleAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "circle.backoffice.site.CircleAdminSite"

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EldercareConfig(AppConfig):
    name = "eldercare"
    verbose_name = _("Elder care")
    hooks = {
        "stamped": "eldercare.hooks.stamped.stamped_models",
        "demo": "eldercare.demo.load_demo",
        "district_figures": "eldercare.hooks.district_figures.district_figures",
        "open_work": "eldercare.backoffice.open_work.open_work",
        "home_visit": "eldercare.hooks.resident_card.home_visit_actions",
        "queues": "eldercare.backoffice.queues.care_queues",
        "ratable": "eldercare.hooks.ratable.ratable_care",
        "search": "eldercare.hooks.search.search_group",
        "sitemaps": "eldercare.hooks.sitemaps.care_sitemaps",
        "tick": "eldercare.hooks.schedule.tick",
        "invariants": "eldercare.hooks.schedule.find_violations",
        "purposes": "eldercare.hooks.personal_data.care_purposes",
        "personal_data": "eldercare.hooks.personal_data.personal_data",
        "erasure": "eldercare.hooks.personal_data.plan_erasure",
        "resident_card": "eldercare.hooks.resident_card.card_section",
        "progress": "eldercare.hooks.progress.progress_of_care",
        "waiting": "eldercare.hooks.waiting.waiting_care",
        "own_matters": "eldercare.hooks.own_matters.facts_of_login",
        "real": "eldercare.hooks.real.team_with_number",
        "flows": "eldercare.hooks.flows.flow_pages",
        "at_place": "eldercare.hooks.at_place.place_source",
        "paper_forms": "eldercare.hooks.paper_forms.paper_forms",
        "site_pages": "eldercare.hooks.site_pages.site_pages",
        "works_for": "eldercare.hooks.works_for.care_to_give",
        "person_of_code": "eldercare.hooks.resident_card.person_of_code",
        "appointments": "eldercare.hooks.appointments.care_appointments",
        "audit_labels": "eldercare.hooks.audit_labels.audit_labels",
        "message_events": "eldercare.hooks.message_events.message_events",
        "monthly_report": "eldercare.hooks.monthly_report.monthly_report",
        "official_lists": "eldercare.hooks.official_lists.official_lists",
        "permissions": "eldercare.hooks.permissions.role_permissions",
        "rule_checks": "eldercare.hooks.rule_checks.rule_checks",
    }

    def ready(self) -> None:
        # Here and not above: it imports models.
        from eldercare.hooks import receivers  # noqa: F401 - importing it connects its functions

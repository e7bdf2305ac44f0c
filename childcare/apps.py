from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChildcareConfig(AppConfig):
    name = "childcare"
    verbose_name = _("Nursery")
    hooks = {
        "stamped": "childcare.hooks.stamped.stamped_models",
        "demo": "childcare.demo.load_demo",
        "queues": "childcare.backoffice.queues.nursery_queues",
        "open_work": "childcare.backoffice.days.open_work",
        "search": "childcare.hooks.search.search_group",
        "sitemaps": "childcare.hooks.sitemaps.nursery_sitemaps",
        "tick": "childcare.hooks.schedule.tick",
        "rule_checks": "childcare.hooks.rule_checks.rule_checks",
        "invariants": "childcare.hooks.schedule.find_violations",
        "purposes": "childcare.hooks.personal_data.nursery_purposes",
        "personal_data": "childcare.hooks.personal_data.personal_data",
        "erasure": "childcare.hooks.personal_data.plan_erasure",
        "resident_card": "childcare.hooks.resident_card.card_section",
        "progress": "childcare.hooks.progress.progress_of_application",
        "waiting": "childcare.hooks.waiting.waiting_applications",
        "own_matters": "childcare.hooks.own_matters.facts_of_nursery",
        "flows": "childcare.hooks.flows.flow_pages",
        "at_place": "childcare.hooks.at_place.place_source",
        "paper_forms": "childcare.hooks.paper_forms.paper_forms",
        "site_pages": "childcare.hooks.site_pages.site_pages",
        "works_for": "childcare.hooks.works_for.live_applications",
        "person_of_code": "childcare.hooks.resident_card.person_of_code",
        "audit_labels": "childcare.hooks.audit_labels.audit_labels",
        "message_events": "childcare.hooks.message_events.message_events",
        "appointments": "childcare.hooks.appointments.visit_appointments",
        "monthly_report": "childcare.hooks.monthly_report.monthly_report",
        "permissions": "childcare.hooks.permissions.role_permissions",
    }

    def ready(self) -> None:
        # Here and not above: it imports models.
        from childcare.hooks import receivers  # noqa: F401 - importing it connects its functions

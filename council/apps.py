from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "council"
    verbose_name = _("Residents' council")
    hooks = {
        "stamped": "council.hooks.stamped.stamped_models",
        "demo": "council.demo.load",
        "queues": "council.backoffice.queues.queues",
        "home_visit": "council.hooks.resident_card.home_visit_actions",
        "open_work": "council.backoffice.queues.open_work",
        "search": "council.hooks.search.search_group",
        "sitemaps": "council.hooks.sitemaps.sitemaps",
        "week": "council.hooks.week.week_of_meetings",
        "tick": "council.hooks.schedule.tick",
        "invariants": "council.hooks.schedule.invariants",
        "purposes": "council.hooks.personal_data.purposes",
        "personal_data": "council.hooks.personal_data.personal_data",
        "erasure": "council.hooks.personal_data.plan_erasure",
        "resident_card": "council.hooks.resident_card.card_section",
        "progress": "council.hooks.progress.progress_of_topic",
        "flows": "council.hooks.flows.flow_pages",
        "paper_forms": "council.hooks.paper_forms.paper_forms",
        "site_pages": "council.hooks.site_pages.site_pages",
        "works_for": "council.hooks.works_for.open_topics",
        "person_of_code": "council.hooks.resident_card.person_of_code",
        "audit_labels": "council.hooks.audit_labels.audit_labels",
        "message_events": "council.hooks.message_events.message_events",
        "monthly_report": "council.hooks.monthly_report.monthly_report",
        "official_lists": "council.hooks.official_lists.official_lists",
        "permissions": "council.hooks.permissions.permissions",
    }

    def ready(self) -> None:
        # Here and not above: it imports models.
        from council.hooks import receivers  # noqa: F401 - importing it connects its functions

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    verbose_name = _("One-stop hall")
    hooks = {
        "stamped": "services.hooks.stamped.stamped_models",
        "flows": "services.hooks.flows.flow_pages",
        "demo": "services.demo.load_demo",
        "new_community": "services.hooks.new_community.load_items",
        "setup": "services.hooks.setup.setup_steps",
        "demo_district": "services.demo.district.load_district",
        "open_work": "services.backoffice.case_boards.open_work",
        "home_visit": "services.hooks.resident_card.home_visit_actions",
        "queues": "services.backoffice.queues.hall_queues",
        "search": "services.hooks.search.search_group",
        "sitemaps": "services.hooks.sitemaps.hall_sitemaps",
        "unlisted_paths": "services.hooks.sitemaps.unlisted_paths",
        "week": "services.hooks.week.week_of_hall",
        "tick": "services.hooks.schedule.tick",
        "invariants": "services.hooks.schedule.find_violations",
        "purposes": "services.hooks.personal_data.hall_purposes",
        "personal_data": "services.hooks.personal_data.personal_data",
        "erasure": "services.hooks.personal_data.plan_erasure",
        "resident_card": "services.hooks.resident_card.card_section",
        "last_places": "services.hooks.last_places.places_of_bookings",
        "progress": "services.hooks.progress.progress_of_booking",
        "waiting": "services.hooks.waiting.waiting_bookings",
        "own_matters": "services.hooks.own_matters.facts_of_hall",
        "real": "services.hooks.real.certificates_with_code",
        "paper_forms": "services.hooks.paper_forms.paper_forms",
        "site_pages": "services.hooks.site_pages.site_pages",
        "works_for": "services.hooks.works_for.live_matters",
        "identity_seen": "services.hooks.real.is_identity_seen",
        "person_of_code": "services.hooks.resident_card.person_of_code",
        "appointments": "services.hooks.appointments.hall_appointments",
        "audit_labels": "services.hooks.audit_labels.audit_labels",
        "ratable": "services.hooks.ratable.ratable_things",
        "rule_checks": "services.hooks.rule_checks.rule_checks",
        "message_events": "services.hooks.message_events.message_events",
        "district_figures": "services.hooks.district_figures.district_figures",
        "monthly_report": "services.hooks.monthly_report.monthly_report",
        "official_lists": "services.hooks.official_lists.official_lists",
        "permissions": "services.hooks.permissions.role_permissions",
    }

    def ready(self) -> None:
        # Here and not above: it imports models.
        from services.hooks import receivers  # noqa: F401 - importing it connects its functions

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EldercareConfig(AppConfig):
    name = "eldercare"
    verbose_name = _("Elder care")
    hooks = {
        "demo": "eldercare.demo.load",
        "open_work": "eldercare.desk.open_work",
        "doorstep": "eldercare.cards.door_acts",
        "queues": "eldercare.desk.queues",
        "search": "eldercare.search.kinds",
        "sitemaps": "eldercare.sitemaps.sitemaps",
        "tick": "eldercare.duties.tick",
        "invariants": "eldercare.duties.invariants",
        "purposes": "eldercare.kept.purposes",
        "personal_data": "eldercare.kept.personal_data",
        "erasure": "eldercare.kept.traces",
        "resident_card": "eldercare.cards.part",
        "person_of_code": "eldercare.cards.person_of_code",
    }

    def ready(self) -> None:
        # Here and not above: it imports models.
        from eldercare import receivers  # noqa: F401 - importing it connects its functions

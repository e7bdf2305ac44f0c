from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "council"
    verbose_name = _("Residents' council")
    hooks = {
        "demo": "council.demo.load",
        "queues": "council.desk.queues.queues",
        "doorstep": "council.cards.door_acts",
        "open_work": "council.desk.queues.open_work",
        "search": "council.search.matters",
        "sitemaps": "council.sitemaps.sitemaps",
        "tick": "council.duties.tick",
        "invariants": "council.duties.invariants",
        "purposes": "council.kept.purposes",
        "personal_data": "council.kept.personal_data",
        "erasure": "council.kept.traces",
        "resident_card": "council.cards.part",
        "person_of_code": "council.cards.person_of_code",
    }

    def ready(self) -> None:
        # Here and not above: it imports models.
        from council import receivers  # noqa: F401 - importing it connects its functions

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    verbose_name = _("One-stop hall")
    hooks = {
        "demo": "services.demo.load",
        "doorstep": "services.cards.door_acts",
        "queues": "services.desk.queues",
        "search": "services.search.items",
        "sitemaps": "services.sitemaps.sitemaps",
        "tick": "services.duties.tick",
        "invariants": "services.duties.invariants",
        "purposes": "services.kept.purposes",
        "personal_data": "services.kept.personal_data",
        "erasure": "services.kept.traces",
        "resident_card": "services.cards.part",
        "person_of_code": "services.cards.person_of_code",
    }

    def ready(self) -> None:
        # Here and not above: it imports models.
        from services import receivers  # noqa: F401 - importing it connects its functions

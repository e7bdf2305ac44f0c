from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChildcareConfig(AppConfig):
    name = "childcare"
    verbose_name = _("Nursery")
    hooks = {
        "demo": "childcare.demo.load",
        "queues": "childcare.desk.queues.queues",
        "open_work": "childcare.desk.days.open_work",
        "search": "childcare.search.classes",
        "tick": "childcare.duties.tick",
        "invariants": "childcare.duties.invariants",
        "purposes": "childcare.kept.purposes",
        "personal_data": "childcare.kept.personal_data",
        "erasure": "childcare.kept.traces",
        "resident_card": "childcare.cards.part",
        "person_of_code": "childcare.cards.person_of_code",
    }

    def ready(self) -> None:
        # Here and not above: it imports models.
        from childcare import receivers  # noqa: F401 - importing it connects its functions

from django.db import models
from django.utils.translation import pgettext_lazy


class Office(models.TextChoices):
    """Who signs an answer and is late in public: always an office, never a person."""

    COMMITTEE = "committee", pgettext_lazy("office", "residents' committee")
    OWNERS = "owners", pgettext_lazy("office", "owners' committee")
    PROPERTY = "property", pgettext_lazy("office", "property management")
    COUNCIL = "council", pgettext_lazy("office", "residents' council")

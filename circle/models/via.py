from django.db import models
from django.utils.translation import gettext_lazy as _


class Via(models.TextChoices):
    """The channel by which a matter arrived; all use the same actions and statistics."""

    ONLINE = "online", _("online")
    PHONE = "phone", _("by phone")
    WINDOW = "window", _("at the window")
    WALK_IN = "walk_in", _("walk-in")
    DOOR = "door", _("at the door")

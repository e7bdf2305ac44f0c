from django.db import models
from django.utils.translation import gettext_lazy as _


class Via(models.TextChoices):
    """The way a matter reached us; all of them lead through the same actions and the same statistics."""

    ONLINE = "online", _("online")
    PHONE = "phone", _("by phone")
    WINDOW = "window", _("at the window")
    WALK_IN = "walk_in", _("walk-in")
    DOOR = "door", _("at the door")

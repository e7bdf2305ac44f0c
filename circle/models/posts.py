import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.places import Community
from circle.roles import Role, roles_with


class StaffPostQuerySet(models.QuerySet["StaffPost"]):
    def active(self, on: dt.date) -> Self:
        """Held on that day, the last one included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class StaffPost(models.Model):
    """Who works for which community as what, from when until when. What a role may do: circle/roles.py."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="posts", verbose_name=_("community")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("login")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = StaffPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["community", "role", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user", "role", "starts_on"],
                name="staff_post_once",
                violation_error_message=_("This post is already held from that day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="staff_post_ends_after_it_starts",
                violation_error_message=_("A post cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


def within_posts(user: User, permission: str, path: str = "community") -> Q:
    """The rows that staff may reach: those of the communities where a post of theirs gives the permission.

    Whoever holds the permission without a post (the owner of the installation) reaches every community.
    The base of each model's `for_user`. `path` leads from the row to its community.
    """
    if not user.is_active:
        return Q(pk__in=[])
    if user.holds_everywhere(permission):
        return ~Q(pk__in=[])  # every row; an empty Q() would vanish beside another condition
    posts = StaffPost.objects.active(timezone.localdate()).filter(user=user, role__in=roles_with(permission))
    return Q(**{f"{path}__in": posts.values("community")})

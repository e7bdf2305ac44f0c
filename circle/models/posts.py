import datetime as dt
from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.models.absences import Absence
from circle.models.facilities import Facility
from circle.models.firms import Firm
from circle.models.people import User
from circle.models.places import Building, Community, Grid
from circle.models.read_once import is_reading_once
from circle.models.roles import LIMITS, OF_A_FACILITY, Role, roles_with


class StaffPostQuerySet(models.QuerySet["StaffPost"]):
    def active(self, on: dt.date) -> Self:
        """Held on that day, the last one included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def giving(self, permission: str) -> Self:
        return self.filter(role__in=roles_with(permission))

    def community_wide(self) -> Self:
        return self.filter(grid=None, building=None, firm=None)

    def looking_after(self, building: int | None) -> Self:
        """The posts that visit this building: the grid worker first, then the building head."""
        near = self.filter(Q(grid__buildings=building) | Q(building=building)) if building else self.none()
        return near.order_by(F("grid").asc(nulls_last=True), "pk")

    def away(self, on: dt.date) -> Self:
        return self.filter(absences__starts_on__lte=on, absences__ends_on__gte=on).distinct()

    def to_hand_over(self, on: dt.date, soon: dt.timedelta = dt.timedelta()) -> Self:
        """Posts whose holder is or soon will be away, and ended ones that were not renewed."""
        away = Absence.objects.filter(starts_on__lte=on + soon, ends_on__gte=on)
        held = StaffPost.objects.active(on).filter(
            user=OuterRef("user"), community=OuterRef("community"), role=OuterRef("role")
        )
        is_over = Q(ends_on__lt=on) & ~Exists(held)
        return self.filter(Q(pk__in=away.values("post")) | is_over)


def limit_of_role() -> Q:
    """The constraint that a post names a grid, building or firm exactly where its role is limited to one."""
    empty = {"grid": Q(grid=None), "building": Q(building=None), "firm": Q(firm=None)}
    fits = Q(*empty.values()) & ~Q(role__in=list(LIMITS))
    for role, name in LIMITS.items():
        others = [is_empty for field, is_empty in empty.items() if field != name]
        fits |= Q(*others, role=role) & ~empty[name]
    return fits


class StaffPost(models.Model):
    """A post: a login's role in a community from one day to another. Its permissions: models/roles.py."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="posts", verbose_name=_("community")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("login")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    grid = models.ForeignKey(
        Grid,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("grid"),
        help_text=_("Of a grid worker: they see people of this grid only."),
    )
    building = models.ForeignKey(
        Building,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("building"),
        help_text=_("Of the head of a building."),
    )
    firm = models.ForeignKey(
        Firm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("firm"),
        help_text=_("Of a property manager: they see the matters that are assigned to this firm."),
    )
    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("facility"),
        help_text=_("Of the head or a nurse of one nursery among several: they see the matters of this one."),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    same_community = ("grid", "building", "facility")

    objects = StaffPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["community", "role", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user", "role", "starts_on"],
                condition=Q(grid=None, building=None, firm=None, facility=None),
                name="staff_post_once",
                violation_error_message=_("This post is already held from that day."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "facility", "starts_on"],
                name="staff_post_once_per_facility",
                violation_error_message=_("This post is already held from that day."),
            ),
            models.UniqueConstraint(
                fields=["user", "grid", "starts_on"],
                name="staff_post_once_per_grid",
                violation_error_message=_("This post is already held from that day."),
            ),
            models.UniqueConstraint(
                fields=["user", "building", "starts_on"],
                name="staff_post_once_per_building",
                violation_error_message=_("This post is already held from that day."),
            ),
            models.UniqueConstraint(
                fields=["user", "firm", "starts_on"],
                name="staff_post_once_per_firm",
                violation_error_message=_("This post is already held from that day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="staff_post_ends_after_it_starts",
                violation_error_message=_("A post cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=limit_of_role(),
                name="staff_post_limit_fits_its_role",
                violation_error_message=_(
                    "A grid worker needs a grid, the head of a building a building, a property manager "
                    "a firm; no other role has one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(facility=None) | Q(role__in=OF_A_FACILITY),
                name="staff_post_facility_fits_its_role",
                violation_error_message=_("Only the head and the nurses of a nursery have a facility."),
            ),
        ]
        permissions = [
            ("hand_over_staffpost", _("Can hand over the open work of colleagues")),
            ("appoint_staffpost", _("Can give and end posts of the community")),
            ("unlock_staffpost", _("Can take a lost second step off a colleague")),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @property
    def is_limited(self) -> bool:
        """To a grid, a building or a firm."""
        return self.role in LIMITS


def posts_of(user: User) -> list[StaffPost]:
    """The posts that this login holds today; one query per user object, that is per request."""
    if not user.is_active:
        return []
    if not hasattr(user, "held_posts"):
        user.held_posts = held_today(user)  # type: ignore[attr-defined]
    found: list[StaffPost] = user.held_posts  # type: ignore[attr-defined]
    return found


def held_today(user: User) -> list[StaffPost]:
    return list(StaffPost.objects.active(timezone.localdate()).filter(user=user))


def posts_giving(user: User, permission: str) -> list[StaffPost]:
    """Within a page that writes nothing they are those of `posts_of`; an action reads them anew."""
    held = posts_of(user) if is_reading_once() else held_today(user)
    roles = roles_with(permission)
    return [post for post in held if post.role in roles]


def logins_with_role(
    community_id: int, role: Role, on: dt.date, facility_id: int | None = None
) -> "models.QuerySet[User]":
    """Who holds the post in a community on a day: the people that a message to a post goes to.

    Of a facility: whose post is for all of them, or for this one."""
    posts = StaffPost.objects.active(on).filter(community=community_id, role=role)
    if facility_id:
        posts = posts.filter(Q(facility=None) | Q(facility=facility_id))
    return User.objects.filter(posts__in=posts, is_active=True).distinct()


def firms_of(user: User, permission: str) -> "models.QuerySet[Firm]":
    """The firms for which this login holds a post with the permission, for a condition `firm__in`."""
    posts = StaffPost.objects.active(timezone.localdate()).giving(permission)
    return Firm.objects.filter(posts__in=posts.filter(user=user))


def in_own_grid(user: User, permission: str, near: str) -> Q:
    """The condition for rows in the grids of this login; `near` is the path from the row to its building."""
    return Q(**{f"{near}grid__in": {post.grid_id for post in posts_giving(user, permission)} - {None}})


def of_places(communities: object, facilities: object, path: str, places: Sequence[str]) -> Q:
    """Rows of these communities, of these facilities, and in the community of no facility."""
    found = Q(**{f"{path}__in": communities})
    for place in places:
        found |= Q(**{f"{place}__in": facilities})
    return found


def within_posts(
    user: User,
    permission: str,
    path: str = "community",
    near: str | None = None,
    held: str = "",
    places: Sequence[str] = (),
) -> Q:
    """The condition for rows of the communities where a post of this login gives the permission.

    With the permission but without a post (the owner of the installation) every community is included.
    Each model's `for_user` uses it. `path` leads from the row to its community. A post limited to a grid, a
    building or a firm includes rows only by `near`, the path from the row to its building ("building__", and
    "" where the row is one), for grid workers, and by `held`, the column of the login to whom a row is
    assigned. With `places`, the paths to its facilities, a post that names a facility includes its rows only.
    """
    if not user.is_active:
        return Q(pk__in=[])
    if user.has_global_permission(permission):
        return ~Q(pk__in=[])  # every row; an empty Q() would vanish beside another condition
    posts = posts_giving(user, permission)
    wide = [post for post in posts if not post.is_limited]
    of_all = {post.community_id for post in wide if not (places and post.facility_id)}
    found = of_places(of_all, {post.facility_id for post in wide} - {None}, path, places)
    if near is not None:
        found |= in_own_grid(user, permission, near)
    if held:
        found |= Q(**{held: user.pk, f"{path}__in": {post.community_id for post in posts}})
    return found

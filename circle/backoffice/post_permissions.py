"""Permissions that staff have by their posts, and the rows that these include."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from circle.identifiers.public_codes import parse_uuids
from circle.models import (
    Resident,
    StaffPost,
    User,
    posts_of,
)
from circle.models.posts import of_places
from circle.models.residents import ResidentQuerySet
from circle.models.roles import role_permissions
from circle.permissions.on_behalf import HOME_VISIT_PERMISSION


class PostBackend(BaseBackend):
    """Django permissions from the posts held today, in addition to one's own and those of groups."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or obj is not None:
            return set()
        posts = posts_of(user_obj)
        roles = frozenset(post.role for post in posts)
        known: tuple[frozenset[str], set[str]] = getattr(user_obj, "granted_to_roles", (frozenset(), set()))
        if known[0] != roles:
            granted = role_permissions()
            known = roles, set().union(*(granted.get(role, ()) for role in roles))
            user_obj.granted_to_roles = known
        return known[1]

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(name.startswith(f"{app_label}.") for name in self.get_all_permissions(user_obj))


def posts_with_permission(request: HttpRequest, permission: str) -> list[StaffPost]:
    granted = role_permissions()
    return [post for post in posts_of(cast(User, request.user)) if permission in granted[post.role]]


def communities_with_permission(
    request: HttpRequest, permission: str, *, of_all_facilities: bool = False
) -> set[int] | None:
    """The communities where posts of this user give the permission; None for all.

    Those of posts that name a facility are left out where only `of_all_facilities` counts.

    As plain ids: with them the database walks an index of (community, …), with a subquery it would sort.
    """
    if cast(User, request.user).has_global_permission(permission):
        return None
    wide = [post for post in posts_with_permission(request, permission) if not post.is_limited]
    return {post.community_id for post in wide if not (of_all_facilities and post.facility_id)}


def within_reach(
    request: HttpRequest,
    permission: str,
    path: str = "community",
    near: str | None = None,
    held: str = "",
    places: Sequence[str] = (),
) -> Q:
    """The condition for the rows of these posts; the paths are those of `within_posts`."""
    communities = communities_with_permission(request, permission, of_all_facilities=bool(places))
    if communities is None:
        return ~Q(pk__in=[])
    facilities = {post.facility_id for post in posts_with_permission(request, permission)} - {None}
    found = of_places(communities, facilities, path, places)
    limited = [post for post in posts_with_permission(request, permission) if post.is_limited]
    if near is not None and limited:
        found |= Q(**{f"{near}grid__in": {post.grid_id for post in limited} - {None}})
    if held and limited:
        found |= Q(**{held: request.user.pk, f"{path}__in": {post.community_id for post in limited}})
    return found


def require_permissions(request: HttpRequest, *permissions: str) -> None:
    """403 without one of them, before anything of the page is shown."""
    if not cast(User, request.user).has_perms(permissions):
        raise PermissionDenied


def visible_residents(request: HttpRequest) -> ResidentQuerySet:
    """The residents whom this user's posts let them see, with the dead and the duplicates."""
    return Resident.objects.filter(within_reach(request, "circle.view_resident", near="building__"))


def visited_resident(request: HttpRequest) -> Resident:
    """The resident of ?resident=, from one's own grid; 404 for all others."""
    if not request.user.has_perm(HOME_VISIT_PERMISSION):
        raise PermissionDenied
    people = Resident.objects.filter(within_reach(request, HOME_VISIT_PERMISSION, near="building__")).living()
    found = people.select_related("community", "building", "household", "login")
    return get_object_or_404(found, code__in=parse_uuids(request.GET.get("resident", "")))

"""A new community with its grids, and its first director."""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.audit.log import record
from circle.models import Community, Grid, StaffPost, User
from circle.models.roles import Role
from circle.walking.datum import is_plausible, to_wgs84

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # a password of that day must be changed at once


@transaction.atomic
def open_community(
    *, values: Mapping[str, Any], grids: Iterable[Mapping[str, str]], at: dt.datetime
) -> tuple[Community, bool]:
    """The community with that short name and whether it is new; one that is there stays as it is.

    `values` are its columns, with the point of its gate in `datum`. Grids that it lacks are added.
    Refuses: outside_china, and what the models refuse.
    """
    community = Community.objects.filter(slug=values["slug"]).first()
    is_new = community is None
    if community is None:
        community = Community(**columns_of(values))
        community.full_clean()
        community.save()
        record(verb="community_opened", subject=community, community=community, at=at)
    for row in grids:
        if not community.grids.filter(code=row["code"]).exists():
            grid = Grid(community=community, **row)
            grid.full_clean()
            grid.save()
    return community, is_new


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    datum = values.get("datum", "wgs84")
    entered = (float(values["longitude"]), float(values["latitude"]))
    if not is_plausible(entered, datum):
        raise ValidationError(
            _("This point lies outside China. Are longitude and latitude swapped?"), code="outside_china"
        )
    east, north = to_wgs84(entered, datum)
    return {name: value for name, value in values.items() if name != "datum"} | {
        "longitude": Decimal(f"{east:.6f}"),
        "latitude": Decimal(f"{north:.6f}"),
        "datum_entered": datum,
        "longitude_entered": Decimal(f"{entered[0]:.6f}"),
        "latitude_entered": Decimal(f"{entered[1]:.6f}"),
    }


@transaction.atomic
def invite_director(*, community: Community, email: str, name: str, at: dt.datetime) -> str:
    """Give the director's post to the login of this address; returns a password for its first sign-in.

    Empty where the login is there already, with a password of its own. The new one is shown once, stored
    nowhere in clear, and must be changed at the first sign-in.
    Refuses: what the models refuse.
    """
    login, password = User.objects.filter(email__iexact=email).first(), ""
    if login is None:
        password = f"{secrets.token_urlsafe(12)}-7Aa"  # of all the kinds of signs that passwords need
        login = User(email=User.objects.normalize_email(email), name=name, is_staff=True)
        login.set_password(password)
        login.password_set_at = LONG_AGO
        login.full_clean()
        login.save()
    post = StaffPost(community=community, user=login, role=Role.DIRECTOR, starts_on=localdate(at))
    held = StaffPost.objects.active(localdate(at)).filter(user=login, community=community, role=Role.DIRECTOR)
    if not held.exists():
        post.full_clean()
        post.save()
        record(verb="post_given", subject=post, community=community, at=at, role=post.role)
    return password

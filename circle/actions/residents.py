"""The register of people."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.formats.language import is_english
from circle.identifiers.person_names import visible_name
from circle.identifiers.phone_numbers import parse_phone
from circle.models import Building, Community, Resident, User

NAME_LENGTH = 60


def find_or_register(*, community: Community, name: str, phone: str, at: dt.datetime, by: User) -> Resident:
    """The living resident of this phone and name, else a newly registered one.

    Refuses: name_missing, name_too_long, phone_invalid.
    """
    known = None
    if phone:
        people = community.people.living().with_phone(parse_phone(phone))
        known = people.filter(name=visible_name(name)).first()
    return known or register_resident(community=community, name=name, phone=phone, at=at, by=by)


@transaction.atomic
def register_resident(
    *,
    community: Community,
    name: str,
    at: dt.datetime,
    by: User | None,
    phone: str = "",
    login: User | None = None,
    building: Building | None = None,
) -> Resident:
    """Register a person in the community, with or without a phone.

    Refuses: name_missing, name_too_long, phone_invalid, other_community (of the building).
    """
    name = visible_name(name)
    if not name:
        raise ValidationError(_("Enter a name."), code="name_missing")
    if len(name) > NAME_LENGTH:
        raise ValidationError(
            _("A name has at most %(length)s characters."),
            code="name_too_long",
            params={"length": NAME_LENGTH},
        )
    if building and building.community_id != community.pk:
        raise ValidationError(_("This building stands in another community."), code="other_community")
    resident = Resident(community=community, name=name, login=login, building=building)
    resident.phone = parse_phone(phone) if phone else ""
    resident.language = Resident.Language.EN if is_english() else Resident.Language.ZH
    resident.save()
    record(verb="resident_registered", subject=resident, community=community, at=at, actor=by)
    return resident

"""The demo hook of services: the catalogue, the hall's counters, a month of bookings, a family, messages."""

from circle.models import Community
from services.demo import catalogue, family, hall, messages


def load(community: Community) -> None:
    catalogue.load(community)
    hall.load(community)
    family.load(community)
    messages.load(community)

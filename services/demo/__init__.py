"""The demo hook of services: the catalogue, the hall's counters, a month of bookings, a family."""

from circle.models import Community
from services.demo import catalogue, family, hall


def load(community: Community) -> None:
    catalogue.load(community)
    hall.load(community)
    family.load(community)

"""The demo hook of services: the catalogue, the hall's counters, and a month of bookings."""

from circle.models import Community
from services.demo import catalogue, hall


def load(community: Community) -> None:
    catalogue.load(community)
    hall.load(community)

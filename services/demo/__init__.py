"""The demo hook of services: the catalogue, and what residents and staff do with it."""

from circle.demo.surveys import load_surveys
from circle.models import Community
from services.demo.cases import load_cases
from services.demo.catalogue import load_catalogue
from services.demo.certificates import load_certificates
from services.demo.family import load_family
from services.demo.hall import load_hall
from services.demo.loans import load_loans
from services.demo.messages import load_messages
from services.demo.ratings import load_ratings
from services.demo.registers import load_registers
from services.demo.repairs import load_repairs
from services.demo.tickets import load_tickets
from services.demo.waiting import load_waiting


def load_demo(community: Community) -> None:
    load_catalogue(community)
    load_hall(community)
    load_family(community)
    load_waiting(community)
    load_certificates(community)
    load_registers(community)
    load_tickets(community)
    load_cases(community)
    load_ratings(community)
    load_loans(community)
    load_repairs(community)
    load_surveys(community)
    load_messages(community)

from services.models.bookings import Booking, BookingQuerySet
from services.models.case_papers import CasePaper, CasePhoto
from services.models.case_states import CaseStatus, Holder
from services.models.case_steps import CaseStep, CaseStop
from services.models.cases import AgencyCase, AgencyCaseQuerySet
from services.models.catalogue import (
    Audience,
    Category,
    Material,
    ServiceItem,
    ServiceItemQuerySet,
    Step,
)
from services.models.certificates import CertificateMatter, CommitteeCertificate
from services.models.counters import (
    Counter,
    CounterClosure,
    CounterShift,
    Slot,
    next_online_slot,
    online_slots,
)
from services.models.flows import Flow, FlowPage, flow_pages
from services.models.identities import IdentitySeen
from services.models.loans import AidLoan, AidLoanQuerySet, AidStock
from services.models.registers import RegisterEntry, RegisterEntryQuerySet
from services.models.repairs import Repair, RepairLink, RepairPhoto, RepairQuerySet
from services.models.residence import ResidenceRule
from services.models.ticket_halls import TicketHall, TicketSeries
from services.models.tickets import Ticket, TicketQuerySet
from services.models.waiting import HallWaiting, HallWaitingQuerySet

__all__ = [
    "AgencyCase",
    "AgencyCaseQuerySet",
    "AidLoan",
    "AidLoanQuerySet",
    "AidStock",
    "Audience",
    "Booking",
    "BookingQuerySet",
    "CasePaper",
    "CasePhoto",
    "CaseStatus",
    "CaseStep",
    "CaseStop",
    "Category",
    "CertificateMatter",
    "CommitteeCertificate",
    "Counter",
    "CounterClosure",
    "CounterShift",
    "Flow",
    "FlowPage",
    "HallWaiting",
    "HallWaitingQuerySet",
    "Holder",
    "IdentitySeen",
    "Material",
    "RegisterEntry",
    "RegisterEntryQuerySet",
    "Repair",
    "RepairLink",
    "RepairPhoto",
    "RepairQuerySet",
    "ResidenceRule",
    "ServiceItem",
    "ServiceItemQuerySet",
    "Slot",
    "Step",
    "Ticket",
    "TicketHall",
    "TicketQuerySet",
    "TicketSeries",
    "flow_pages",
    "next_online_slot",
    "online_slots",
]

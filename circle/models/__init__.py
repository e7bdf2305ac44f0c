from circle.models.absences import Absence
from circle.models.acting_bans import ActingBan
from circle.models.alarms import Alarm, AlarmStep, DutyShift
from circle.models.base import Bilingual, Sealed, SealedIndex, SealedText, tail_of
from circle.models.busy import Busy
from circle.models.calendar import CalendarYear
from circle.models.calendar_days import CalendarDay
from circle.models.candidate_sites import CandidateSite
from circle.models.closures import ClosedPeriod
from circle.models.consents import Consent
from circle.models.coverage import Coverage, CoverageGap, CoverageHome, CoverageShare
from circle.models.erasures import Erasure
from circle.models.facilities import Closure, Facility, FacilityChange, FacilityKind, OpeningHours
from circle.models.firms import Firm
from circle.models.guardians import Guardianship
from circle.models.inventories import Inventory
from circle.models.keys import KeyCanary
from circle.models.mandates import Mandate
from circle.models.merges import Merge
from circle.models.message_preferences import MessagePreference
from circle.models.messages import Message, SmsTemplate
from circle.models.missed_searches import MissedSearch
from circle.models.monthly_reports import MonthlyReport
from circle.models.moves import Residence
from circle.models.norms import Norm
from circle.models.notices import Notice
from circle.models.official_forms import OfficialForm
from circle.models.once import Once
from circle.models.passes import SignInPass
from circle.models.people import User
from circle.models.places import Building, Community, Dimension, Grid, Located
from circle.models.posts import StaffPost, firms_of, in_own_grid, posts_of, within_posts
from circle.models.ratings import Rating, RatingFollowUp
from circle.models.records import Anchor, AppendOnly, Edit, Purge, PurgePermit, Record, Seal
from circle.models.reports import PageReport
from circle.models.residents import Household, Resident, ids_represented_by, own_ids
from circle.models.reveals import Reveal
from circle.models.rules import Rule
from circle.models.scenarios import Scenario
from circle.models.searchable import Searchable
from circle.models.signposts import Signpost, SignpostHours
from circle.models.street_networks import StreetNetwork
from circle.models.surveys import Survey, SurveyAnswer, SurveyInvitation
from circle.models.ticks import LastTick
from circle.models.town_stamps import TownStamp
from circle.models.via import Via
from circle.models.walk_runs import WalkRun
from circle.models.walks import WalkTime
from circle.models.wechat import WeChatLogin

__all__ = [
    "Absence",
    "ActingBan",
    "Alarm",
    "AlarmStep",
    "Anchor",
    "AppendOnly",
    "Bilingual",
    "Building",
    "Busy",
    "CalendarDay",
    "CalendarYear",
    "CandidateSite",
    "ClosedPeriod",
    "Closure",
    "Community",
    "Consent",
    "Coverage",
    "CoverageGap",
    "CoverageHome",
    "CoverageShare",
    "Dimension",
    "DutyShift",
    "Edit",
    "Erasure",
    "Facility",
    "FacilityChange",
    "FacilityKind",
    "Firm",
    "Grid",
    "Guardianship",
    "Household",
    "Inventory",
    "KeyCanary",
    "LastTick",
    "Located",
    "Mandate",
    "Merge",
    "Message",
    "MessagePreference",
    "MissedSearch",
    "MonthlyReport",
    "Norm",
    "Notice",
    "OfficialForm",
    "Once",
    "OpeningHours",
    "PageReport",
    "Purge",
    "PurgePermit",
    "Rating",
    "RatingFollowUp",
    "Record",
    "Residence",
    "Resident",
    "Reveal",
    "Rule",
    "Scenario",
    "Seal",
    "Sealed",
    "SealedIndex",
    "SealedText",
    "Searchable",
    "SignInPass",
    "Signpost",
    "SignpostHours",
    "SmsTemplate",
    "StaffPost",
    "StreetNetwork",
    "Survey",
    "SurveyAnswer",
    "SurveyInvitation",
    "TownStamp",
    "User",
    "Via",
    "WalkRun",
    "WalkTime",
    "WeChatLogin",
    "firms_of",
    "ids_represented_by",
    "in_own_grid",
    "own_ids",
    "posts_of",
    "tail_of",
    "within_posts",
]

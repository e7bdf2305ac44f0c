from council.models.action_items import ActionItem, ActionStep
from council.models.agenda import AgendaItem
from council.models.amendments import Amendment
from council.models.annulments import AnnulledResolution
from council.models.bodies import Body, Membership
from council.models.confirmations import ConfirmedPart
from council.models.meetings import Meeting, MeetingQuerySet
from council.models.minutes import (
    AttendanceGroup,
    Decision,
    MinutesVersion,
    Point,
    Sheet,
    Waived,
    text_digest,
)
from council.models.numbers import Series
from council.models.offices import Office
from council.models.papers import Paper
from council.models.postings import Objection, Posting
from council.models.replies import FirmReply, closed_by_firms
from council.models.resolutions import Option, Resolution, Vote
from council.models.roll import (
    Attendance,
    Movement,
    Roll,
    Stay,
    count_roll,
    movements_of,
    roll_entries,
    roll_of,
    rule_of,
    seats_held,
)
from council.models.rules import BodyRule, Quota, required_count
from council.models.stations import Evaluation, PublicAnswer, Station, Support
from council.models.topics import Topic, TopicQuerySet
from council.models.waivers import Waiver

__all__ = [
    "ActionItem",
    "ActionStep",
    "AgendaItem",
    "Amendment",
    "AnnulledResolution",
    "Attendance",
    "AttendanceGroup",
    "Body",
    "BodyRule",
    "ConfirmedPart",
    "Decision",
    "Evaluation",
    "FirmReply",
    "Meeting",
    "MeetingQuerySet",
    "Membership",
    "MinutesVersion",
    "Movement",
    "Objection",
    "Office",
    "Option",
    "Paper",
    "Point",
    "Posting",
    "PublicAnswer",
    "Quota",
    "Resolution",
    "Roll",
    "Series",
    "Sheet",
    "Station",
    "Stay",
    "Support",
    "Topic",
    "TopicQuerySet",
    "Vote",
    "Waived",
    "Waiver",
    "closed_by_firms",
    "count_roll",
    "movements_of",
    "required_count",
    "roll_entries",
    "roll_of",
    "rule_of",
    "seats_held",
    "text_digest",
]

from council.models.agenda import AgendaItem
from council.models.bodies import Body, Membership, Quota, required_count
from council.models.meetings import Meeting, MeetingQuerySet
from council.models.minutes import Decision, MinutesVersion, Point, Sheet, text_digest
from council.models.numbers import Series
from council.models.replies import FirmReply, closed_by_firms
from council.models.resolutions import Resolution
from council.models.roll import Attendance, Roll, count_roll, roll_of, seats_of
from council.models.topics import Topic, TopicQuerySet

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "Decision",
    "FirmReply",
    "Meeting",
    "MeetingQuerySet",
    "Membership",
    "MinutesVersion",
    "Point",
    "Quota",
    "Resolution",
    "Roll",
    "Series",
    "Sheet",
    "Topic",
    "TopicQuerySet",
    "closed_by_firms",
    "count_roll",
    "required_count",
    "roll_of",
    "seats_of",
    "text_digest",
]

from circle.forms.base import Renderer
from circle.forms.circle import CircleForm
from circle.forms.facilities import FacilityForm
from circle.forms.feedback import DoorReportForm, ReportForm
from circle.forms.look import PACE_LABELS, LookForm
from circle.forms.mandates import MandateForm, PeopleSelect
from circle.forms.messages import RealForm
from circle.forms.numbers import NumberForm
from circle.forms.places import BuildingForm, LocatedForm
from circle.forms.wishes import MessageWishForm

__all__ = [
    "PACE_LABELS",
    "BuildingForm",
    "CircleForm",
    "DoorReportForm",
    "FacilityForm",
    "LocatedForm",
    "LookForm",
    "MandateForm",
    "MessageWishForm",
    "NumberForm",
    "PeopleSelect",
    "RealForm",
    "Renderer",
    "ReportForm",
]

from circle.forms.base import Renderer
from circle.forms.circle import CircleForm
from circle.forms.facilities import FacilityForm
from circle.forms.feedback import HomeVisitReportForm, ReportForm
from circle.forms.look import PACE_LABELS, DisplayPreferencesForm
from circle.forms.mandates import MandateForm, PeopleSelect
from circle.forms.messages import MessageCodeForm
from circle.forms.numbers import NumberForm
from circle.forms.places import BuildingForm, LocatedForm
from circle.forms.wishes import MessagePreferenceForm

__all__ = [
    "PACE_LABELS",
    "BuildingForm",
    "CircleForm",
    "DisplayPreferencesForm",
    "FacilityForm",
    "HomeVisitReportForm",
    "LocatedForm",
    "MandateForm",
    "MessageCodeForm",
    "MessagePreferenceForm",
    "NumberForm",
    "PeopleSelect",
    "Renderer",
    "ReportForm",
]

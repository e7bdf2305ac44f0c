from circle.forms.base import Renderer
from circle.forms.circle import CircleForm
from circle.forms.display_preferences import PACE_LABELS, DisplayPreferencesForm
from circle.forms.facilities import FacilityForm
from circle.forms.located import LocatedForm
from circle.forms.mandates import MandateForm, PeopleSelect
from circle.forms.message_preferences import AddressCodeForm, MessagePreferenceForm, masked_unconfirmed
from circle.forms.messages import MessageCodeForm
from circle.forms.phone_numbers import NumberForm
from circle.forms.places import BuildingForm
from circle.forms.reports import HomeVisitReportForm, ReportForm

__all__ = [
    "PACE_LABELS",
    "AddressCodeForm",
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
    "masked_unconfirmed",
]

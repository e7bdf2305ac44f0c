from django import forms
from django.utils.translation import gettext_lazy as _

from circle.actions import report_death, take_back_death
from circle.admin.resident_actions import is_alive
from circle.backoffice.row_actions import RowAction, RowForm, pass_row_as


class DeathForm(RowForm):
    died_on = forms.DateField(label=_("Day of death"), widget=forms.DateInput(attrs={"type": "date"}))


class WhyForm(RowForm):
    reason = forms.CharField(label=_("Why?"), max_length=120, widget=forms.Textarea(attrs={"rows": 2}))


DEATH = RowAction(
    name="death",
    label=_("Report a death"),
    button=_("Keep it, and stop what stands"),
    form=DeathForm,
    perform=pass_row_as("resident", report_death),
    available=is_alive,
    sentence=(
        _("Bookings, care, meals, messages and mandates of this person end at once."),
        _("Nobody gets a message about it. Please speak with the family yourself."),
    ),
    done=_("It is kept, and what stood is stopped."),
)
DEATH_BACK = RowAction(
    name="death-back",
    label=_("Take back a death that was reported by mistake"),
    button=_("Take it back"),
    form=WhyForm,
    perform=pass_row_as("resident", take_back_death),
    available=lambda resident, at: resident.died_on is not None,
    sentence=_("What was stopped has to be arranged anew."),
    done=_("It is taken back."),
)

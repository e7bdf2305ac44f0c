"""Forms of the nursery on paper: the hook `paper_forms`."""

from django.utils.translation import gettext as _

from childcare.forms.applications import TASKS
from childcare.forms.days import AbsenceForm, LeaveForm
from childcare.forms.start import StartForm
from childcare.forms.wishes import WishForm
from circle.forms.paper import PaperForm
from circle.models import Community


def paper_forms(community: Community) -> list[PaperForm]:
    day, board = "admin:childcare_childday_sheet", "admin:childcare_application_board"
    return [
        PaperForm(
            "nursery",
            _("Apply for the nursery"),
            "admin:childcare_application_new",
            (StartForm, *TASKS.values()),
        ),
        PaperForm("nursery-wish", _("Another class or first day"), board, (WishForm,)),
        PaperForm("nursery-absence", _("My child stays away"), day, (AbsenceForm,)),
        PaperForm("nursery-leave", _("My child leaves the nursery"), board, (LeaveForm,)),
    ]

"""Forms of the hall on paper: the hook `paper_forms`."""

from django.utils.translation import gettext as _

from circle.forms.paper import PaperForm
from circle.models import Community
from services.forms import ChildForm, NameForm, WaitForm


def paper_forms(community: Community) -> list[PaperForm]:
    """A booking says between which days; the clerk finds the time, or a place in the waiting list."""
    entry = "admin:services_booking_new"
    return [
        PaperForm("hall", _("Book at the one-stop hall"), entry, (NameForm, WaitForm)),
        PaperForm("child", _("Enter my child"), entry, (NameForm, ChildForm)),
    ]

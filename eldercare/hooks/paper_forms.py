"""Forms of elder care on paper: the hook `paper_forms`."""

from django.utils import timezone
from django.utils.translation import gettext as _

from circle.forms.paper import PaperForm
from circle.models import Community
from eldercare.forms import EnrolPaperForm, NeedsForm
from eldercare.models import CareKind, SchoolClass


def paper_forms(community: Community) -> list[PaperForm]:
    """One for each kind that can be asked for, with its own questions."""
    kinds = CareKind.objects.public(community).askable().prefetch_related("questions")
    school = PaperForm(
        "school",
        _("Enrol in the senior school"),
        "admin:eldercare_enrolment_new",
        (EnrolPaperForm(community=community),),
    )
    found = [
        PaperForm(
            f"care-{kind.code}",
            _("Book: %(kind)s") % {"kind": kind.name},
            "admin:eldercare_carebooking_new",
            (NeedsForm(kind=kind, today=timezone.localdate(), asks_consent=True),),
        )
        for kind in kinds
    ]
    has_classes = SchoolClass.objects.public(community).current(timezone.localdate()).exists()
    return [*found, school] if has_classes else found

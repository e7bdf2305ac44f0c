"""Where an application for the nursery stands: the hook `progress`."""

from django.utils.translation import gettext as _

from childcare.models import Application, NurseryVisit
from circle.booking.change_rules import format_day_and_time
from circle.search.progress import Progress, numbers_of


def progress_of_application(code: str) -> Progress | None:
    rows = Application.objects.select_related("guardian__login", "mandate", "nursery_class")
    found = rows.filter(code=code).first()
    if found is None:
        return progress_of_visit(code)
    return Progress(
        title=_("Nursery application %(code)s") % {"code": found.code},
        state=found.get_status_display(),
        note=found.nursery_class.name if found.nursery_class else "",
        url=found.get_absolute_url(),
        phones=numbers_of(found.guardian, found.mandate),
    )


def progress_of_visit(code: str) -> Progress | None:
    rows = NurseryVisit.objects.shown().select_related("resident__login", "mandate")
    found = rows.filter(code=code).first()
    if found is None:
        return None
    return Progress(
        title=str(found.plan),
        state=found.get_status_display(),
        note=format_day_and_time(found.starts_at),
        url=found.get_absolute_url(),
        phones=numbers_of(found.resident, found.mandate),
    )

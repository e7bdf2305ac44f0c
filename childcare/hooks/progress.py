"""Where an application for the nursery stands: the hook `progress`."""

from django.utils.translation import gettext as _

from childcare.models import Application
from circle.search.progress import Progress, numbers_of


def progress_of_application(code: str) -> Progress | None:
    rows = Application.objects.select_related("guardian__login", "mandate", "nursery_class")
    found = rows.filter(code=code).first()
    if found is None:
        return None
    return Progress(
        title=_("Nursery application %(code)s") % {"code": found.code},
        state=found.get_status_display(),
        note=found.nursery_class.name if found.nursery_class else "",
        url=found.get_absolute_url(),
        phones=numbers_of(found.guardian, found.mandate),
    )

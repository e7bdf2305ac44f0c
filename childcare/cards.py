"""What the nursery offers on a guardian's card: applications by their codes, and a new one."""

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from childcare.desk import possible
from childcare.models import Application
from circle.cards import Act, Part, Row
from circle.models import Resident, User, within_posts

LOOK, ADD, MAY = (
    "childcare.view_application",
    "childcare.add_application",
    "childcare.change_application",
)
SHOWN = 5


def part(resident: Resident, user: User) -> Part | None:
    if not user.has_perm(LOOK):
        return None
    of_person = Q(child=resident) | Q(guardian=resident)
    own = Application.objects.filter(of_person, within_posts(user, LOOK)).for_staff()
    rows = [row_of(each, user) for each in own.select_related("nursery_class").order_by("-id")[:SHOWN]]
    where = {"guardian": str(resident.code), "community": resident.community.slug}
    url = f"{reverse('admin:childcare_application_form')}?{urlencode(where)}"
    may_add = user.has_perm(ADD) and resident.died_on is None
    return Part("nursery", _("Nursery"), rows, [Act(_("Apply for a place"), url)] if may_add else [])


def row_of(application: Application, user: User) -> Row:
    verbs = possible(application) if user.has_perm(MAY) else []
    return Row(
        title=application.code,
        url=reverse("admin:childcare_application_change", args=[application.pk]),
        state=application.get_status_display(),
        note=application.nursery_class or "",
        acts=[
            Act(verb.label, reverse("admin:childcare_application_ask", args=[application.code, verb.name]))
            for verb in verbs
        ],
    )


def person_of_code(code: str) -> int | None:
    return Application.objects.for_staff().filter(code=code).values_list("guardian", flat=True).first()

"""What the nursery offers on a guardian's card: applications by their codes, and a new one."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from childcare.backoffice import days
from childcare.backoffice.applications import APPLICATION_ACTIONS
from childcare.models import Application, ChildDay
from childcare.models.applications import in_reach
from childcare.models.visits import CHANGE as CHANGE_VISIT
from circle.backoffice.resident_card import CardAction, CardRow, CardSection
from circle.backoffice.row_actions import available_actions, card_actions
from circle.models import Resident, User
from circle.models.guardians import guardianships_around

VIEW, ADD = "childcare.view_application", "childcare.add_application"
SHOWN = 5


def card_section(resident: Resident, user: User) -> CardSection | None:
    if not user.has_perm(VIEW):
        return None
    of_person = Q(child=resident) | Q(guardian=resident)
    own = Application.objects.filter(of_person, in_reach(user, VIEW)).for_staff()
    shown = own.select_related("child", "nursery_class", "offer").order_by("-id")[:SHOWN]
    at = timezone.now()
    today = {
        row.application_id: row
        for row in ChildDay.objects.on(timezone.localdate(at)).filter(application__in=list(shown))
    }
    rows = [card_row(each, user, days.ChildToday(each, today.get(each.pk), at)) for each in shown]
    where = {"guardian": str(resident.code), "community": resident.community.slug}
    url = f"{reverse('admin:childcare_application_form')}?{urlencode(where)}"
    may_add = user.has_perm(ADD) and resident.died_on is None and not is_ward(resident)
    acts = [CardAction(_("Apply for a place"), url)] if may_add else []
    return CardSection("nursery", _("Nursery"), rows, acts + visit_acts(resident, user))


def visit_acts(resident: Resident, user: User) -> list[CardAction]:
    """For the grown-ups only: a child comes with them."""
    if not user.has_perm(CHANGE_VISIT) or resident.died_on or is_ward(resident):
        return []
    url = f"{reverse('admin:childcare_nurseryvisit_new')}?{urlencode({'resident': str(resident.code)})}"
    return [CardAction(_("Book a visit to the nursery"), url)]


def is_ward(resident: Resident) -> bool:
    return any(each.child_id == resident.pk for each in guardianships_around(resident))


def card_row(application: Application, user: User, today: days.ChildToday) -> CardRow:
    offered = available_actions(APPLICATION_ACTIONS, application, today.at, user)
    return CardRow(
        title=application.code,
        url=reverse("admin:childcare_application_change", args=[application.pk]),
        state=application.get_status_display(),
        note=application.nursery_class or "",
        acts=card_actions(offered, application.code, ask="admin:childcare_application_ask", back="")
        + day_actions(today, user),
    )


def day_actions(today: days.ChildToday, user: User) -> list[CardAction]:
    """Of an enrolled child; all of them lead back to the card."""
    if today.application.status != Application.Status.ENROLLED:
        return []
    offered = available_actions([*days.DAY_ACTIONS, days.LEAVE], today, today.at, user)
    ask, do = "admin:childcare_childday_ask", "admin:childcare_childday_do"
    return card_actions(offered, today.application.code, ask=ask, do=do)


def person_of_code(code: str, user: User | None) -> int | None:
    return Application.objects.for_staff().filter(code=code).values_list("guardian", flat=True).first()

"""What waits at the nursery. The hook `queues`."""

from collections import Counter as Tally

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from childcare.actions import uncollected_days
from childcare.backoffice.board import ENDING, Status
from childcare.models import Application, ChildDay, HeadTask, NurseryVisit
from childcare.models.applications import in_reach
from childcare.models.days import VIEW
from childcare.models.teachers import of_classes
from childcare.models.visit_times import OF_PLAN
from childcare.models.visits import VIEW as VIEW_VISIT
from circle.backoffice.queues import Queue
from circle.models import User, within_posts


def nursery_queues(user: User) -> list[Queue]:
    found = application_queues(user) if user.has_perm("childcare.view_application") else []
    found += visit_queues(user) if user.has_perm(VIEW_VISIT) else []
    return found + (day_queues(user) if user.has_perm(VIEW) else [])


def visit_queues(user: User) -> list[Queue]:
    """One query for both."""
    own = NurseryVisit.objects.live().filter(within_posts(user, VIEW_VISIT, places=OF_PLAN))
    found = own.aggregate(
        today=Count("pk", filter=Q(day=localdate())),
        stranded=Count("pk", filter=NurseryVisit.stranded_at(now())),
    )
    url, stranded = reverse("admin:childcare_nurseryvisit_changelist"), found["stranded"]
    return [
        Queue(
            gettext("Visits to the nursery at a time that is closed"),
            stranded,
            f"{url}?attention=stranded",
            urgent_if_any=True,
        ),
        Queue(gettext("Visits to the nursery today"), found["today"], f"{url}?when=today"),
    ]


def day_queues(user: User) -> list[Queue]:
    """Of the classes in this user's care."""
    here = (
        ChildDay.objects.filter(of_classes(user, VIEW)).on(localdate()).filter(status=ChildDay.Status.PRESENT)
    )
    missed = uncollected_days(now()).filter(of_classes(user, VIEW))
    url = reverse("admin:childcare_childday_uncollected")
    return [
        Queue(gettext("Children not collected"), missed, url, urgent_if_any=True),
        Queue(gettext("Children here now"), here, reverse("admin:childcare_childday_sheet")),
    ]


def application_queues(user: User) -> list[Queue]:
    own = Application.objects.filter(in_reach(user, "childcare.view_application"))
    url = reverse("admin:childcare_application_board")
    ending = own.ending(now() + ENDING)
    counts = Tally(own.live().values_list("status", flat=True))
    tasks = HeadTask.objects.for_user(user).open()
    to_settle = reverse("admin:childcare_application_tasks")
    return [
        Queue(gettext("To settle with families of the nursery"), tasks, to_settle, urgent_if_any=True),
        Queue(gettext("Nursery applications to check"), counts[Status.SUBMITTED], url),
        Queue(gettext("Nursery offers that end within two days"), ending, url, urgent_if_any=True),
        Queue(gettext("Accepted nursery places to enrol"), counts[Status.ACCEPTED], url),
    ]

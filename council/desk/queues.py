"""What waits in the council. The hook `queues`."""

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext

from circle.models import User, within_posts
from circle.staff import Queue
from council.models import Meeting, MinutesVersion, Topic


def queues(user: User) -> list[Queue]:
    found = []
    if user.has_perm("council.change_meeting"):
        found += meeting_queues(user)
    if user.has_perm("council.change_topic"):
        found += topic_queues(user)
    if user.has_perm("council.approve_minutesversion"):
        own = MinutesVersion.objects.filter(within_posts(user, "council.approve_minutesversion"))
        count = own.filter(status=MinutesVersion.Status.IN_REVIEW).count()
        url = reverse("admin:council_minutesversion_changelist")
        found.append(
            Queue(gettext("Minutes to read and approve"), count, f"{url}?status__exact=in_review", count > 0)
        )
    return found


def meeting_queues(user: User) -> list[Queue]:
    at = now()
    own = Meeting.objects.filter(within_posts(user, "council.change_meeting"))
    url = reverse("admin:council_meeting_changelist")
    calls, agendas = own.call_due(at).count(), own.agenda_due(at).count()
    return [
        Queue(gettext("Calls for topics to open"), calls, f"{url}?attention=call", calls > 0),
        Queue(gettext("Agendas to publish"), agendas, f"{url}?attention=agenda", agendas > 0),
    ]


def topic_queues(user: User) -> list[Queue]:
    own = Topic.objects.filter(within_posts(user, "council.change_topic"))
    url = reverse("admin:council_topic_changelist")
    late = own.unanswered().filter(meeting__status=Meeting.Status.HELD).count()
    return [
        Queue(
            gettext("New topics to read"),
            own.filter(status=Topic.Status.RECEIVED).count(),
            f"{url}?status__exact=received",
        ),
        Queue(gettext("Topics of past meetings without an answer"), late, f"{url}?attention=late", late > 0),
    ]

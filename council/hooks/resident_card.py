"""What the council offers on a resident's card: what they raised, and taking down something new."""

import re

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from circle.backoffice.resident_card import Act, Part, Row
from circle.models import Resident, User, within_posts
from council.backoffice.topics import LABELS, PERMISSION, possible
from council.models import Topic

LOOK, ADD = "council.view_topic", "council.add_topic"
SHOWN = 5
RECEIPT = re.compile(r"(SJ)([0-9]{4})([0-9]{5,})")


def part(resident: Resident, user: User) -> Part | None:
    if not user.has_perm(LOOK):
        return None
    own = Topic.objects.filter(within_posts(user, LOOK), raised_by=resident)
    rows = [row_of(topic, user) for topic in own[:SHOWN]]
    url = f"{reverse('admin:council_topic_new')}?{urlencode({'resident': str(resident.code)})}"
    may_add = user.has_perm(ADD) and resident.died_on is None
    return Part(
        "topics", _("Residents' council"), rows, [Act(_("Take down a topic"), url)] if may_add else []
    )


def door_acts(resident: Resident) -> list[Act]:
    """The hook `doorstep`."""
    url = f"{reverse('admin:council_topic_door')}?{urlencode({'resident': str(resident.code)})}"
    return [Act(_("Take down a topic"), url)]


def row_of(topic: Topic, user: User) -> Row:
    verbs = [name for name in possible(topic) if user.has_perm(PERMISSION[name])]
    return Row(
        title=topic.public_text or topic.receipt,
        url=reverse("admin:council_topic_change", args=[topic.pk]),
        state=topic.get_status_display(),
        note=topic.receipt,
        acts=[
            Act(LABELS[name], f"{reverse('admin:council_topic_do', args=[topic.pk, name])}?back=card")
            for name in verbs
        ],
    )


def person_of_code(code: str) -> int | None:
    """`code` comes without the hyphens of a receipt."""
    parts = RECEIPT.fullmatch(code)
    if parts is None:
        return None
    receipt = "-".join(parts.groups())
    return Topic.objects.filter(receipt=receipt).values_list("raised_by", flat=True).first()

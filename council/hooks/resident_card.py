"""What the council offers on a resident's card: what they raised, and taking down something new."""

import re

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from circle.backoffice.resident_card import CardAction, CardRow, CardSection
from circle.backoffice.row_actions import available_actions, card_actions
from circle.models import Resident, User, within_posts
from council.backoffice.topics import TOPIC_ACTIONS
from council.models import Topic
from council.models.topics import READ_WORDS

ADD = "council.add_topic"
SHOWN = 5
RECEIPT = re.compile(r"(SJ)([0-9]{4})([0-9]{5,})")


def card_section(resident: Resident, user: User) -> CardSection | None:
    if not user.has_perm(READ_WORDS):
        return None
    own = Topic.objects.filter(within_posts(user, READ_WORDS), raised_by=resident)
    rows = [card_row(topic, user) for topic in own[:SHOWN]]
    url = f"{reverse('admin:council_topic_new')}?{urlencode({'resident': str(resident.code)})}"
    may_add = user.has_perm(ADD) and resident.died_on is None
    return CardSection(
        "topics", _("Residents' council"), rows, [CardAction(_("Take down a topic"), url)] if may_add else []
    )


def home_visit_actions(resident: Resident) -> list[CardAction]:
    """The hook `home_visit`."""
    url = f"{reverse('admin:council_topic_door')}?{urlencode({'resident': str(resident.code)})}"
    return [CardAction(_("Take down a topic"), url)]


def card_row(topic: Topic, user: User) -> CardRow:
    offered = available_actions(TOPIC_ACTIONS, topic, timezone.now(), user)
    return CardRow(
        title=topic.public_text or topic.receipt,
        url=reverse("admin:council_topic_change", args=[topic.pk]),
        state=topic.get_status_display(),
        note=topic.receipt,
        acts=card_actions(offered, topic.pk, ask="admin:council_topic_do"),
    )


def person_of_code(code: str, user: User | None) -> int | None:
    """For those who may read who raised a topic; `code` comes without the hyphens of a receipt."""
    parts = RECEIPT.fullmatch(code)
    if parts is None or user is None or not user.has_perm(READ_WORDS):
        return None
    own = Topic.objects.filter(within_posts(user, READ_WORDS), receipt="-".join(parts.groups()))
    return own.values_list("raised_by", flat=True).first()

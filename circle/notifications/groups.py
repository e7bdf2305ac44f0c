"""The residents' group of a community in 企业微信: its robot posts there what everybody may read.

Each community's robot is an entry of the setting GROUP_ROBOTS; whoever knows its address can write into the
group. A post is a row of the outbox without a reader, of a notice or a closure, and never of a person.
"""

import datetime as dt
import hashlib
import sys
from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circle.models import ClosedPeriod, Closure, Community, Message, Notice
from circle.notifications.gateway import post_message
from circle.notifications.gateway_shapes import RefusedError
from circle.notifications.sharing import Share

Subject = Notice | Closure
GROUP_EVENTS = {
    "group_notice": gettext_lazy("notice to the residents' group"),
    "group_closure": gettext_lazy("closure to the residents' group"),
}
CONSOLE = "console://"
LANGUAGE = "zh-hans"
# As 企业微信 documents it: 45009 is more than 20 posts in a minute, -1 a busy system. Other codes are final.
ROBOT = {
    "body": {"msgtype": "text", "text": {"content": "$text"}},
    "ok": {"errcode": 0},
    "busy": {"errcode": [45009, -1]},
}


def robot_of(community: Community) -> str:
    """The robot's address; empty where the community has none."""
    found: str = settings.GROUP_ROBOTS.get(community.slug, "")
    return found


def share_of_notice(notice: Notice, absolute: Callable[[str], str]) -> Share:
    return Share(
        community=notice.community.name,
        title=notice.title,
        text=notice.body,
        url=absolute(reverse("short_link", args=[notice.short_code])),
        note=_("Demo, not a real notice") if notice.community.is_demo else "",
    )


def share_of_closure(closure: Closure, absolute: Callable[[str], str]) -> Share:
    place = closure.facility
    return Share(
        community=place.community.name,
        title=_("%(place)s is closed") % {"place": place.name},
        when=times_of(closure),
        text=closure.reason,
        url=absolute(reverse("short_link", args=[place.short_code])),
        note=_("Demo, not a real notice") if place.community.is_demo else "",
    )


def times_of(closure: ClosedPeriod) -> str:
    if closure.from_time is None or closure.until_time is None:
        return days_of(closure)
    return _("%(days)s, from %(first)s to %(last)s") % {
        "days": days_of(closure),
        "first": time_format(closure.from_time, "TIME_FORMAT"),
        "last": time_format(closure.until_time, "TIME_FORMAT"),
    }


def days_of(closure: ClosedPeriod) -> str:
    first = date_format(closure.starts_on, "MONTH_DAY_FORMAT")
    if closure.ends_on is None:
        return _("From %(first)s until further notice") % {"first": first}
    if closure.ends_on == closure.starts_on:
        return first
    last = date_format(closure.ends_on, "MONTH_DAY_FORMAT")
    return _("From %(first)s to %(last)s, both days included") % {"first": first, "last": last}


def group_text_of(subject: Subject) -> str:
    """The text to post: in Chinese, at most 300 characters."""
    with translation.override(LANGUAGE):
        share_of = share_of_notice if isinstance(subject, Notice) else share_of_closure
        return share_of(subject, lambda path: f"{settings.SITE_URL}{path}").group_text  # type: ignore[arg-type]


def is_public(subject: Subject, at: dt.datetime) -> bool:
    """Whether everybody may read it at that moment; a closure that is over is not public."""
    if isinstance(subject, Notice):
        return Notice.objects.visible(subject.community, at).filter(pk=subject.pk).exists()
    is_over = subject.ends_on is not None and subject.ends_on < localdate(at)
    return subject.facility.is_published and not is_over


def queue_post(*, subject: Subject, at: dt.datetime) -> tuple[Message, bool]:
    """The row of the outbox, and whether it is new: the same text is posted once."""
    is_notice = isinstance(subject, Notice)
    community = subject.community if isinstance(subject, Notice) else subject.facility.community
    text, kind = group_text_of(subject), "notice" if is_notice else "closure"
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Message.objects.get_or_create(
        dedupe=f"group:{kind}:{subject.pk}:{digest}",
        defaults={
            "community": community,
            "channel": Message.Channel.GROUP,
            "language": LANGUAGE,
            "event": f"group_{kind}",
            "values": {"text": text, kind: subject.pk},
            "created_at": at,
            "due_at": at,
        },
    )


def is_still_public(message: Message, at: dt.datetime) -> bool:
    """False for a notice withdrawn or a closure taken back after it was queued."""
    subject: Subject | None
    if message.event == "group_notice":
        subject = Notice.objects.filter(pk=message.values["notice"]).first()
    else:
        rows = Closure.objects.select_related("facility")
        subject = rows.filter(pk=message.values["closure"]).first()
    return subject is not None and is_public(subject, at)


def send_to_group(message: Message) -> None:
    """Refuses: no_robot (its address was since removed from the settings), or the robot's own code."""
    url = robot_of(message.community)
    text = message.values["text"]
    if not url:
        raise RefusedError("no_robot")
    if url == CONSOLE:
        sys.stdout.write(f"GROUP {message.community.slug}: {text}\n")
        sys.stdout.flush()
    else:
        post_message(url, shape=ROBOT, values={"text": text}, secret="", message_id=message.dedupe)

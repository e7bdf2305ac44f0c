"""Posts to the residents' group by its robot."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Closure, Message, Notice, User
from circle.notifications import is_public, queue_post, robot_of


@transaction.atomic
def post_to_group(*, subject: Notice | Closure, at: dt.datetime, by: User) -> Message:
    """Queue a notice or a closure for the robot of the community's group; the same text is posted once.

    Refuses: no_robot (the community has none), not_public (not to be read by everybody, or over).
    """
    community = subject.community if isinstance(subject, Notice) else subject.facility.community
    if not robot_of(community):
        raise ValidationError(_("No robot of the residents' group is set up."), code="no_robot")
    if not is_public(subject, at):
        raise ValidationError(_("Only what everybody may read now goes to the group."), code="not_public")
    message, is_new = queue_post(subject=subject, at=at)
    if is_new:
        record(verb="posted_to_group", subject=subject, community=community, at=at, actor=by)
    return message

"""WeChat accounts connected to a login whose phone number was proved."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.identifiers.encryption import index_of, indexes_of
from circle.models import Community, User, WeChatLogin
from circle.permissions.sign_in_policy import is_staff_sign_in_required


def login_of_wechat(openid: str) -> User | None:
    known = WeChatLogin.objects.filter(openid_hash__in=indexes_of(openid)).select_related("user").first()
    return known.user if known else None


@transaction.atomic
def connect_wechat(*, user: User, openid: str, community: Community, at: dt.datetime) -> None:
    """Connect a WeChat account to a login whose phone was just proved by a code.

    Repeating it is harmless.
    Refuses: staff_login, number_in_doubt, wechat_taken (connected to another login).
    """
    if is_staff_sign_in_required(user):
        raise ValidationError(
            _("This login holds a post: it opens by e-mail address and password only."), code="staff_login"
        )
    if user.in_doubt_since:
        raise ValidationError(
            _("Your number was not used for a long time. Please say under “My matters” who you are."),
            code="number_in_doubt",
        )
    try:
        with transaction.atomic():
            made = WeChatLogin.objects.create(user=user, openid_hash=index_of(openid), connected_at=at)
    except IntegrityError as clash:
        if login_of_wechat(openid) == user:
            return
        raise ValidationError(
            _("This WeChat account opens another login. Take it off there first, or phone us."),
            code="wechat_taken",
        ) from clash
    record(verb="wechat_connected", subject=user, community=community, at=at, actor=user, connected=made.pk)


@transaction.atomic
def disconnect_wechat(*, user: User, community: Community, at: dt.datetime) -> None:
    """Disconnect every WeChat account from this login; repeating it is harmless."""
    if WeChatLogin.objects.filter(user=user).delete()[0]:
        record(verb="wechat_disconnected", subject=user, community=community, at=at, actor=user)

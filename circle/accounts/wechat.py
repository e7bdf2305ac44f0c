"""Sign-in with WeChat, where its settings are given.

Of allauth's provider only the client is used: its tables would store name, picture and id in plain text, and
only the id is needed here, which comes with the first answer. It is imported on first use, for it brings
requests; whose errors are all OSErrors.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

PENDING_SIGN_IN = "wechat_found"  # session key: came from WeChat, has still to prove a phone number
PENDING_MINUTES = 15
# WeChat's own browser asks for an official account's page, any other for a website's QR code.
SCOPES = {"qrconnect": "snsapi_login"}
OTHER_SCOPE = "snsapi_base"


def is_wechat_enabled() -> bool:
    return bool(settings.WECHAT_APP_ID)


def wechat_sign_in_url(request: HttpRequest, state: str) -> str:
    url = settings.WECHAT_SIGN_IN_URL
    client = client_for(request)
    client.state = state
    scope = SCOPES.get(url.rpartition("/")[2], OTHER_SCOPE)
    return f"{client.get_redirect_url(url, [scope], {})}#wechat_redirect"


def fetch_openid(request: HttpRequest, code: str) -> str:
    """WeChat's id of the person who came back with this code, fetched from WeChat.

    Refuses: wechat_failed (a code that WeChat does not know, or no answer).
    """
    from allauth.socialaccount.providers.oauth2.client import OAuth2Error

    try:
        openid = client_for(request).get_access_token(code).get("openid")
    except (OAuth2Error, OSError, ValueError):
        openid = None
    if not openid:
        raise ValidationError(
            _("WeChat did not tell us who you are. Please try again, or sign in with your mobile number."),
            code="wechat_failed",
        )
    return str(openid)


def client_for(request: HttpRequest) -> Any:
    from allauth.socialaccount.providers.weixin.client import WeixinOAuth2Client

    return WeixinOAuth2Client(
        request,
        settings.WECHAT_APP_ID,
        settings.WECHAT_APP_SECRET,
        "GET",
        f"{settings.WECHAT_API_URL}/sns/oauth2/access_token",
        request.build_absolute_uri(reverse("wechat_back")),
    )

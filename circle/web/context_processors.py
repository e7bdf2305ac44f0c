"""What base.html needs on every page, as a context processor."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import translate_url

from circle.formats.language import is_english
from circle.walking.limits import LIMIT_MINUTES


def site_context(request: HttpRequest) -> dict[str, Any]:
    """The visitor's preferences, community and person, the languages, and the site's owner for the footer."""
    english = is_english()
    path = request.get_full_path()
    translated = {"zh-Hans": translate_url(path, "zh-hans"), "en": translate_url(path, "en")}
    translated["x-default"] = translated["zh-Hans"]
    return {
        "preferences": getattr(request, "preferences", None),
        "community": getattr(request, "community", None),
        "building": getattr(request, "building", None),
        "acting": getattr(request, "acting", None),
        "html_lang": "en" if english else "zh-Hans",
        "is_english": english,
        "other_language_url": translated["zh-Hans" if english else "en"],
        "alternates": absolute_addresses(request, translated),
        "limit_minutes": LIMIT_MINUTES,
        "site_sponsor": (settings.SITE_SPONSOR_EN if english else "") or settings.SITE_SPONSOR_ZH,
        "site_icp": settings.SITE_ICP,
        "site_police_record": settings.SITE_POLICE_RECORD,
        "site_id_code": settings.SITE_ID_CODE,
    }


def absolute_addresses(request: HttpRequest, addresses: dict[str, str]) -> list[tuple[str, str]]:
    """With the host, as search engines want them; none on the error page of a host that is not ours."""
    try:
        return [(code, request.build_absolute_uri(url)) for code, url in addresses.items()]
    except DisallowedHost:
        return []

"""What a device is called on the page that lists where somebody is signed in."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# The first part of the header that is found counts: a browser also names those that it resembles.
BROWSERS = {
    "MicroMessenger": gettext_noop("WeChat"),
    "EdgA/": "Edge",
    "EdgiOS/": "Edge",
    "Edg/": "Edge",
    "HuaweiBrowser/": gettext_noop("Huawei Browser"),
    "MiuiBrowser/": gettext_noop("Mi Browser"),
    "UCBrowser/": gettext_noop("UC Browser"),
    "MQQBrowser/": gettext_noop("QQ Browser"),
    "FxiOS/": "Firefox",
    "Firefox/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "HarmonyOS": gettext_noop("a HarmonyOS device"),
    "OpenHarmony": gettext_noop("a HarmonyOS device"),
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": gettext_noop("an Android device"),
    "Windows": gettext_noop("a Windows computer"),
    "Macintosh": gettext_noop("a Mac"),
    "Linux": gettext_noop("a Linux computer"),
}


def device_name(user_agent: str) -> str:
    """Browser and device in words; the header itself means nothing to a resident."""
    browser = next((name for part, name in BROWSERS.items() if part in user_agent), "")
    system = next((name for part, name in SYSTEMS.items() if part in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(device)s") % {"browser": _(browser), "device": _(system)}
    return _(browser or system) if browser or system else _("an unknown device")

"""Texts of Django and allauth that their own Chinese catalogues lack, or put too vaguely for us.

They are listed so that locale/zh_Hans has them; nothing reads the tuple.
"""

from django.utils.translation import gettext_noop

BORROWED = (
    # Django: the back office's own words, some of them for screen readers only.
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("Error:"),
    gettext_noop("Forgotten your login credentials?"),
    gettext_noop("%(model)s instance with %(field)s %(value)r is not a valid choice."),
    # allauth: the number that an app on the phone or a printed sheet gives at sign-in.
    gettext_noop("Code"),
)

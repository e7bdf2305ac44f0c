"""The forms of signing in: by phone and code, by a clerk's pass, by staff with a password."""

import re
import unicodedata
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class PhoneForm(RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]  # staff have a sign-in form of their own
        self.fields["phone"].required = True

    def clean_phone(self) -> str:
        """Count the connection before the login is looked up, because looking it up creates the row here."""
        phone: str = self.cleaned_data["phone"]
        adapter = get_adapter()
        if not ratelimit.consume(context.request, action="request_login_code"):
            raise adapter.validation_error("too_many_login_attempts")
        self._user = adapter.get_user_by_phone(phone)
        return phone


class CodeField(forms.CharField):
    def to_python(self, value: Any) -> str:
        """Without the blanks and full-width digits that keyboards and pasting bring."""
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", super().to_python(value) or ""))


class CodeForm(ConfirmLoginCodeForm):
    """`attempts_key` identifies the code: all attempts at it count together, from whatever session."""

    code = CodeField(
        label=_("The code we sent"),
        help_text=_("Six digits, valid for ten minutes. They may take a minute to arrive."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Enter the six digits of the code.")},
        validators=[RegexValidator(r"^\d{6}$", _("Enter the six digits of the code."), code="malformed")],
    )

    def __init__(self, *args: Any, attempts_key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attempts_key = attempts_key

    def clean_code(self) -> str:
        # allauth counts in the session, where many attempts sent at once all read the same count.
        if not ratelimit.consume(context.request, action="try_login_code", key=self.attempts_key):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()
        return code

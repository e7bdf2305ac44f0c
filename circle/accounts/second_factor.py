"""allauth.mfa's adapter and forms: secrets encrypted at rest, the portal's texts, QR codes by segno."""

import io
import re
import unicodedata
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from circle.identifiers.encryption import seal_text, unseal_text


class Adapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used already. Take the next one."),
    }

    def encrypt(self, text: str) -> str:
        return seal_text(text)

    def build_totp_svg(self, url: str) -> str:
        """Drawn by segno, as every QR code of the portal."""
        drawn = io.BytesIO()
        segno.make(url).save(drawn, kind="svg", scale=5, border=3, light="white")
        return drawn.getvalue().decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal_text(encrypted_text)


def normalise_code(code: str) -> str:
    """Without the blanks and full-width digits that keyboards and pasting bring."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", code))


class CodeInput(forms.CharField):
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})

    def to_python(self, value: Any) -> str:
        return normalise_code(super().to_python(value) or "")


class CodeForm(AuthenticateForm):
    code = CodeInput(
        label=_("Code of your app, or a recovery code"),
        error_messages={"required": _("Enter the six digits of the code.")},
    )


class ActivateForm(ActivateTOTPForm):
    code = CodeInput(
        label=_("The six digits that the app shows"),
        error_messages={"required": _("Enter the six digits of the code.")},
    )


class PasskeyForm(AddWebAuthnForm):
    name = forms.CharField(label=_("A name for it"), required=False, max_length=60)
    passwordless = forms.BooleanField(
        label=_("It also opens without the password"),
        help_text=_("It then asks for its PIN, your finger or your face. Leave this out for a key without."),
        required=False,
        initial=True,
    )

"""Forms of signing in without a phone: staff by a password, a resident by a clerk's pass."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from circle.accounts.allauth_adapter import STAFF_SESSION
from circle.permissions.sign_in_policy import note_password_age


class SignInPassForm(forms.Form):
    """The one-time code from a clerk; letters in either case, with or without blanks."""

    code = forms.CharField(
        label=_("The code from the clerk"),
        help_text=_("Eight letters and digits. It is valid for ten minutes and for one sign-in."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        error_messages={"required": _("Enter the code that the clerk told you.")},
    )


class StaffSignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("E-mail address"),
            widget=forms.EmailInput(attrs={"autocomplete": "username"}),
            error_messages={
                "required": _("Enter your e-mail address."),
                "invalid": _("Enter an e-mail address such as name@example.org."),
            },
        )
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            error_messages={"required": _("Enter your password.")},
        )

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        request.session.set_expiry(STAFF_SESSION)
        note_password_age(request, self.user)
        return response

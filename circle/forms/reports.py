from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# A path of this site: staff will click on it, so it must lead nowhere else.
own_page = RegexValidator(r"^/(?![/\\])", _("This is not a page of this site."), code="foreign_page")


class ReportForm(forms.Form):
    page = forms.CharField(widget=forms.HiddenInput, max_length=300, validators=[own_page])
    message = forms.CharField(
        label=_("What is wrong on this page?"),
        help_text=_("Please give no names, phone numbers or ID numbers: we cannot write back from here."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1000,
        error_messages={"required": _("Write what is wrong, one sentence is enough.")},
    )
    website = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # people leave it empty, robots do not

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Please leave the hidden field empty."), code="robot")
        return ""


class HomeVisitReportForm(forms.Form):
    """The same report, entered on a home visit."""

    page = forms.CharField(
        label=_("Which page"),
        help_text=_("What stands after the name of the site, such as /services/. As it is: the first page."),
        max_length=300,
        initial="/",
        validators=[own_page],
    )
    message = forms.CharField(
        label=_("What is wrong on this page?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": _("Write what is wrong, one sentence is enough.")},
    )

"""Forms of circle on paper: the hook `paper_forms`."""

from django.utils.translation import gettext as _

from circle.forms import MandateForm, MessagePreferenceForm, ReportForm
from circle.forms.paper import PaperForm
from circle.models import Community


def paper_forms(community: Community) -> list[PaperForm]:
    find = "admin:circle_resident_find"
    return [
        PaperForm("mandate", _("Somebody is to act for me"), "admin:circle_mandate_add", (MandateForm,)),
        PaperForm("messages", _("How we are to tell you"), find, (MessagePreferenceForm,)),
        PaperForm("report", _("Report an error"), "admin:circle_pagereport_changelist", (ReportForm,)),
    ]

"""Every form that a resident can fill in has a twin on paper, made from the same form class."""

import importlib
import re
from html import unescape

import pytest
from django import forms
from django.urls import reverse

from circle.forms.paper import NOT_ON_PAPER, paper_forms
from circle.models import Community

# What is read here is text, the same on each database: once a run is enough, since each loads a demo.
pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db, pytest.mark.one_database("sqlite")]

MODULES = [
    "circle.forms.mandates",
    "circle.forms.message_preferences",
    "circle.forms.messages",
    "circle.forms.phone_numbers",
    "circle.forms.progress",
    "circle.forms.reports",
    "circle.forms.circle",
    "circle.forms.display_preferences",
    "services.forms",
    "eldercare.forms",
    "childcare.forms.applications",
    "childcare.forms.child",
    "childcare.forms.health",
    "childcare.forms.days",
    "childcare.forms.start",
    "childcare.forms.wishes",
    "childcare.forms.fields",
    "council.forms",
]
# Without a twin, and why.
OTHERWISE = {
    "AskForm": "one question: asked on the phone or at the door, typed in from the resident's card",
    "FindCaseForm": "looks something up",
    "AddressCodeForm": "a code that was sent",
    "MessageCodeForm": "asks, and changes nothing",
    "NumberForm": "proves a phone number",
    "ProgressForm": "asks, and changes nothing",
    "HomeVisitReportForm": "staff fill it in",
    "CircleForm": "filters a list",
    "DisplayPreferencesForm": "of this screen",
    "CatalogueForm": "filters a list",
    "BookingForm": "hidden fields only; the days are asked by WaitForm",
    "DeskCareForm": "staff fill it in",
    "HomeVisitCareForm": "staff fill it in",
    "CheckForm": "hidden fields only",
    "SubmitForm": "a consent that the clerk reads out",
    "DayForm": "staff fill it in",
    "CollectForm": "staff fill it in",
    "EnrolForm": "the class is the page's own; EnrolPaperForm asks it as well",
    "RollForm": "the teacher ticks the printed roster",
    "HsdsForm": "filters a list of open data",
    "RepairForm": "told on the phone or at the window, typed in from the resident's card",
    "RepairDoneForm": "of the firm, by the link that it was sent",
    "EntitledForm": "asks, and stores nothing; what it finds can be printed",
    "TapForm": "one tap of a volunteer on the round",
    "PlanForm": "the day on which a volunteer looks in",
    "CloseForm": "staff fill it in",
    "TaskForm": "the base of others",
    "RaiserForm": "the base of others",
    "SupportForm": "one tap; on paper the topic itself is handed in, and staff join the two",
    "SolvedForm": "asked by a link for single use, or called back",
}


@pytest.fixture
def twins():
    return paper_forms(Community.objects.get())


def resident_forms() -> dict[str, type[forms.BaseForm]]:
    found = {}
    for name in MODULES:
        module = importlib.import_module(name)
        for key, each in vars(module).items():
            is_form = isinstance(each, type) and issubclass(each, forms.BaseForm)
            if is_form and each.__module__ == name:
                found[f"{name}.{key}"] = each
    return found


def test_every_form_has_a_twin_or_a_reason(twins):
    on_paper = {each for twin in twins.values() for each in twin.classes}
    missing = [
        name
        for name, each in resident_forms().items()
        if each not in on_paper and each.__name__ not in OTHERWISE
    ]
    assert missing == []
    assert on_paper <= set(resident_forms().values())


def test_reasons_are_for_forms_that_exist():
    assert OTHERWISE.keys() <= {each.__name__ for each in resident_forms().values()}


def expected_labels(twin) -> list[str]:
    """Read from the form anew, beside what the sheet makes of it."""
    found = []
    for part in twin.parts:
        fields = part.base_fields if isinstance(part, type) else part.fields
        found += [
            str(field.label)
            for name, field in fields.items()
            if not isinstance(field.widget, forms.HiddenInput) and name not in NOT_ON_PAPER
        ]
    return found


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_sheet_has_the_fields_in_their_order_and_leads_to_the_entry_form(client, twins, prefix):
    listed = client.get(f"{prefix}/paper/").text
    for key in twins:
        response = client.get(f"{prefix}/paper/{key}/")
        sheet, twin = " ".join(unescape(response.text).split()), response.context["paper"]
        labels = [re.sub(r"\s+", " ", label) for label in expected_labels(twin)]
        assert labels, key
        places = [sheet.find(label, 0) for label in labels]
        assert -1 not in places, (key, labels)
        assert response.context["url"] == f"http://testserver{prefix}{reverse(twin.entry)}".replace(
            f"{prefix}/en/", f"{prefix}/"
        )
        assert f"{prefix}/paper/{key}/" in listed


def test_options_of_a_choice_stand_on_the_sheet(client):
    text = client.get("/en/paper/nursery/").text
    assert text.count('class="box"') > 8
    assert client.get("/paper/nothing/").status_code == 404

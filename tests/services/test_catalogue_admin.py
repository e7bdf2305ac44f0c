"""The catalogue in the back office: items with their papers and steps, in both languages."""

import pytest
from django.urls import reverse

from services.models import Material, ServiceItem
from tests import make
from tests.html_forms import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(ours):
    found = make.item(community=ours, fee_zh="免费", fee_en="Free", audiences=[make.audience()])
    Material.objects.create(item=found, name_zh="身份证", name_en="Identity card")
    return found


def url_of(item: ServiceItem) -> str:
    return reverse("admin:services_serviceitem_change", args=[item.pk])


def save(client, item: ServiceItem, **values):
    return client.post(url_of(item), sent_by(client.get(url_of(item)), "serviceitem_form") | values)


def codes(response) -> dict[str, list[str]]:
    form = response.context["adminform"].form
    inlines = [
        each for formset in response.context["inline_admin_formsets"] for each in formset.formset.forms
    ]
    return {
        name: [error.code for error in errors]
        for each in (form, *inlines)
        for name, errors in each.errors.as_data().items()
    }


def test_director_sees_the_papers_and_steps_of_an_item(client, director, item):
    text = client.get(url_of(item)).text
    assert ["materials-0-name_zh" in text, "steps-TOTAL_FORMS" in text] == [True, True]


def test_director_adds_a_paper(client, director, item):
    values = {
        "materials-TOTAL_FORMS": "2",
        "materials-1-name_zh": "照片",
        "materials-1-form": "original",
        "materials-1-order": "2",
    }
    response = save(client, item, **values)
    assert response.status_code == 302, codes(response)
    assert [paper.name_zh for paper in item.materials.all()] == ["身份证", "照片"]


def test_director_adds_an_item(client, director):
    assert client.get(reverse("admin:services_serviceitem_add")).status_code == 200


def test_one_language_is_not_changed_alone(client, director, item):
    response = save(client, item, fee_zh="5 元")
    assert codes(response) == {"fee_en": ["other_language_unchanged"]}
    assert "5 元" in response.text  # what was typed stays
    item.refresh_from_db()
    assert item.fee_zh == "免费"


def test_nor_is_that_of_a_paper(client, director, item):
    assert codes(save(client, item, **{"materials-0-name_en": "ID"})) == {
        "name_zh": ["other_language_unchanged"]
    }


@pytest.mark.parametrize("more", [{"fee_en": "5 yuan"}, {"other_language_checked": "on"}])
def test_both_changed_or_both_looked_at_are_saved(client, director, item, more):
    assert save(client, item, fee_zh="5 元", **more).status_code == 302
    item.refresh_from_db()
    assert item.fee_zh == "5 元"

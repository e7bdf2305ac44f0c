"""Texts and papers of the 54 items that the portal comes with agree with where each of them ends."""

import re

import pytest
from django.utils import translation

from childcare.models import Paper
from circle.models import Community
from services.models import Flow, ServiceItem, flow_pages
from tests import make

# What is read here is text, the same on each database: once a run is enough, since each loads a demo.
pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db, pytest.mark.one_database("sqlite")]

# What texts and papers must not say, beside which flow.
CONTRADICTIONS = {
    "an age that is not named": (lambda item: True, r"规定.{0,6}年龄|age set|set locally who"),
    "online, where it is done at the window": (
        lambda item: item.flow != Flow.PAGE,
        r"网上(填|登记|报|自己填|申请)|(fill it in|register(ed)?.*|report.*|enrol) online|or online\)",
    ),
    "no way, beside a booking": (
        lambda item: item.is_bookable,
        r"一趟也不用跑|不用来大厅|no need to come in",
    ),
    "no need to bring, among what to bring": (lambda item: True, r"不用带|no need to bring"),
}


def texts_of(item: ServiceItem) -> list[str]:
    own = [item.summary_zh, item.summary_en, item.eligibility_zh, item.eligibility_en]
    papers = [
        text
        for paper in item.materials.all()
        for text in (paper.name_zh, paper.name_en, paper.condition_zh, paper.condition_en)
    ]
    steps = [
        text
        for step in item.steps.all()
        for text in (step.name_zh, step.name_en, step.detail_zh, step.detail_en)
    ]
    return [*own, item.result_zh, item.result_en, *papers, *steps]


def contradictions_of(item: ServiceItem) -> list[tuple[str, str, str]]:
    return [
        (item.code, name, text)
        for name, (concerns, pattern) in CONTRADICTIONS.items()
        if concerns(item)
        for text in texts_of(item)
        if re.search(pattern, text)
    ]


@pytest.fixture
def catalogue() -> list[ServiceItem]:
    return list(ServiceItem.objects.prefetch_related("materials", "steps").order_by("code"))


def test_texts_and_papers_of_all_54_agree_with_their_flows(catalogue):
    assert len(catalogue) == 54
    assert [found for item in catalogue for found in contradictions_of(item)] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("达到当地规定高龄年龄的老人", "an age that is not named"),
        ("上门或网上登记", "online, where it is done at the window"),
        ("Online or at the counter: fill it in online", "online, where it is done at the window"),
        ("这件事一趟也不用跑", "no way, beside a booking"),
        ("户口簿（不用带）", "no need to bring, among what to bring"),
    ],
)
def test_each_kind_of_contradiction_is_found(text, name):
    item = make.item(community=Community.objects.get(), is_bookable=True)
    make.material(item=item, name_zh=text)
    assert [found[1] for found in contradictions_of(item)] == [name]


def test_age_in_the_words_is_that_of_the_rule(catalogue):
    """Of the items with an age band: what stands before 岁 is its first or last year, or of age."""
    for item in catalogue:
        for band in item.age_bands[:1]:
            named = {int(age) for age in re.findall(r"(\d+) ?(?:周)?岁", item.eligibility_zh)}
            assert named <= {band.first, band.last, 18}, item.code


def test_every_flow_of_the_54_ends_in_something(catalogue):
    """A page that an app offers, a time at a counter, or a phone that stands on the page."""
    offered = flow_pages(Community.objects.get())
    for item in catalogue:
        assert set(item.flow_pages.split()) <= offered.keys(), item.code
        assert item.phone, item.code
        assert not item.is_bookable or item.counters.working().exists(), item.code
    flows = {item.code: item.flow for item in catalogue}
    assert {flows[code] for code in ("EL05", "FM03", "HS03", "HS04", "TR03")} == {Flow.PAGE}
    assert {code for code, flow in flows.items() if flow == Flow.REGISTER} == {"EL06", "FM05", "RL07"}
    assert [code for code, flow in flows.items() if flow in (Flow.PHONE, Flow.CERTIFICATE)] == ["CV03"]


def test_where_nobody_comes_no_original_is_asked_for_at_the_window(catalogue):
    for item in catalogue:
        if item.flow in (Flow.PAGE, Flow.PHONE, Flow.REGISTER) and not item.visits:
            assert {paper.form for paper in item.materials.all()} <= {"information"}, item.code


def test_papers_of_the_nursery_are_those_of_its_application(catalogue):
    [item] = [item for item in catalogue if item.code == "FM03"]
    with translation.override("zh-hans"):
        assert [paper.name_zh for paper in item.materials.all()] == [str(name) for name in Paper.Kind.labels]


def test_number_on_the_list_is_that_of_its_rows(client, catalogue):
    response = client.get("/services/")
    assert len(response.context["rows"]) == 54
    assert "54" in response.text.split('id="results"')[1][:400]

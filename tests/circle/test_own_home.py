"""What the portal shows because of who is signed in: it reaches nobody else."""

import pytest
from django.utils import translation

from circle.web.page_cache import CACHE_CONTROL
from tests import make
from tests import make_childcare as nursery
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
PAGES = ("/", "/circle/", "/circle/hall/", "/services/", "/help/", "/me/")


def shared_cache(client, store: dict, path: str) -> str:
    """Answers as a cache between the portal and many people may: what it may store goes to the next one."""
    if path in store:
        return store[path]
    answer = client.get(path)
    rules = answer.get("Cache-Control", "")
    if answer.status_code == 200 and "no-store" not in rules and "private" not in rules:
        store[path] = answer.text
    return answer.text


@pytest.mark.parametrize("path", PAGES)
def test_a_shared_cache_gives_nobody_the_page_of_another(client, path):
    make.facility(code="hall", hours="9:00-17:00")
    first, second = (
        make.own_resident(building=make.building(name_zh=name), name=name) for name in ("甲楼", "乙楼")
    )
    store: dict[str, str] = {}
    for person, other in ((first, second), (second, first)):
        client.force_login(person.login)
        text = shared_cache(client, store, path)
        assert (other.name in text) is False
    assert store == {}


def test_pages_of_who_is_not_signed_in_may_be_kept(client, settings):
    settings.KEEP_PAGES = True
    make.community()
    answer = client.get("/")
    assert answer["Cache-Control"] == CACHE_CONTROL
    assert client.get("/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_building_of_who_is_signed_in_comes_from_the_register(client):
    person = make.own_resident(building=make.building(name_zh="七栋"))
    assert "七栋" not in client.get("/circle/").text
    client.force_login(person.login)
    assert "七栋" in client.get("/circle/").context["around"].sentence


def test_a_building_that_was_chosen_counts_more(client):
    chosen = make.building(name_zh="九栋")
    person = make.own_resident(building=make.building(name_zh="七栋"))
    client.force_login(person.login)
    client.cookies["look"] = f"building={chosen.short_code}"
    assert "九栋" in client.get("/circle/").context["around"].sentence


def test_middle_of_the_ring_is_the_gate_until_a_building_is_known(client):
    make.facility(dimension="food", north=200)
    words = [client.get("/circle/").context["around"].ring.home.words]
    client.cookies["look"] = f"building={make.building().short_code}"
    words.append(client.get("/circle/").context["around"].ring.home.words)
    with translation.override("zh-hans"):
        assert words == ["大门", "我家"]


def test_elder_home_has_six_entries_and_the_line_of_stops(client):
    make.facility(kind=make.kind(code="elder_canteen", dimension="food"), notice_zh="今天有炖萝卜")
    make.facility(kind=make.kind(code="elder_school", dimension="elderly"))
    client.cookies["look"] = "size=elder"
    page = client.get("/").text
    assert (page.count('class="tile"'), "今天有炖萝卜" in page) == (6, True)
    assert ('class="stops"' in page, 'class="ring"' in page) == (True, False)


# What waits for me ------------------------------------------------------------------------------------------


def waiting(client, login):
    client.force_login(login)
    return [(row.url, str(row.note)) for row in client.get("/me/").context["waiting"]]


def test_what_is_due_first_stands_first(client):
    soon = make.booking(slot=make.slot(starts_at=make.moment(1, 9)))
    today = make.booking(slot=make.slot(starts_at=make.moment(0, 16)), resident=soon.resident)
    make.booking(slot=make.slot(starts_at=make.moment(5, 9)), resident=soon.resident)
    found = waiting(client, soon.resident.login)
    assert [url for url, _note in found] == [today.get_absolute_url(), soon.get_absolute_url()]
    assert "9:00" in found[1][1]


def test_an_offer_of_the_nursery_names_the_deadline(client):
    offered = nursery.offered()
    [(url, note)] = waiting(client, offered.guardian.login)
    assert (url, f"{offered.offer.expires_at:%-d}日" in note) == (offered.get_absolute_url(), True)


def test_what_was_sent_back_waits(client):
    returned = nursery.returned()
    assert waiting(client, returned.guardian.login)[0][0] == returned.get_absolute_url()


def test_a_mandate_that_was_asked_for_waits(client):
    mandate = make.mandate(is_confirmed=False)
    assert waiting(client, mandate.agent) == [("/me/people/", mandate.principal.name)]


def test_own_children_are_called_so(client):
    child = make.guardianship(adult=make.own_resident()).child
    other = make.mandate(agent=child.guardianships.get().adult.login).principal
    client.force_login(child.guardianships.get().adult.login)
    page = client.get("/me/").text
    people = page[page.index('id="people-heading"') :]
    names = people[people.index(child.name) :]
    assert ("您的孩子" in names, people.count("您有代办授权"), other.name in people) == (True, 1, True)


def test_nothing_waits_for_strangers(client):
    make.booking()
    nursery.offered()
    care.booking()
    assert waiting(client, make.own_resident().login) == []


def test_what_is_over_is_folded(client):
    booking = make.booking()
    booking.resident.bookings.update(status="served")
    client.force_login(booking.resident.login)
    page = client.get("/me/").text
    assert page.index("<details") < page.index(booking.code)

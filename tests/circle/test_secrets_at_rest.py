"""No phone, no ID number in plain letters anywhere in the database: its bytes are searched, not its models.

The canaries go the ways that real ones go: pages, forms that were refused, the back office and its own log.
"""

import logging
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from circle.actions import change_phone, merge_residents, report_death
from circle.models import Mandate, Message, Resident
from tests import make
from tests.circle.signing_in import ask, enter, sent_code

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, AGENT, LATER, REFUSED = "13911110000", "13911110001", "13911110002", "13911110003"
NUMBER, OTHER = make.id_number(), make.id_number(region="110101")
CANARIES = [PHONE, AGENT, LATER, REFUSED, NUMBER, OTHER, NUMBER[6:14] + NUMBER[14:]]
NAME = "卡纳瑞兰"


def planted(client) -> Resident:
    """A resident whose phone and number went through every form that takes them."""
    make.community()
    clerk = make.clerk()
    client.force_login(clerk)
    add = reverse("admin:circle_resident_add")
    sent = {"community": make.here().pk, "name": NAME, "language": "zh-hans", "phone": PHONE}
    sent |= {"mandates_given-TOTAL_FORMS": "0", "mandates_given-INITIAL_FORMS": "0"}
    papers = {"id_type": "resident", "id_number": NUMBER, "id_needed_for": "高龄津贴"}
    assert client.post(add, sent | papers).status_code == 302
    assert client.post(add, sent | papers).status_code == 200  # known: refused, and nothing kept
    resident = Resident.objects.get(name=NAME)
    client.post(reverse("admin:circle_resident_change", args=[resident.pk]), sent | papers)
    reveal = reverse("admin:circle_resident_reveal", args=[resident.pk])
    assert NUMBER in client.post(reveal, {"field": "id_number", "reason": "asked"}).text
    client.get(reverse("admin:circle_resident_changelist"), {"q": PHONE})
    mandate = {"principal": resident.pk, "agent_phone": AGENT, "basis": "family", "scope": "all"}
    client.post(reverse("admin:circle_mandate_add"), mandate | {"valid_from": "2026-11-24"})
    assert Mandate.objects.count() == 1
    client.logout()
    ask(client, PHONE)
    enter(client, sent_code())
    offer = {"principal": str(resident.code), "phone": LATER, "scope": "bookings"}
    assert client.post(reverse("mandate_new"), offer).status_code == 302
    client.post(reverse("mandate_new"), offer | {"phone": f"{REFUSED}9"})
    client.post(reverse("find_booking"), {"phone": REFUSED, "code": "ABCDEFGH"})
    client.get(reverse("search"), {"q": PHONE})
    return resident


def stored() -> str:
    """Every column that can hold a letter, of every table."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {quoted}")  # noqa: S608 - names from the database itself
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def raw_bytes() -> bytes:
    """The database's own files, with what is still in the write-ahead log.

    Read by another process: closing the file here would drop the locks of our own connection (POSIX), and
    the next process that leaves the database would take its log for nobody's and remove it: "disk I/O error"
    ever after.
    """
    file = Path(connection.settings_dict["NAME"])
    files = [file, file.with_name(f"{file.name}-wal")]
    there = [str(each) for each in files if each.exists()]
    return subprocess.run(["cat", *there], check=True, capture_output=True).stdout


def test_no_canary_stands_in_the_database(client, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    resident = planted(client)
    second = make.resident(name=NAME, phone=AGENT, id_number="", community=resident.community)
    merge_residents(kept=resident, duplicate=second, at=timezone.now(), by=make.clerk())
    change_phone(resident=resident, phone=LATER, shown="resident", at=timezone.now(), by=make.clerk())
    report_death(resident=resident, died_on=timezone.localdate(), at=timezone.now(), by=make.clerk())
    call_command("tick", stdout=None)
    said = caplog.text
    text = stored()
    assert NAME in text  # the search sees what is there: names are not encrypted
    assert [canary for canary in CANARIES if canary in text] == []
    if connection.vendor == "sqlite":
        data = raw_bytes()
        assert NAME.encode() in data
        assert [canary for canary in CANARIES if canary.encode() in data] == []
    assert [canary for canary in [*CANARIES, NAME] if canary in said] == []


def test_no_canary_is_on_a_public_page_or_in_a_feed(client):
    resident = planted(client)
    client.logout()
    pages = ["/", "/services/", "/circle/", "/notices/", "/council/", "/childcare/", "/eldercare/", "/help/"]
    pages += ["/privacy/", "/sitemap.xml", "/council/minutes.atom", f"/search/?q={NAME}"]
    for page in pages:
        text = client.get(page).text
        assert [canary for canary in CANARIES if canary in text] == [], page
        assert NAME not in text or page.startswith("/search/"), page
    assert Message.objects.filter(values__icontains=PHONE).count() == 0
    assert str(resident.code) not in client.get("/").text

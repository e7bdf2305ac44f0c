"""Our Chinese replaces that of Django and allauth wherever the English text is the same."""

import datetime as dt
import re
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override, pgettext

from circle.audit.log import record
from circle.calendar.working_days import SHANGHAI
from tests import make

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
LIBRARIES = [Path(django.__file__).parent, Path(allauth.__file__).parent]
# Texts of the libraries which we put differently on purpose: the meaning is the same, also on their pages.
OVERRIDDEN = {
    ", ",  # 、 between the members of a list, as Chinese writes it
    "Code",  # 验证码: the number at the second step of the sign-in; theirs is 代码, source code
    "Phone",
    "Recovery codes",
    "name",  # 名称 as Django has it; allauth has 名字
    "sent",
    "verified",
}


def meanings(catalogue):
    return {(e.msgctxt, e.msgid): e.msgstr for e in catalogue if e.translated() and not e.obsolete}


def library_catalogues():
    return [
        meanings(polib.pofile(str(path)))
        for library in LIBRARIES
        for path in sorted(library.glob("**/locale/zh_Hans/LC_MESSAGES/django.po"))
    ]


def clashes(ours, libraries):
    """The texts of ours which a library has too, with other Chinese."""
    found = {
        key for library in libraries for key in ours.keys() & library.keys() if ours[key] != library[key]
    }
    return {text for _context, text in found}


def test_our_chinese_does_not_replace_that_of_a_library():
    assert clashes(meanings(polib.pofile(str(OURS))), library_catalogues()) == OVERRIDDEN


def test_new_clash_is_found():
    libraries = library_catalogues()
    assert (len(libraries) > 2, clashes({(None, "Close"): "停约"}, libraries)) == (True, {"Close"})
    assert clashes({(None, "Close"): "关闭", ("of a slot", "Close"): "停约"}, libraries) == set()


@pytest.mark.parametrize(
    ("context", "text", "chinese"),
    [
        (None, "Close", "关闭"),
        (None, "No", "否"),
        (None, "name", "名称"),
        ("take no more bookings", "Close", "停约"),
        ("not agreed", "No", "不同意"),
        ("of a person", "name", "姓名"),
    ],
)
def test_short_word_has_the_chinese_of_its_meaning(context, text, chinese):
    with override("zh-hans"):
        assert (pgettext(context, text) if context else gettext(text)) == chinese


@pytest.mark.django_db
def test_read_only_page_of_the_back_office_has_djangos_own_close(client):
    slot = make.slot()
    client.force_login(make.director())
    page = client.get(reverse("admin:services_slot_change", args=[slot.pk])).text
    assert 'class="closelink">关闭</a>' in page


@pytest.mark.parametrize(
    ("hour", "chinese", "english"),
    [
        (7, "2026年11月23日（星期一）7:54", "Mon 23 Nov 2026, 7:54\u00a0AM"),
        (12, "2026年11月23日（星期一）12:54", "Mon 23 Nov 2026, 12:54\u00a0PM"),
        (0, "2026年11月23日（星期一）0:54", "Mon 23 Nov 2026, 12:54\u00a0AM"),
        (19, "2026年11月23日（星期一）19:54", "Mon 23 Nov 2026, 7:54\u00a0PM"),
    ],
)
def test_time_in_chinese_counts_24_hours(hour, chinese, english):
    moment = dt.datetime(2026, 11, 23, hour, 54, tzinfo=SHANGHAI)
    with override("zh-hans"):
        assert date_format(moment, "DATETIME_FORMAT") == chinese
    with override("en"):
        assert date_format(moment, "DATETIME_FORMAT") == english


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [7, 19])
def test_chinese_list_of_records_holds_no_english_half_of_the_day(client, hour):
    moment = dt.datetime(2026, 11, 23, hour, 54, tzinfo=SHANGHAI)
    record(verb="tested", subject=make.here(), community=make.here(), at=moment)
    client.force_login(make.director())
    page = client.get(reverse("admin:circle_record_changelist")).text
    assert (f"{hour}:54" in page, re.search("[AP]M[0-9]", page)) == (True, None)


# What Django's back office says in English where a catalogue lacks the Chinese.
ADMIN_WORDS = [
    "Model name",
    "Add",
    "Add link",
    "Change",
    "Change or view list link",
    "View",
    "Delete",
    "Select",
    "Search",
    "Filter",
    "Action",
    "Go",
    "Home",
    "Close",
    "Save",
    "History",
    "Error",
    "Welcome",
    "Log out",
    "Recent actions",
    "None available",
    "Toggle",
    "Skip",
    "All",
    "Any date",
]


def english_words(page):
    """Those of ADMIN_WORDS which a reader, or a screen reader, meets on the page."""
    bare = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->", " ", page)
    said = re.findall(r'\b(?:title|aria-label|alt|placeholder|value)="([^"]*)"', bare)
    text = " | ".join([re.sub(r"<[^>]*>", "|", bare), *said])
    return [word for word in ADMIN_WORDS if re.search(rf"\b{word}\b", text)]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["index", "services_slot_changelist", "circle_facility_changelist"])
def test_chinese_back_office_holds_no_english_word_of_django(client, page):
    make.slot()
    client.force_login(make.director())
    assert english_words(client.get(reverse(f"admin:{page}")).text) == []
    with override("en"):
        shown = english_words(client.get(reverse(f"admin:{page}")).text)
    assert {"Model name", "Add link", "Change or view list link"} <= set(shown)

"""Errands of the demo: a case in every stage, each by the actions that residents and staff use."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from circle.calendar.working_days import ONE_DAY, SHANGHAI
from circle.demo.messages import send_demo_messages
from circle.demo.staff import demo_clerk, demo_staff
from circle.models import Community, Resident, User, Via
from services import actions
from services.models import AgencyCase, Flow, ServiceItem

HEAD = "head@demo.invalid"
OPENS, CLOSES, SATURDAY = dt.time(9), dt.time(16, 50), 5
# Until which stage, how many days ago it was asked for (one of them is late), and for what.
STAGES = [
    ("requested", 0, "EL02"),
    ("requested", 6, "SI03"),
    ("checked", 2, "HL03"),
    ("authorised", 1, "DB03"),
    ("accepted", 2, "HL02"),
    ("supplement", 4, "TR01"),
    ("submitted", 8, "EL03"),
    ("approved", 20, "EL01"),
    ("refused", 25, "RL01"),
    ("handed_over", 28, "EL07"),
    ("closed", 40, "HL01"),
    ("withdrawn", 15, "RL03"),
]
NOTICED = ["EL03", "RL01"]  # an allowance is announced in the neighbourhood before it is granted
WAY = ["checked", "authorised", "accepted", "submitted", "approved", "handed_over", "closed"]


def load_cases(community: Community) -> None:
    """Of the eldest who live here; not again once there is a case."""
    if AgencyCase.objects.filter(community=community).exists():
        return
    active = ServiceItem.objects.filter(status=ServiceItem.Status.ACTIVE, flow=Flow.AGENCY)
    items = {item.code: item for item in active.public(community).offered(timezone.localdate())}
    homes = Resident.objects.living().filter(community=community, building__isnull=False)
    elders = list(homes.exclude(born_on=None).order_by("born_on", "pk")[: len(STAGES)])
    if not items or not elders:
        return
    clerk, now = demo_clerk(community), timezone.now()
    demo_staff(community, HEAD)
    for number, (stage, days, code) in enumerate(STAGES):
        if code in items:
            begins = now - dt.timedelta(days=days, hours=2)
            Story(items[code], elders[number % len(elders)], clerk, begins, now).tell(stage)


class Story:
    """One case; each step takes its share of the time until now."""

    def __init__(
        self, item: ServiceItem, person: Resident, clerk: User, begins: dt.datetime, now: dt.datetime
    ) -> None:
        self.clerk, self.moment = clerk, begins
        self.at = in_office_hours(begins)
        self.pause = (now - begins) / 12
        self.case = actions.request_case(
            item=item,
            resident=person,
            via=Via.PHONE,
            at=self.at,
            by=clerk,
            words="腿脚不便，请代为办理（演示）",
        )

    def do(self, action: Callable[..., Any], **said: Any) -> None:
        self.moment += self.pause
        self.at = in_office_hours(self.moment)
        action(case=self.case, at=self.at, by=self.clerk, **said)
        self.case.refresh_from_db()
        send_demo_messages(self.at)

    def tell(self, stage: str) -> None:
        self.do(actions.add_case_photo, photo=drawn_paper(), via=Via.PHONE)
        if stage == "withdrawn":
            self.do(actions.withdraw_case, reason="女儿自己去办了", via=Via.PHONE)
        for name in WAY:
            if stage in ("requested", "withdrawn") or self.case.status == stage:
                return
            if stage == "supplement" and name == "submitted":
                self.do(actions.ask_supplement, missing="近期证件照两张；户口簿本人页复印件")
                return
            if stage == "refused" and name == "approved":
                self.refuse()
                return
            getattr(self, name)()

    def checked(self) -> None:
        self.do(actions.check_case, public="照片清楚，请授权后我们去办。")

    def authorised(self) -> None:
        actions.note_identity(
            resident=self.case.resident, paper="id_card", via=Via.WINDOW, at=self.at, by=self.clerk
        )
        until = timezone.localdate(self.at) + dt.timedelta(days=180)
        self.do(actions.authorise_case, valid_until=until, via=Via.WINDOW)

    def accepted(self) -> None:
        self.do(actions.accept_case)
        self.do(actions.receive_paper, name="户口簿")

    def submitted(self) -> None:
        self.do(actions.submit_case, receipt=f"演示受理〔{self.at.year}〕{self.case.pk}号")
        day = timezone.localdate(self.at)
        if self.case.item.code in NOTICED:
            self.do(actions.stop_clock, kind="notice", starts_on=day, ends_on=day, reason="小区公示一天")

    def approved(self) -> None:
        self.do(actions.approve_case, public="已批准，结果在窗口。")

    def refuse(self) -> None:
        self.do(
            actions.refuse_case,
            reason="家庭收入高于标准（演示）",
            remedy="六十日内可以申请行政复议；收入有变化可以重新申请（演示）",
        )

    def handed_over(self) -> None:
        self.do(actions.hand_over_result, delivery="delivered", handed_to="本人", proof=self.case.fetch_code)

    def closed(self) -> None:
        for paper in self.case.papers.all():
            actions.return_paper(paper=paper, returned_to="本人", at=self.at, by=self.clerk)
        self.case.refresh_from_db()
        self.do(actions.close_case)


def in_office_hours(moment: dt.datetime) -> dt.datetime:
    """The last moment until then in which somebody sits in the hall."""
    local = timezone.localtime(moment)
    if local.time() < OPENS:
        local = dt.datetime.combine(local.date() - ONE_DAY, CLOSES, tzinfo=SHANGHAI)
    while local.weekday() >= SATURDAY:
        local = dt.datetime.combine(local.date() - ONE_DAY, CLOSES, tzinfo=SHANGHAI)
    return min(local, dt.datetime.combine(local.date(), CLOSES, tzinfo=SHANGHAI))


def drawn_paper() -> SimpleUploadedFile:
    """No photograph of anything: a sheet with two lines on it."""
    sheet = Image.new("RGB", (600, 400), "white")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((20, 20, 580, 380), outline="grey", width=4)
    for height in (140, 220):
        pen.line((60, height, 540, height), fill="grey", width=3)
    out = BytesIO()
    sheet.save(out, "JPEG")
    return SimpleUploadedFile("demo.jpg", out.getvalue(), "image/jpeg")

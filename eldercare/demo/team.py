"""Six carers with their hours, certificates and a drawn face, and who of them goes where."""

import datetime as dt
import random
from io import BytesIO
from itertools import permutations

from django.core.exceptions import ValidationError
from PIL import Image, ImageDraw

from circle.demo.staff import demo_staff
from circle.models import Community, User
from eldercare import actions
from eldercare.actions.photos import PHOTO_SIDE
from eldercare.models import CareBooking, CareWorker, Certificate, Skill, WorkerShift

WOMAN, MAN = CareWorker.Sex.WOMAN, CareWorker.Sex.MAN
WORKDAYS, LATE_WEEK = range(6), range(2, 7)
WHOLE, MORNINGS, AFTERNOONS = (8, 18), (8, 13), (13, 18)
CARER, SECOND_CARER = "carer@demo.invalid", "carer2@demo.invalid"
# By login: sex, dialects, days and hours (none: whenever care is given), skills with the days left.
TEAM = {
    CARER: (WOMAN, "贵阳话", WORKDAYS, WHOLE, {Skill.BATHING: 400, Skill.ESCORT: 400}),
    SECOND_CARER: (MAN, "贵阳话、苗语", WORKDAYS, WHOLE, {Skill.BATHING: 24, Skill.ESCORT: 24}),
    "carer3@demo.invalid": (WOMAN, "遵义话", WORKDAYS, WHOLE, {Skill.BATHING: 300}),
    "carer4@demo.invalid": (WOMAN, "布依语", WORKDAYS, AFTERNOONS, {Skill.FIRST_AID: 200}),
    "carer5@demo.invalid": (MAN, "贵阳话", LATE_WEEK, WHOLE, {Skill.ESCORT: 250}),
    "carer6@demo.invalid": (WOMAN, "四川话", (), WHOLE, {Skill.FIRST_AID: 90}),
}
PASSABLE = {"worker_busy", "off_shift", "wish_refused", "wish_asked", "certificate_missing"}
MOST_TRIES = 8


def add_team(community: Community, today: dt.date) -> list[User]:
    for number, (email, (sex, dialects, days, hours, skills)) in enumerate(TEAM.items()):
        user = demo_staff(community, email)
        facts = {"sex": sex, "dialects": dialects, "photo": drawn_face(number)}
        worker, is_new = CareWorker.objects.get_or_create(community=community, user=user, defaults=facts)
        opens, closes = map(dt.time, hours)
        if is_new:
            WorkerShift.objects.bulk_create(
                WorkerShift(worker=worker, weekday=day, opens=opens, closes=closes) for day in days
            )
        for skill, left in skills.items():
            until = {"until": today + dt.timedelta(days=left)}
            Certificate.objects.get_or_create(community=community, user=user, skill=skill, defaults=until)
    return [demo_staff(community, email) for email in TEAM]


def drawn_face(number: int) -> bytes:
    """Nobody's: a head and shoulders, in another colour for each."""
    colours = ["#8AA17A", "#7A93A1", "#A1857A", "#9A7AA1", "#7AA19C", "#A19B7A"]
    side = PHOTO_SIDE
    picture = Image.new("RGB", (side, side), "#F6F4EF")
    draw = ImageDraw.Draw(picture)
    colour = colours[number % len(colours)]
    draw.ellipse((side * 0.32, side * 0.16, side * 0.68, side * 0.56), fill=colour)
    draw.ellipse((side * 0.12, side * 0.62, side * 0.88, side * 1.4), fill=colour)
    out = BytesIO()
    picture.save(out, "WEBP", quality=70)
    return out.getvalue()


def send_somebody(
    booking: CareBooking, team: list[User], chance: random.Random, at: dt.datetime, by: User
) -> bool:
    """The first crew of the team, drawn at random, that can go; false where nobody can."""
    trained = Certificate.objects.filter(community=booking.community_id, skill=booking.kind.skill)
    holders = set(trained.values_list("user", flat=True))
    able = [each for each in team if not booking.kind.skill or each.pk in holders]
    crews = list(permutations(able, booking.crew_size))
    for lead, *others in chance.sample(crews, min(len(crews), MOST_TRIES)):
        second = others[0] if others else None
        try:
            actions.assign_worker(booking=booking, worker=lead, assistant=second, at=at, by=by)
        except ValidationError as refusal:
            if refusal.code not in PASSABLE:
                raise
        else:
            return True
    return False

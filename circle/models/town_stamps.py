from django.db import connection, models

EVERYWHERE = 0  # the scope of rows that belong to no community: a kind of facility, a day off


class TownStamp(models.Model):
    """Another number after each write to what public pages show (web/town_stamp.py)."""

    scope = models.PositiveBigIntegerField(primary_key=True)  # a community's id, or EVERYWHERE
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.scope}: {self.number}"


Stamps = dict[int, int]
Stamp = tuple[int | None, int | None]


def read_stamps() -> Stamps:
    """Of all communities, by one query; without the ORM, since it is asked before each kept page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope, number FROM circle_townstamp")
        return dict(cursor.fetchall())


def stamp_of(stamps: Stamps, community_id: int) -> Stamp:
    return stamps.get(EVERYWHERE), stamps.get(community_id)

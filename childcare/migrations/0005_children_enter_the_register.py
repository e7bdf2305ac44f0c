"""The child of each application becomes a resident whom the applicant answers for.

Each guardian's child is a row of its own, even where name and birthday are those of somebody else's: whether
two rows are one child is for staff to see, who merge them. What went before into rows of forgotten children
stays: the year.
"""

from django.db import migrations

from circle.matching import build_key

GONE = "–"
PURPOSES = ["nursery_application", "child_health"]


def into_the_register(apps, schema_editor):
    known = {}
    applications = apps.get_model("childcare", "Application").objects
    for row in applications.exclude(child_name="").select_related("guardian").order_by("pk"):
        if row.child_name == GONE:
            row.born_year = row.child_born_on.year if row.child_born_on else 0
            row.save(update_fields=["born_year"])
            continue
        key = (row.guardian_id, row.child_name, row.child_born_on)
        if key not in known:
            known[key] = found_or_entered(apps, row)
        row.child, row.entered_child = known[key]
        row.save(update_fields=["child", "entered_child"])
        consents_of(apps, row).filter(resident=row.guardian).update(resident=row.child)


def found_or_entered(apps, row):
    guardian, facts = row.guardian, {"name": row.child_name, "born_on": row.child_born_on}
    wards = apps.get_model("circle", "Guardianship").objects.filter(adult=guardian, ended_at=None)
    people = apps.get_model("circle", "Resident").objects
    child = people.filter(pk__in=wards.values("child"), merged_into=None, **facts).order_by("pk").first()
    if child:
        return child, False
    child = people.create(
        community=row.community,
        language=guardian.language,
        building=guardian.building,
        household=guardian.household,
        search_key=build_key([row.child_name], []),
        **facts,
    )
    wards.create(child=child, adult=guardian)
    return child, True


def consents_of(apps, row):
    return apps.get_model("circle", "Consent").objects.filter(purpose__in=PURPOSES, matter=row.code)


def back_into_the_application(apps, schema_editor):
    """The children stay in the register: forward again finds them there."""
    applications = apps.get_model("childcare", "Application").objects
    for row in applications.exclude(born_year=None):
        row.child_name = GONE
        row.child_born_on = f"{row.born_year or 1:04}-01-01"
        row.save(update_fields=["child_name", "child_born_on"])
    for row in applications.exclude(child=None).select_related("child"):
        row.child_name, row.child_born_on = row.child.name, row.child.born_on
        row.save(update_fields=["child_name", "child_born_on"])
        consents_of(apps, row).filter(resident=row.child).update(resident=row.guardian_id)
        row.child = None
        row.save(update_fields=["child"])


class Migration(migrations.Migration):
    dependencies = [("childcare", "0004_child_of_an_application")]

    operations = [migrations.RunPython(into_the_register, back_into_the_application)]

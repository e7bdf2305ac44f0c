"""Where care at home stands: the hook `progress`."""

from circle.search.progress import Progress, numbers_of
from circle.templatetags.circle_tags import month_day
from eldercare.models import CareBooking, ClassWaiting, Enrolment, MealOrder, RightNotice


def progress_of_care(code: str) -> Progress | None:
    rows = CareBooking.objects.select_related("kind", "resident__login", "mandate")
    found = rows.filter(code=code).first()
    if found is None:
        return progress_of_class(code)
    return Progress(
        title=found.kind.name,
        state=found.get_status_display(),
        note=month_day(found.day) if found.day else "",
        url=found.get_absolute_url(),
        phones=numbers_of(found.resident, found.mandate),
    )


def progress_of_class(code: str) -> Progress | None:
    """Of a place in the senior school, or in the waiting list of a class."""
    for model in (Enrolment, ClassWaiting):
        rows = model.objects.select_related("school_class__term", "resident__login", "mandate")
        if found := rows.filter(code=code).first():
            return Progress(
                title=found.school_class.name,
                state=found.get_status_display(),
                note=str(found.school_class.term),
                url=found.school_class.get_absolute_url(),
                phones=numbers_of(found.resident, found.mandate),
            )
    return progress_of_meal(code)


def progress_of_meal(code: str) -> Progress | None:
    """Of a meal that is ordered."""
    rows = MealOrder.objects.select_related("dish", "resident__login", "mandate")
    found = rows.filter(code=code).first()
    if found is None:
        return progress_of_right(code)
    return Progress(
        title=found.dish.name,
        state=found.get_status_display(),
        note=month_day(found.day),
        url=found.get_absolute_url(),
        phones=numbers_of(found.resident, found.mandate),
    )


def progress_of_right(code: str) -> Progress | None:
    """Of a right of which somebody was told."""
    found = RightNotice.objects.select_related("right", "resident__login").filter(code=code).first()
    if found is None:
        return None
    return Progress(
        title=found.right.name,
        state=found.get_status_display(),
        note=month_day(found.day),
        url=found.get_absolute_url(),
        phones=numbers_of(found.resident, None),
    )

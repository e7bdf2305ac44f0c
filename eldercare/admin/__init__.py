from eldercare.admin import (
    bookings,
    care_workers,
    certificates,
    day_care,
    duties,
    kinds,
    right_notices,
    rights,
    school,
    series,
    slots,
    volunteers,
)

__all__ = [
    "bookings",
    "care_workers",
    "certificates",
    "day_care",
    "duties",
    "kinds",
    "right_notices",
    "rights",
    "school",
    "series",
    "slots",
    "volunteers",
]

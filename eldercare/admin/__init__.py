from eldercare.admin import (
    bookings,
    care_workers,
    certificates,
    duties,
    kinds,
    prices,
    right_notices,
    rights,
    school,
    slots,
    volunteers,
)

__all__ = [
    "bookings",
    "care_workers",
    "certificates",
    "duties",
    "kinds",
    "prices",
    "right_notices",
    "rights",
    "school",
    "slots",
    "volunteers",
]

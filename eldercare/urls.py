from django.urls import path

from eldercare.views import asking, bookings, carer, entitled, kinds, rounds, school, series, urgent
from eldercare.views.canteen import menu, orders

urlpatterns = [
    path("", kinds.eldercare, name="eldercare"),
    path("before/<slug:code>/", entitled.right_notice, name="right_notice"),
    path("bookings/", bookings.find_care_booking, name="find_care_booking"),
    path("bookings/forget/", bookings.forget_care_bookings, name="forget_care_bookings"),
    path("bookings/<slug:code>/", bookings.care_booking, name="care_booking"),
    path("bookings/<slug:code>/calendar.ics", bookings.care_booking_ics, name="care_booking_ics"),
    path("bookings/<slug:code>/move/", bookings.care_move, name="care_move"),
    path("bookings/<slug:code>/cancel/", bookings.care_cancel, name="care_cancel"),
    path("call/", urgent.care_call, name="care_call"),  # before the kinds, whose short names it could be
    path("canteen/", menu.canteen, name="canteen"),
    path("canteen/dish/<slug:code>/", orders.meal_dish, name="meal_dish"),
    path("canteen/mine/", orders.my_meals, name="my_meals"),
    path("canteen/orders/<slug:code>/", orders.meal_order, name="meal_order"),
    path("canteen/standing/", orders.standing_new, name="standing_new"),
    path("canteen/standing/<slug:code>/", orders.standing_meal, name="standing_meal"),
    path("canteen/week/", menu.canteen_week, name="canteen_week"),
    path("entitled/", entitled.entitled, name="entitled"),
    path("round/", rounds.visit_round, name="visit_round"),
    path("round/certificate/", rounds.volunteer_certificate, name="volunteer_certificate"),
    path("round/join/", rounds.visit_join, name="visit_join"),
    path("looks-in/", rounds.who_looks_in, name="who_looks_in"),
    path("series/<slug:code>/", series.care_series, name="care_series"),
    path("series/<slug:code>/<slug:verb>/", series.care_series_change, name="care_series_change"),
    path("school/", school.school, name="school"),
    path("school/mine/<slug:code>/", school.school_place, name="school_place"),
    path("school/<slug:code>/", school.school_class, name="school_class"),
    path("school/<slug:code>/calendar.ics", school.school_ics, name="school_ics"),
    path("school/<slug:code>/roll/", school.school_roll, name="school_roll"),
    path("school/<slug:code>/roster/", school.school_roster, name="school_roster"),
    path("today/", carer.carer_day, name="carer_day"),
    path("today/code/", carer.carer_code, name="carer_code"),
    path("today/<slug:code>/", carer.carer_visit, name="carer_visit"),
    path("<slug:code>/", kinds.care_kind, name="care_kind"),
    path("<slug:code>/who/", asking.care_who, name="care_who"),
    path("<slug:code>/when/", asking.care_when, name="care_when"),
    path("<slug:code>/needs/", asking.care_needs, name="care_needs"),
    path("<slug:code>/check/", asking.care_check, name="care_check"),
]

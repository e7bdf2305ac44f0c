from django.urls import path

from services.views import booking, cases, catalogue, my_booking, sessions, ticket_devices, tickets, waiting

urlpatterns = [
    path("", catalogue.services, name="services"),
    path("bookings/", my_booking.find_booking, name="find_booking"),
    path("bookings/forget/", waiting.forget_bookings, name="forget_bookings"),
    path("bookings/<slug:code>/", my_booking.booking, name="booking"),
    path("bookings/<slug:code>/calendar.ics", my_booking.booking_ics, name="booking_ics"),
    path("bookings/<slug:code>/cancel/", my_booking.booking_cancel, name="booking_cancel"),
    path("bookings/<slug:code>/objection/", my_booking.booking_objection, name="booking_objection"),
    path("bookings/<slug:code>/move/", my_booking.booking_move, name="booking_move"),
    path("sessions/<slug:code>/calendar.ics", sessions.session_ics, name="session_ics"),
    path("draw/<slug:hall>/<slug:token>/", tickets.draw_ticket, name="draw_ticket"),
    path("tickets/<slug:code>/", tickets.ticket, name="ticket"),
    path("screen/<slug:hall>/", ticket_devices.ticket_screen, name="ticket_screen"),
    path("entrance/<slug:key>/", ticket_devices.ticket_entrance, name="ticket_entrance"),
    path("kiosk/<slug:key>/", ticket_devices.ticket_kiosk, name="ticket_kiosk"),
    path("kiosk/<slug:key>/<slug:code>/", ticket_devices.ticket_slip, name="ticket_slip"),
    path("case/", cases.find_case, name="find_case"),
    path("case/forget/", cases.forget_case, name="forget_case"),
    path("case/<slug:code>/", cases.case, name="case"),
    path("waiting/", waiting.find_waiting, name="find_waiting"),
    path("waiting/forget/", waiting.forget_waiting, name="forget_waiting"),
    path("waiting/<slug:code>/", waiting.waiting, name="waiting"),
    path("<slug:code>/", catalogue.item, name="item"),
    path("<slug:code>/book/", booking.book, name="book"),
    path("<slug:code>/errands/", cases.ask_errand, name="ask_errand"),
    path("<slug:code>/errands/check/", cases.ask_errand_check, name="ask_errand_check"),
    path("<slug:code>/wait/", waiting.join, name="join_line"),
    path("<slug:code>/book/who/", booking.book_who, name="book_who"),
    path("<slug:code>/book/check/", booking.book_check, name="book_check"),
]

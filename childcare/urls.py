from django.urls import path

from childcare.views import apply, classes, days, decisions, draw, health, parents, waiting

urlpatterns = [
    path("", classes.childcare, name="childcare"),
    path("apply/", apply.apply, name="apply"),
    path("applications/<slug:code>/", apply.application, name="application"),
    path("applications/<slug:code>/check/", apply.check, name="application_check"),
    path("applications/<slug:code>/withdraw/", decisions.withdraw, name="application_withdraw"),
    path("applications/<slug:code>/object/", decisions.object_to, name="application_object"),
    path("applications/<slug:code>/accept/", decisions.accept, name="application_accept"),
    path("applications/<slug:code>/decline/", decisions.decline, name="application_decline"),
    path("applications/<slug:code>/health/correct/", health.health, name="application_health"),
    path("applications/<slug:code>/wish/", waiting.wish, name="application_wish"),
    path("applications/<slug:code>/reopen/", waiting.reopen, name="application_reopen"),
    path("applications/<slug:code>/parent/", parents.second_parent, name="second_parent"),
    path("applications/<slug:code>/parent/end/", parents.second_parent_end, name="second_parent_end"),
    path("parents/<slug:code>/", parents.parent_confirm, name="parent_confirm"),
    path("draw/<slug:code>/", draw.draw, name="draw"),
    path("draw/<slug:code>/round.json", draw.draw_json, name="draw_json"),
    path("draw/<slug:code>/list.csv", draw.draw_list, name="draw_list"),
    path("children/<slug:code>/", days.child, name="child"),
    path("children/<slug:code>/absence/", days.absence, name="child_absence"),
    path("children/<slug:code>/absence/cancel/", days.absence_cancel, name="child_absence_cancel"),
    path("children/<slug:code>/leave/", days.leave, name="child_leave"),
    path("children/<slug:code>/stay/", days.stay, name="child_stay"),
    path("applications/<slug:code>/<slug:name>/", apply.task, name="application_task"),
]

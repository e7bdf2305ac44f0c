from django.urls import path

from eldercare import views

urlpatterns = [path("", views.eldercare, name="eldercare")]

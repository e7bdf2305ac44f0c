from django.urls import path

from childcare import views

urlpatterns = [path("", views.childcare, name="childcare")]

"""Addresses of the courts: the look-up, and the same courts as files, calendars and a feed."""

from django.urls import path

from courts import exports, views

urlpatterns = [
    path("courts/", views.courts, name="courts"),
    path("courts.csv", exports.courts_as_csv, name="courts_csv"),
    path("courts.json", exports.courts_as_json, name="courts_json"),
    path("courts/go-live.ics", exports.calendar, name="go_live_calendar"),
    path("courts/go-live.atom", exports.feed, name="go_live_feed"),
    path("courts/<str:court_id>/go-live.ics", exports.court_calendar, name="court_calendar"),
    path("file-case/court-cmecf-lookup/data.json", exports.pacer_data, name="pacer_data"),
]

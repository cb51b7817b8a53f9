"""Addresses of the courts' Document Filing Systems and of linking."""

from django.urls import path

from linking.views import filing, link, links, reset

urlpatterns = [
    path("cmecf/<str:court_id>/", filing.welcome, name="cmecf"),
    path("cmecf/<str:court_id>/role/", filing.choose, name="cmecf_choose"),
    path("cmecf/<str:court_id>/query/", filing.query, name="cmecf_query"),
    path("cmecf/<str:court_id>/reports/", filing.reports, name="cmecf_reports"),
    path("cmecf/<str:court_id>/file/<slug:menu>/", filing.file, name="cmecf_file"),
    path("cmecf/<str:court_id>/utilities/", filing.utilities, name="cmecf_utilities"),
    path("cmecf/<str:court_id>/utilities/link/", link.start, name="link_start"),
    path("cmecf/<str:court_id>/utilities/link/confirm/", link.confirm, name="link_confirm"),
    path("cmecf/<str:court_id>/utilities/reset/", reset.ask, name="filer_reset_ask"),
    path("cmecf/<str:court_id>/reset/<str:token>/", reset.reset, name="filer_reset"),
    path("cmecf/<str:court_id>/links/<uuid:link_id>/", links.receipt, name="link_receipt"),
    path("cmecf/<str:court_id>/links/<uuid:link_id>/undo/", links.undo, name="link_undo"),
    path("not-me/<str:token>/", links.not_me, name="link_not_me"),
]

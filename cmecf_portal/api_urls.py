"""Addresses of the API."""

from django.urls import path, re_path

from cmecf_portal.account_api import AccountDetail
from cmecf_portal.api import Nothing, Root, schema
from cmecf_portal.views.api_docs import api_docs
from courts.api import CourtDetail, CourtList
from linking.api import LinkConfirm, LinkDetail, LinkList, LinkUndo
from linking.api_readiness import ReadinessList

urlpatterns = [
    path("v1/", Root.as_view(), name="api_root"),
    path("v1/courts/", CourtList.as_view(), name="api_courts"),
    path("v1/courts/<str:court_id>/", CourtDetail.as_view(), name="api_court"),
    path("v1/account/", AccountDetail.as_view(), name="api_account"),
    path("v1/readiness/", ReadinessList.as_view(), name="api_readiness"),
    path("v1/links/", LinkList.as_view(), name="api_links"),
    path("v1/links/<uuid:link_id>/", LinkDetail.as_view(), name="api_link"),
    path("v1/links/<uuid:link_id>/confirm/", LinkConfirm.as_view(), name="api_link_confirm"),
    path("v1/links/<uuid:link_id>/undo/", LinkUndo.as_view(), name="api_link_undo"),
    path("schema/", schema, name="api_schema"),
    path("docs/", api_docs, name="api_docs"),
    # With its slash at the end, so that an address that only lacks it is still sent on.
    re_path(r"^.*/$", Nothing.as_view(), name="api_nothing"),
]

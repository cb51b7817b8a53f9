"""Every address of the site. Each name has its row in `permissions.PERMISSIONS`."""

from django.contrib import admin
from django.urls import include, path

from accounts import upgrade_views
from cmecf_portal import demo_mail, probes
from cmecf_portal.views import account, account_changes, court, crawlers, help, home, readiness

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("courts.urls")),
    path("courts/<str:court_id>/", court.court, name="court"),
    path("api/", include("cmecf_portal.api_urls")),
    path("readiness/", readiness.readiness, name="readiness"),
    path("help/", help.help_page, name="help"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("account/", account.settings_tab, name="account"),
    path("account/maintenance/", account.maintenance, name="account_maintenance"),
    path("account/history/", account.history, name="account_history"),
    path("account/person/", account_changes.person, name="account_person"),
    path("account/address/", account_changes.address, name="account_address"),
    path("account/username/", account_changes.username, name="account_username"),
    path("account/upgrade/", upgrade_views.person, name="account_upgrade"),
    path("account/upgrade/address/", upgrade_views.address, name="account_upgrade_address"),
    path("account/upgrade/security/", upgrade_views.security, name="account_upgrade_security"),
    path("account/upgrade/done/", upgrade_views.done, name="account_upgrade_done"),
    path("livez", probes.livez, name="livez"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    path("demo/mail/", demo_mail.demo_mail, name="demo_mail"),
    path("demo/mail/<int:pk>/html/", demo_mail.demo_mail_html, name="demo_mail_html"),
    path("", include("linking.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
]

handler500 = "cmecf_portal.errors.server_error"

from django.db import models

from accounts.models import Session
from courts.models import Court
from linking.models.link import Link


class LinkChoice(models.Model):
    """In which role a person with several links at a court works there, in one session."""

    # CASCADE: the choice lasts as long as the session, and as the link.
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    court = models.ForeignKey(Court, on_delete=models.CASCADE, related_name="+")
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "court"], name="linkchoice_one_per_session_court")]

    def __str__(self) -> str:
        return f"{self.court_id}: {self.link_id}"

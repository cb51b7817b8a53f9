"""What the API says of links and of readiness, for its description; `linking.api_json` makes the same keys."""

from typing import Any

from rest_framework import serializers

from accounts.models import FilerRole
from courts.kinds import CourtStatus, GoLiveBasis
from linking.comparison import Likeness
from linking.obstacles import Code
from linking.readiness import StepCode, StepState

LINK_STATES = ("pending", "active", "frozen", "ended")
STEP_STATES = tuple(state.value for state in StepState)
STEP_CODES = tuple(code.value for code in StepCode)
OBSTACLE_CODES = tuple(code.value for code in Code)


class LinkIn(serializers.Serializer[Any]):
    """Which court, and the login and password of the old CM/ECF account there."""

    court_id = serializers.CharField(max_length=10, help_text="PACER’s lower-case abbreviation, such as canb.")
    login = serializers.CharField(max_length=1000, trim_whitespace=False, help_text="The CM/ECF login, in any case.")
    password = serializers.CharField(
        max_length=1024, trim_whitespace=False, help_text="The CM/ECF password, as it is: blanks count. Never stored."
    )


class ConfirmIn(serializers.Serializer[Any]):
    """The yes to a pair."""

    acknowledge_mismatch = serializers.BooleanField(
        default=False, help_text="True: both accounts are the person’s own, although the names differ."
    )


class LinkOut(serializers.Serializer[Any]):
    """One link, or the question that becomes one. Instants are ISO 8601 with the offset of the court’s zone."""

    id = serializers.UUIDField(help_text="The same before and after it is confirmed.")
    court_id = serializers.CharField(help_text="The court whose CM/ECF it is: for a panel its circuit.")
    filer_login = serializers.CharField(help_text="The CM/ECF login, written as the court writes it.")
    role = serializers.ChoiceField(choices=FilerRole.choices)
    pacer_account_number = serializers.CharField()
    state = serializers.ChoiceField(
        choices=LINK_STATES,
        help_text="`pending`: waits for the yes. `frozen`: somebody said that it was not theirs.",
    )
    linked_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    end_reason = serializers.CharField(
        help_text="Why it ended: the court’s reason, or `undone` by its owner. Empty while it lasts."
    )
    undo_until = serializers.DateTimeField(allow_null=True, help_text="Until then its owner may undo it.")
    receipt = serializers.CharField(allow_null=True, help_text="Receipt number, such as CANB-7K4M-2Q9X.")


class LineOut(serializers.Serializer[Any]):
    """One line of both accounts side by side."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    pacer = serializers.CharField(help_text="What PACER has; empty where it has nothing.")
    filer = serializers.CharField(help_text="What the court has.")
    likeness = serializers.ChoiceField(choices=[kind.value for kind in Likeness])


class QuestionOut(LinkOut):
    """What is to be confirmed: nothing is linked until then."""

    confirm_until = serializers.DateTimeField()
    confirm_url = serializers.CharField(help_text="POST the yes here.")
    names_differ = serializers.BooleanField(help_text="Then the yes must say `acknowledge_mismatch`.")
    accounts = LineOut(many=True, help_text="Both accounts line by line, for the person to compare.")


class LinkListOut(serializers.Serializer[Any]):
    """One page of the person’s links: what this session has to confirm first, then the newest."""

    count = serializers.IntegerField(help_text="Links on all pages.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = LinkOut(many=True)


class StepOut(serializers.Serializer[Any]):
    """One step on the way to filing at a court."""

    code = serializers.ChoiceField(choices=STEP_CODES)
    state = serializers.ChoiceField(
        choices=STEP_STATES,
        help_text="`later`: opens at go-live. `check`: we can’t know. `stopped`: somebody else has to settle it.",
    )
    title = serializers.CharField()
    sentence = serializers.CharField()
    minutes = serializers.IntegerField(help_text="About how long it takes.")
    due = serializers.DateTimeField(allow_null=True, help_text="By when, with the offset of the court’s zone.")
    next_url = serializers.CharField(help_text="Where to do it; empty where there is nothing to do.")
    next_words = serializers.CharField()


class ObstacleOut(serializers.Serializer[Any]):
    """One thing in the way of linking."""

    code = serializers.ChoiceField(choices=OBSTACLE_CODES)
    detail = serializers.CharField(help_text="A sentence for people.")
    next_url = serializers.CharField(help_text="The next step: an address, or a telephone number as tel:.")
    next_words = serializers.CharField()


class ReadinessOut(serializers.Serializer[Any]):
    """How far the person is at one court."""

    court_id = serializers.CharField()
    short_name = serializers.CharField()
    status = serializers.ChoiceField(choices=CourtStatus.choices)
    go_live_basis = serializers.ChoiceField(choices=GoLiveBasis.choices)
    go_live_at = serializers.DateTimeField(allow_null=True)
    opens_at = serializers.DateTimeField(
        allow_null=True, help_text="When linking opens: go-live, or the end of the dark period if that is later."
    )
    is_linked = serializers.BooleanField()
    steps_left = serializers.IntegerField(help_text="Steps that are not done, later ones too.")
    steps = StepOut(many=True, help_text="In the order in which to take them, done ones too.")
    obstacles = ObstacleOut(many=True, help_text="What stops linking here now; empty when the way is free.")


class ReadinessListOut(serializers.Serializer[Any]):
    """The courts where the person files, or that were asked for."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReadinessOut(many=True)

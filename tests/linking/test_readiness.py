"""The steps that are left, from what is known of a person and the court's clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from courts.kinds import GoLiveBasis
from courts.models import Court
from linking.readiness import Known, Step, StepCode, StepState, steps_for
from linking.visitor import AccountAge, Answers, Sharing
from tests.factories import CourtFactory

BEFORE = datetime(2021, 1, 20, 17, 0, tzinfo=UTC)
GO_LIVE = datetime(2021, 2, 16, 8, 0, tzinfo=UTC)  # midnight in San Francisco


@pytest.fixture
def canb() -> Court:
    return CourtFactory.build(nextgen_go_live=date(2021, 2, 16))


def states(steps: list[Step]) -> dict[StepCode, StepState]:
    return {step.code: step.state for step in steps}


def test_a_stranger_gets_every_step_and_the_link_waits_for_go_live(canb: Court) -> None:
    assert states(steps_for(Known(), canb, BEFORE)) == {
        StepCode.OWN_ACCOUNT: StepState.CHECK,
        StepCode.UPGRADE: StepState.CHECK,
        StepCode.SECOND_FACTOR: StepState.TO_DO,
        StepCode.CMECF_LOGIN: StepState.TO_DO,
        StepCode.LINK: StepState.LATER,
    }


def test_the_link_opens_at_the_very_instant_of_go_live(canb: Court) -> None:
    last_second = GO_LIVE - timedelta(seconds=1)
    assert states(steps_for(Known(), canb, last_second))[StepCode.LINK] == StepState.LATER
    assert states(steps_for(Known(), canb, GO_LIVE))[StepCode.LINK] == StepState.TO_DO


def test_a_dark_period_that_outlasts_go_live_puts_the_link_off(canb: Court) -> None:
    canb.dark_from, canb.dark_until = GO_LIVE - timedelta(days=3), GO_LIVE + timedelta(hours=9)
    link = steps_for(Known(), canb, GO_LIVE)[-1]
    assert link.state == StepState.LATER
    assert "9:00 a.m. PT" in link.sentence


def test_the_login_has_to_be_known_before_cmecf_goes_down(canb: Court) -> None:
    canb.dark_from, canb.dark_until = GO_LIVE - timedelta(days=3), GO_LIVE
    due = {step.code: step.due for step in steps_for(Known(), canb, BEFORE)}
    assert due[StepCode.CMECF_LOGIN] == canb.dark_from
    assert due[StepCode.UPGRADE] == GO_LIVE


def test_a_court_that_is_live_sets_no_deadline(canb: Court) -> None:
    assert {step.due for step in steps_for(Known(), canb, GO_LIVE)} == {None}


def test_a_court_without_a_date_promises_none() -> None:
    court = CourtFactory.build(go_live_basis=GoLiveBasis.NOT_ANNOUNCED, nextgen_go_live=None)
    link = steps_for(Known(), court, BEFORE)[-1]
    assert link.state == StepState.LATER
    assert link.url == ""


def test_a_legacy_account_is_upgraded_not_replaced(canb: Court) -> None:
    known = Answers(account=AccountAge.SIX, shared=Sharing.NO).known
    found = states(steps_for(known, canb, BEFORE))
    assert found[StepCode.OWN_ACCOUNT] == StepState.DONE
    assert found[StepCode.UPGRADE] == StepState.TO_DO


@pytest.mark.parametrize(
    "answers", [Answers(account=AccountAge.NONE), Answers(account=AccountAge.BEFORE, shared=Sharing.YES)]
)
def test_a_shared_account_or_none_means_registering_and_nothing_to_upgrade(answers: Answers, canb: Court) -> None:
    found = states(steps_for(answers.known, canb, BEFORE))
    assert found[StepCode.OWN_ACCOUNT] == StepState.TO_DO
    assert found[StepCode.UPGRADE] == StepState.DONE


def test_somebody_who_is_linked_has_nothing_left(canb: Court) -> None:
    known = Known(has_account=True, shared=False, legacy=False, second_factor=True, linked=True)
    assert set(states(steps_for(known, canb, GO_LIVE)).values()) == {StepState.DONE}


def test_without_an_account_sharing_need_not_be_answered() -> None:
    assert not Answers(account=AccountAge.SINCE).are_complete
    assert Answers(account=AccountAge.NONE).are_complete

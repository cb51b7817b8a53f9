"""What attorneys do on a go-live Monday, over HTTP: sign in, prove the second factor, link, each form sent twice.

Used by the benchmark against real processes and by the tests against pytest's live server.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from accounts import totp
from accounts.simulation import COURT_PASSWORD, PORTAL_PASSWORD, TOTP_SECRET
from bench.browser import Answer, Browser, Figures, Form

COURT = "canb"
LINK = f"/cmecf/{COURT}/utilities/link/"


class WentWrong(Exception):
    """A page answered what nobody should see: the step, the statuses and the code on the page."""

    def __init__(self, step: str, answers: list[Answer]) -> None:
        super().__init__(f"{step}: {[(answer.status, answer.code or answer.location) for answer in answers]}")


@dataclass(slots=True)
class Outcome:
    """What people were told: the receipt by username, the code for each who was refused, and what went wrong."""

    receipts: dict[str, str] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    signed_in: int = 0


class Attorney:
    """One person with a browser. `hasty`: loses the connection once at every form, and sends it again."""

    def __init__(self, username: str, browser: Browser, *, hasty: bool = False) -> None:
        self.username = username
        self.browser = browser
        self.hasty = hasty

    async def sign_in(self) -> None:
        """Password, then the code of the app; leads to the link form."""
        page = await self.browser.get("login page", f"/accounts/login/?next={LINK}")
        answers = await self._send(
            "sign in", page.form(asks="password"), {"login": self.username, "password": PORTAL_PASSWORD}
        )
        self._all_lead_to("sign in", answers, "/accounts/2fa/authenticate/")
        page = await self.browser.get("code page", "/accounts/2fa/authenticate/")
        code = totp.code_of(TOTP_SECRET, step=int(time.time()) // totp.PERIOD)
        answers = await self._send("second factor", page.form(asks="code"), {"code": code})
        self._all_lead_to("second factor", answers, LINK)

    async def ask(self, login: str) -> list[Answer]:
        """The link form, with this CM/ECF login."""
        page = await self.browser.get("link page", LINK)
        if page.status != 200:
            raise WentWrong("link page", [page])
        return await self._send("link form", page.form(asks="password"), {"login": login, "password": COURT_PASSWORD})

    async def question(self, login: str) -> Form:
        """Both accounts side by side: the form whose yes makes the link."""
        answers = await self.ask(login)
        self._all_lead_to("link form", answers, f"{LINK}confirm/?c=")
        page = await self.browser.get("confirm page", self.browser.chance.choice(answers).location)
        return page.form(action="/confirm/")

    async def answer_yes(self, form: Form) -> list[Answer]:
        ticked = {"acknowledge_mismatch": "1"} if "acknowledge_mismatch" in form.asked else {}
        return await self._send("confirm", form, ticked)

    async def receipt_of(self, answers: list[Answer]) -> str:
        """The receipt that both clicks lead to, as the welcome page with its filing menus shows it."""
        self._all_lead_to("confirm", answers, f"/cmecf/{COURT}/?receipt=")
        if len({answer.location for answer in answers}) != 1:
            raise WentWrong("confirm", answers)
        receipt = answers[0].location.rpartition("=")[2]
        page = await self.browser.get("welcome page", answers[0].location)
        if page.status != 200 or receipt not in page.body or f"/cmecf/{COURT}/file/bankruptcy/" not in page.body:
            raise WentWrong("welcome page", [page])
        return receipt

    async def _send(self, step: str, form: Form, typed: dict[str, str]) -> list[Answer]:
        fields = form.hidden | typed
        if self.hasty:
            await self.browser.post_and_hang_up(form.action, fields)
        return await self.browser.post(step, form.action, fields)

    @staticmethod
    def _all_lead_to(step: str, answers: list[Answer], start: str) -> None:
        if not all(answer.status in {302, 303} and answer.location.startswith(start) for answer in answers):
            raise WentWrong(step, answers)


async def attorneys_link(
    usernames: list[str], *, port: int, figures: Figures, outcome: Outcome, together: int, chance: Random
) -> None:
    """Each links the filer account of the same name; `together` of them at any time, every fifth hastily."""
    waiting = asyncio.Semaphore(together)

    async def one(number: int, username: str) -> None:
        async with waiting:
            browser = Browser(port, figures, Random(chance.random()))
            attorney = Attorney(username, browser, hasty=number % 5 == 4)
            try:
                await attorney.sign_in()
                outcome.signed_in += 1
                form = await attorney.question(username)
                outcome.receipts[username] = await attorney.receipt_of(await attorney.answer_yes(form))
            except Exception as error:  # the outermost loop: each person's morning is told, and the others go on
                outcome.faults.append(f"{username}: {type(error).__name__}: {error}")

    await asyncio.gather(*(one(number, username) for number, username in enumerate(usernames)))


async def rivals_link(
    usernames: list[str], login: str, *, port: int, figures: Figures, outcome: Outcome, chance: Random
) -> None:
    """All know the password of one filer account, and say yes at the same instant."""
    ready = asyncio.Barrier(len(usernames))

    async def one(username: str) -> None:
        attorney = Attorney(username, Browser(port, figures, Random(chance.random())))
        try:
            await attorney.sign_in()
            outcome.signed_in += 1
            form = await attorney.question(login)
            await ready.wait()
            answers = await attorney.answer_yes(form)
            if answers[0].status == 303:
                outcome.receipts[username] = await attorney.receipt_of(answers)
            else:
                outcome.refusals[username] = _same_code(answers)
                late = await attorney.ask(login)
                if _same_code(late) != outcome.refusals[username]:
                    raise WentWrong("link form, too late", late)
        except Exception as error:  # as above
            outcome.faults.append(f"{username}: {type(error).__name__}: {error}")
            await ready.abort()

    await asyncio.gather(*(one(username) for username in usernames))


def _same_code(answers: list[Answer]) -> str:
    codes = Counter((answer.status, answer.code) for answer in answers)
    if len(codes) != 1 or answers[0].status != 409:
        raise WentWrong("confirm", answers)
    return answers[0].code

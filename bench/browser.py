"""A browser without a screen, for load: cookies, forms, and a finger that clicks twice at the same instant."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from time import perf_counter
from urllib.parse import urlencode

LONGEST = 60.0  # seconds that an answer may take
TRIES = 40  # of one request whose connection breaks
PAUSE = 0.25  # seconds between them


class GaveUp(Exception):
    """The server let go of one request again and again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from `path`, after `seconds`."""

    path: str
    status: int
    headers: list[tuple[str, str]]
    body: str
    seconds: float

    @property
    def location(self) -> str:
        return next((value for name, value in self.headers if name == "location"), "")

    @property
    def code(self) -> str:
        """The `data-code` of the page's alert."""
        return self.body.partition('data-code="')[2].partition('"')[0]

    def form(self, *, asks: str = "", action: str = "") -> "Form":
        """The page's form that asks for this field, or whose address holds `action`. Raises LookupError."""
        page = _Forms(self.path)
        page.feed(self.body)
        for found in page.forms:
            if (not asks or asks in found.asked) and action in found.action:
                return found
        raise LookupError(f"{self.path} has no form for {asks or action}: {self.status} {self.code or self.location}")


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, what it hides, and the names that are asked for."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.forms.append(Form(given.get("action") or self.path))
        elif tag == "input" and self.forms and (name := given.get("name")):
            if given.get("type") == "hidden":
                self.forms[-1].hidden[name] = given.get("value", "")
            else:
                self.forms[-1].asked.add(name)


@dataclass(slots=True)
class Figures:
    """What all browsers saw: seconds and statuses by step, connections that broke by step, forms that went unread."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    hung_up: int = 0

    def note(self, step: str, answer: Answer) -> None:
        self.seconds[step].append(answer.seconds)
        self.statuses[step, answer.status] += 1


class Browser:
    """One person's browser. Every request has a connection of its own, so that any web process may get it."""

    def __init__(self, port: int, figures: Figures, chance: Random) -> None:
        self.port = port
        self.figures = figures
        self.chance = chance
        self.cookies: dict[str, str] = {}

    async def get(self, step: str, path: str) -> Answer:
        answer = await self._ask(step, path, self._request("GET", path))
        self._keep_cookies(answer)
        return answer

    async def post(self, step: str, path: str, fields: dict[str, str], *, times: int = 2) -> list[Answer]:
        """The same form `times` times at once. Which answer's cookies stay is left to chance, as in a browser."""
        request = self._request("POST", path, urlencode(fields))
        answers = await asyncio.gather(*(self._ask(step, path, request) for _time in range(times)))
        self._keep_cookies(self.chance.choice(answers))
        return answers

    async def post_and_hang_up(self, path: str, fields: dict[str, str]) -> None:
        """Send the form, and lose the connection before the answer comes."""
        _reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._request("POST", path, urlencode(fields)))
        await writer.drain()
        await asyncio.sleep(self.chance.uniform(0.0, 0.1))
        writer.close()
        self.figures.hung_up += 1

    def _request(self, method: str, path: str, body: str = "") -> bytes:
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Accept: text/html", "Connection: close"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    async def _ask(self, step: str, path: str, request: bytes) -> Answer:
        """Ask until there is an answer: a person presses the button again when the connection breaks."""
        for _try in range(TRIES):
            try:
                answer = await asyncio.wait_for(_exchange(self.port, path, request), LONGEST)
            except OSError:  # refused, reset, cut short, too slow
                self.figures.broken[step] += 1
                await asyncio.sleep(PAUSE)
            else:
                self.figures.note(step, answer)
                return answer
        raise GaveUp(step)

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name == "set-cookie":
                key, _equals, content = value.partition(";")[0].partition("=")
                self.cookies[key] = content
                if not content or "max-age=0" in value.lower():
                    del self.cookies[key]


async def _exchange(port: int, path: str, request: bytes) -> Answer:
    begun = perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        await writer.drain()
        received = await reader.read(-1)
    finally:
        writer.close()
    head, blank, body = received.partition(b"\r\n\r\n")
    if not blank:
        raise ConnectionError("the answer was cut short")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = [(name.lower(), value.strip()) for name, _colon, value in (line.partition(":") for line in rest)]
    length = next((int(value) for name, value in headers if name == "content-length"), len(body))
    if len(body) < length:
        raise ConnectionError("the answer was cut short")
    return Answer(path, int(first.split(" ", 2)[1]), headers, body.decode(), perf_counter() - begun)

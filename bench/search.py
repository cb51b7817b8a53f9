"""The look-up's search in the process: time per query on the lists of the tests, on cities, slips and hostile texts."""

import gc
import random
import time
from collections.abc import Callable, Sequence
from statistics import fmean, quantiles

import django
import zipcodes
from django.conf import settings

from bench.facts import read_courts, read_places
from courts.lookup import CourtIndex, Places
from tests.courts.lookup.hostile import HOSTILE
from tests.courts.lookup.lists import read_list

ROUNDS = 3
CITIES = 3000
TARGET = 2.0  # milliseconds, for any text


def main() -> None:
    """Each text is timed on its own, the best of some rounds, so that what else the machine does counts little."""
    settings.configure(USE_I18N=False)
    django.setup()
    courts = read_courts()
    _places, payload = read_places()
    places, loading = _timed(lambda: Places.from_bytes(payload))
    index, building = _timed(lambda: CourtIndex.build(courts, places))
    print(f"gazetteer {len(payload) / 1024:.0f} kB, read in {loading:.1f} ms; index built in {building:.0f} ms")
    everyday = [asked.query for name in ("everyday", "held_out") for asked in read_list(name)]
    for name, texts in (
        ("everyday queries", everyday),
        ("cities and ZIP codes", _cities()),
        ("slips in everyday queries", [_slip(text) for text in everyday]),
        ("hostile texts", list(HOSTILE)),
    ):
        _report(name, texts, index)


def _report(name: str, texts: Sequence[str], index: CourtIndex) -> None:
    gc.collect()
    gc.disable()
    taken = sorted((min(_time_of(index, text) for _round in range(ROUNDS)), text) for text in texts)
    gc.enable()
    times = [milliseconds for milliseconds, _text in taken]
    cuts = quantiles(times, n=100, method="inclusive")
    slowest, text = taken[-1]
    print(
        f"{name} ({len(texts)}): mean {fmean(times):.3f} ms, p50 {cuts[49]:.3f}, p99 {cuts[98]:.3f}, "
        f"max {slowest:.3f} (target: under {TARGET:.0f}) for {text[:40]!a}"
    )


def _time_of(index: CourtIndex, text: str) -> float:
    return _timed(lambda: index.find(text))[1]


def _timed[T](work: Callable[[], T]) -> tuple[T, float]:
    """What `work` gives, and the milliseconds it took."""
    begun = time.perf_counter()
    result = work()
    return result, 1000 * (time.perf_counter() - begun)


def _cities() -> list[str]:
    rows = random.Random(7).sample(zipcodes.list_all(), CITIES)  # type: ignore[no-untyped-call]
    return [text for row in rows for text in (f"{row['city']}, {row['state']}", row["zip_code"])]


def _slip(text: str) -> str:
    """The text with one letter left out, always the same."""
    place = random.Random(text).randrange(len(text))
    return text[:place] + text[place + 1 :]


if __name__ == "__main__":
    main()

"""The tile map: every state once, one block a court, in a stated order."""

from courts.statemap import BAR_WIDTH, POSITIONS, Standing, blocks, state_tiles
from courts.states import STATES


def test_every_state_and_territory_has_one_place_of_its_own() -> None:
    assert set(POSITIONS) == set(STATES)
    assert len(set(POSITIONS.values())) == len(POSITIONS)
    assert {row for row, _column in POSITIONS.values()} <= set(range(1, 9))
    assert {column for _row, column in POSITIONS.values()} <= set(range(1, 12))


def test_blocks_fill_the_bar_in_the_order_of_the_legend() -> None:
    drawn = blocks([Standing.DAY_UNKNOWN, Standing.LIVE, Standing.SCHEDULED])
    assert [block.standing for block in drawn] == [Standing.LIVE, Standing.SCHEDULED, Standing.DAY_UNKNOWN]
    last = drawn[-1]
    assert abs(float(last.x) + float(last.width) - BAR_WIDTH) < 0.05


def test_a_tile_says_its_courts_and_a_match_in_words() -> None:
    standings = {"CA": [Standing.LIVE] * 3 + [Standing.SCHEDULED] * 3 + [Standing.DAY_UNKNOWN] * 2}
    tiles = {tile.code: tile for tile in state_tiles(standings=standings, names=STATES, matched=frozenset({"CA"}))}
    assert tiles["CA"].words == "8 courts, 3 live, 3 scheduled, 2 live, day unknown, has a match"
    assert tiles["WY"].words == "0 courts"

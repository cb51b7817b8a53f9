"""Public pages and the API against /livez, the empty view, on one web process; its start and its memory."""

from statistics import median

from bench.server import ask, hammer, serving

PATHS = (
    "/livez",
    "/api/v1/courts/",
    "/api/v1/courts/?q=oakland+bankruptcy",
    "/api/v1/courts/canb/",
    "/",
    "/courts/",
    "/courts/?q=oakland+bankruptcy",
    "/courts/canb/",
    "/readiness/",
)
ROUNDS = 5
REQUESTS = 400


def main() -> None:
    """Rounds are interleaved, so that a machine whose speed drifts does not favour one path."""
    with serving() as server:
        print(f"start of a web process to its first answer: {server.started_in:.2f} s (target: under 2)")
        for path in PATHS:
            ask(server.port, path)
        rates: dict[str, list[float]] = {path: [] for path in PATHS}
        costs: dict[str, list[float]] = {path: [] for path in PATHS}
        for _round in range(ROUNDS):
            for path in PATHS:
                rate, cost, statuses = hammer(server, path, requests=REQUESTS)
                if statuses - {200, 429}:
                    print(f"{path}: answered {sorted(statuses)}")
                rates[path].append(rate)
                costs[path].append(cost)
        base_rate, base_cost = median(rates["/livez"]), median(costs["/livez"])
        print("path, requests/s against /livez, server CPU of /livez against it (targets: 0.5; aim 0.8)")
        for path in PATHS:
            rate, cost = median(rates[path]) / base_rate, base_cost / max(median(costs[path]), 1e-6)
            print(f"{path:42} {rate:5.2f} {cost:5.2f}")
        print(f"memory of the web process after {len(PATHS) * ROUNDS * REQUESTS} requests: {server.memory():.0f} MB")


if __name__ == "__main__":
    main()

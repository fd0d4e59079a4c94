"""How long one customer's page takes in a book of 20,000 customers with 2,000,000 uses, after the Book is built.

Prints seconds for each section: the first customer of a new Book, the median of 100 others, the first customer after
a pulse was written down; then the whole script of the page as the app runs it, without the browser, and after a pulse.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from cs_kpi.actions.today import Today
from cs_kpi.binding import written_down
from cs_kpi.book import Book
from cs_kpi.charts.customer import paid, used
from cs_kpi.customer.cases import contrasts, steps_apart
from cs_kpi.customer.contracts import contract_table
from cs_kpi.customer.likeness import likeness
from cs_kpi.customer.money import steps
from cs_kpi.customer.onboarding import onboarding_state
from cs_kpi.customer.profile import profile
from cs_kpi.customer.timeline import timeline, timeline_table
from cs_kpi.customer.use import monthly_uses, use_table
from cs_kpi.health.starting import starting
from cs_kpi.health_rules import HealthVersion
from cs_kpi.pulse_notes import PulseNote
from cs_kpi.settings import Preferences, Settings
from cs_kpi.standing.course import life
from cs_kpi.workspace import Workspace

CUSTOMERS, USES, CONTACTS = 20_000, 2_000_000, 200_000
SEEN = 100
AIM_SECONDS = 0.3
LAST = dt.date(2024, 12, 31)
APP = Path(__file__).parents[1] / "app.py"


def tables(customers: int = CUSTOMERS, uses: int = USES, contacts: int = CONTACTS) -> dict[str, pd.DataFrame]:
    """Contracts over three years, use of five features, contacts, answers and attributes; drawn from a seed."""
    draw = np.random.default_rng(7)
    ids = np.array([f"C{number:05d}" for number in range(customers)], dtype=object)
    start = np.datetime64("2022-01-01") + draw.integers(0, 900, customers).astype("timedelta64[D]")
    left = draw.random(customers) < 0.3
    end = np.where(left, start + draw.integers(60, 500, customers).astype("timedelta64[D]"), np.datetime64("NaT"))

    def whose(rows: int) -> tuple[np.ndarray, np.ndarray]:
        who = draw.integers(0, customers, rows)
        return who, start[who] + draw.integers(0, 600, rows).astype("timedelta64[D]")
    user, used_on = whose(uses)
    met, met_on = whose(contacts)
    asked, answered_on = whose(contacts // 2)
    return {
        "customers": pd.DataFrame({"customer_id": ids, "customer_name": [f"Customer {one}" for one in ids],
                                   "Industry": draw.choice(list("abcdefgh"), customers),
                                   "Region": draw.choice(list("xyz"), customers)}),
        "subscriptions": pd.DataFrame({"customer_id": ids, "start_date": start, "end_date": end,
                                       "mrr": draw.integers(10, 500, customers).astype(float),
                                       "plan": draw.choice(["S", "M", "L"], customers)}),
        "usage": pd.DataFrame({"customer_id": ids[user], "date": used_on, "count": 1.0,
                               "feature": draw.choice(["A", "B", "C", "D", "E"], uses),
                               "user_id": draw.choice(["u1", "u2", "u3"], uses)}),
        "interactions": pd.DataFrame({"customer_id": ids[met], "date": met_on,
                                      "kind": draw.choice(["meeting", "ticket"], contacts),
                                      "priority": draw.choice(["High", "Low"], contacts)}),
        "surveys": pd.DataFrame({"customer_id": ids[asked], "answered_on": answered_on, "kind": "nps", "scale": 10.0,
                                 "score": draw.integers(0, 11, contacts // 2).astype(float)})}


def pulse(number: int) -> PulseNote:
    return PulseNote(customer_id=f"C{number:05d}", date=LAST, value=2, at=dt.datetime.now(dt.UTC))


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def sections(book: Book, today: Today) -> dict[str, Callable[[int], object]]:
    """What each section of the page computes for a customer."""
    configuration = book.settings.health
    assert configuration is not None
    version = (HealthVersion(number=1, configuration=configuration),)

    def head(code: int) -> object:
        return profile(book, code), today.band[code], today.health

    def story(code: int) -> object:
        return timeline_table(timeline(book, code), "en"), onboarding_state(book, code)

    def money(code: int) -> object:
        found = steps(book, code)
        return (paid(book, found, "x", "en") if found else None), contract_table(book, code, "en")

    def use(code: int) -> object:
        found = monthly_uses(book, code)
        return (used(book, found, "x", "en") if found else None), use_table(book, code, "feature", "en"), use_table(
            book, code, "user", "en")

    def history(code: int) -> object:
        return life(book, version, configuration, code)

    def like(code: int) -> object:
        found = likeness(today, code)
        return contrasts(book, code, found), steps_apart(book, code, found)
    return {"head": head, "what happened": story, "contracts": money, "use": use, "score over time": history,
            "cases to tell": like}


def core() -> None:
    """The sections without a page."""
    plain = Book(tables(), Settings(as_of=LAST, currency="USD"), today=LAST)
    book = plain.under(plain.settings.model_copy(update={"health": starting(plain, "en", LAST)}))
    assert len(book.ledger.start)
    today = Today(book)
    print(f"{CUSTOMERS:,} customers, {USES:,} uses; seconds in the core (aim for a page: {AIM_SECONDS})")
    print(f"{'section':<18} {'first customer':>15} {'others':>8} {'of aim':>8} {'after a pulse':>15}")
    book.fingerprint  # noqa: B018  the pages ask for it before anything else
    begun = time.perf_counter()
    later = written_down(book, [], [pulse(0)])
    later.fingerprint  # noqa: B018
    bound = time.perf_counter() - begun
    then = sections(later, Today(later))
    for name, act in sections(book, today).items():
        first = seconds(lambda act=act: act(0))  # type: ignore[misc]
        others = statistics.median(seconds(lambda act=act, code=code: act(code))  # type: ignore[misc]
                                   for code in range(1, CUSTOMERS, CUSTOMERS // SEEN))
        again = seconds(lambda name=name: then[name](0))  # type: ignore[misc]
        print(f"{name:<18} {first:>15.3f} {others:>8.4f} {others / AIM_SECONDS:>7.1%} {again:>15.3f}", flush=True)
    print(f"{'the Book itself':<18} {'':>15} {'':>8} {'':>8} {bound:>15.3f}")


def page() -> None:
    """The script of the page, customer after customer, on the contracts and contacts of the same book."""
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ["CS_KPI_DATABASE_URL"] = f"sqlite:///{folder}/w.sqlite"
        work = Workspace(url)
        work.save(Preferences(language="en"), "preferences", by="")
        found = tables()
        for name in ("customers", "subscriptions", "interactions"):
            work.add_file(f"{name}.csv", found[name].to_csv(index=False).encode(), by="bench")
        app = AppTest.from_file(str(APP), default_timeout=600).run().switch_page("pages/customer.py")
        times = []
        for number in range(12):
            app.query_params["id"] = f"C{number:05d}"
            times.append(seconds(app.run))
            assert not app.exception
        after = []
        for number in range(3):
            work.save(pulse(number), f"pulse-{number}", by="")
            after.append(seconds(app.run))
        print(f"the page's script: first {times[0]:.2f}, others {statistics.median(times[2:]):.3f} seconds "
              f"({statistics.median(times[2:]) / AIM_SECONDS:.0%} of the aim), after a pulse "
              f"{statistics.median(after):.3f}")


if __name__ == "__main__":
    core()
    page()

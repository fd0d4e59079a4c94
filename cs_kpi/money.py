"""In which currency money is shown, what stands in the way of adding it up, and the amounts of contracts in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import Message, _
from cs_kpi.settings import Settings

LARGEST_TOTAL = 9e18 / MICRO / 12
"""Beyond this the integers of the ledger would overflow, in the ARR first."""


@dataclass(frozen=True, eq=False)
class Money:
    """The amounts of the contract rows that carry MRR, under one set of settings. rows : as `Book.counted`"""

    rows: pd.DataFrame
    settings: Settings

    @cached_property
    def currencies(self) -> tuple[str, ...]:
        """Currencies of the rows that carry MRR; none where no sheet names one."""
        if "currency" not in self.rows:
            return ()
        return tuple(sorted(self.rows["currency"].dropna().astype(str).str.upper().unique()))

    @property
    def currency(self) -> str | None:
        """The currency in which money is shown."""
        named = self.currencies[0] if len(self.currencies) == 1 else None
        return self.settings.currency or named or (None if self.currencies else self.settings.unnamed_currency)

    @property
    def needs_rates(self) -> bool:
        """Whether amounts are converted: several currencies, or another one than money is shown in."""
        shown = (self.currency or "").upper()
        return len(self.currencies) > 1 or any(code != shown for code in self.currencies)

    @cached_property
    def obstacle(self) -> Message | None:
        """Why money cannot be summed, where it cannot."""
        missing = [code for code in self.currencies if code not in self._rates] if self.needs_rates else []
        if self.currencies and (blank := int((self.rows["currency"].isna() & (self.rows["mrr"] != 0)).sum())):
            return _("The contracts are in {currencies}, and {n} rows name no currency. Say on the data page in which "
                     "one they are, or fill it in and load the file again.", currencies=self.currencies, n=blank)
        if missing and self.currency is None:
            return _("The contracts are in several currencies ({currencies}). Choose in the settings the one in which "
                     "money is shown, and enter a rate for each of the others, so that they can be added up.",
                     currencies=self.currencies)
        if missing and len(self.currencies) > 1:
            return _("The contracts are in several currencies ({currencies}). Enter a rate for {missing} in the "
                     "settings, so that they can be added up.", currencies=self.currencies, missing=missing)
        if missing:
            return _("The contracts are in {missing}, and money is to be shown in {currency}. Enter a rate for "
                     "{missing} in the settings.", missing=missing, currency=self.currency)
        if float(self._monthly().abs().sum()) > LARGEST_TOTAL:
            return _("The amounts add up to more than this product can hold exactly. Check the unit of the amount "
                     "column on the data page.")
        return None

    @property
    def _rates(self) -> dict[str, float]:
        """What one unit of each currency is worth in the shown one."""
        rates = {code.upper(): float(rate) for code, rate in self.settings.currency_rates.items()}
        return rates | ({self.currency.upper(): 1.0} if self.currency else {})

    def _monthly(self) -> pd.Series:
        """MRR of each counted row in the shown currency and without tax."""
        mrr = self.rows["mrr"].astype(float)
        if self.needs_rates:
            codes = self.rows["currency"].astype("string").str.upper()
            mrr = mrr * codes.map(self._rates).fillna(1.0).astype(float)
        return mrr / float(1 + self.settings.tax_rate) if self.settings.tax_included else mrr

    def micro(self, rows: int) -> Ints:
        """MRR of the first rows as integers of 10^-6 currency units."""
        return np.rint(self._monthly().to_numpy()[:rows] * MICRO).astype(np.int64)

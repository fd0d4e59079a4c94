"""Customers that may be one, spelled differently: proposed with the reason, never merged unasked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from cs_kpi.identity.directory import Directory
from cs_kpi.identity.names import bare, reading, slips, written
from cs_kpi.identity.records import Pair, pair
from cs_kpi.locale import Message, _

ProposalKind = Literal["zeros", "form", "same_name", "furigana", "slip"]
KINDS: dict[ProposalKind, Message] = {
    "zeros": _("The same ID but for zeros in front"),
    "form": _("The same name but for legal form, width, blanks or signs"),
    "same_name": _("The same name under two IDs"),
    "furigana": _("The same furigana under two names"),
    "slip": _("Names that differ by one letter")}
SHORTEST_READING = 2
CODE = re.compile(r"[^\W\d_]{0,6}[-_]?\d+")
ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
"""Which a spreadsheet program takes off an id that it reads as a number: 00123 comes back as 123."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two ids that may be one customer; `kept` is the one that would stay, `other` its other spelling."""

    kind: ProposalKind
    kept: str
    other: str


@dataclass
class _Groups:
    """Proposals so far, none of which only repeats what others together say.

    place : id -> its place in the order in which ids are kept
    """

    place: Mapping[str, int]
    barred: frozenset[Pair]
    found: dict[str, Proposal] = field(default_factory=dict)

    def root(self, one: str) -> str:
        while one in self.found:
            one = self.found[one].kept
        return one

    def propose(self, kind: ProposalKind, one: str, other: str) -> None:
        """Take up a pair, unless it was declined or follows already; every id is the other spelling of one only."""
        if pair(one, other) in self.barred or self.root(one) == self.root(other):
            return
        kept, spelled = sorted((one, other), key=self.place.__getitem__)
        if spelled in self.found:
            kept, spelled = spelled, kept
        if spelled not in self.found:
            self.found[spelled] = Proposal(kind, kept, spelled)

    def propose_all(self, kind: Callable[[str, str], ProposalKind], ids: Iterable[str]) -> None:
        """Each of a group with the first before it that it may go with."""
        members = sorted(ids, key=self.place.__getitem__)
        for at, spelled in enumerate(members):
            kept = next((one for one in members[:at] if pair(one, spelled) not in self.barred), None)
            if kept is not None:
                self.propose(kind(kept, spelled), kept, spelled)


def proposals(ids: list[str], known: Directory, readings: Mapping[str, tuple[str, ...]],
              barred: Iterable[Pair] = ()) -> list[Proposal]:
    """Pairs of ids that may be one customer, the surest kind first.

    ids : every customer and every key that is none, best first: of two the earlier one is kept
    readings : id -> its furigana
    barred : sorted pairs that are not to be proposed
    """
    groups = _Groups({key: place for place, key in enumerate(ids)}, frozenset(barred))

    def kind(kept: str, other: str) -> ProposalKind:
        shared = set(map(written, known.names(kept))) & set(map(written, known.names(other)))
        return "same_name" if shared and other in known.with_own_id and kept in known.with_own_id else "form"

    for members in _grouped(ids, lambda key: {ZEROS.sub("", key).casefold()} if CODE.fullmatch(key) else set()):
        if sum(key in known.with_own_id for key in members) < 2:
            groups.propose_all(lambda _kept, _other: "zeros", members)
    for members in _grouped(ids, lambda key: {bare(name) for name in known.names(key)}):
        groups.propose_all(kind, members)
    for members in _grouped(ids, lambda key: {text for kana in readings.get(key, ())
                                              if len(text := reading(kana)) >= SHORTEST_READING}):
        groups.propose_all(lambda _kept, _other: "furigana", members)
    by_name: dict[str, list[str]] = {}
    for key in ids:
        for name in known.names(key):
            by_name.setdefault(name, []).append(key)
    for left, right in slips(by_name):
        groups.propose("slip", by_name[left][0], by_name[right][0])
    order = list(KINDS)
    return sorted(groups.found.values(), key=lambda one: (order.index(one.kind), groups.place[one.kept],
                                                          groups.place[one.other]))


def _grouped(ids: Iterable[str], forms: Callable[[str], set[str]]) -> Iterator[list[str]]:
    """Ids that have a form in common, in the order of forms."""
    groups: dict[str, list[str]] = {}
    for key in ids:
        for form in forms(key):
            groups.setdefault(form, []).append(key)
    return (groups[form] for form in sorted(groups) if len(groups[form]) > 1)

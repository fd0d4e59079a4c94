"""A numerator or denominator as written in a KPI's declaration: a sum of measures with whole-number factors."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cs_kpi.locale import Language
from cs_kpi.measures.registry import MEASURES, SCALE, Measure


@dataclass(frozen=True, slots=True)
class Term:
    factor: int
    measure: Measure


@cache
def terms(formula: str) -> tuple[Term, ...]:
    """The terms of a formula, in order.

    >>> [(t.factor, t.measure.name) for t in terms("12 * closing_mrr - churn")]
    [(12, 'closing_mrr'), (-1, 'churn')]
    """
    return tuple(_terms(ast.parse(formula, mode="eval").body, 1))


def _terms(node: ast.expr, factor: int) -> list[Term]:
    match node:
        case ast.Name(id=name):
            return [Term(factor, MEASURES[name])]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _terms(left, factor) + _terms(right, factor)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _terms(left, factor) + _terms(right, -factor)
        case ast.BinOp(left=ast.Constant(value=int(number)), op=ast.Mult(), right=right):
            return _terms(right, factor * number)
    raise ValueError(f"not a sum of measures: {ast.unparse(node)}")


def scale(formula: str) -> float:
    """What an integer of a formula is divided by: 10^6 for money, 1 for counts."""
    return SCALE[terms(formula)[0].measure.unit]


def names(formula: str, language: Language) -> dict[str, str]:
    """The name of each measure of a formula in words."""
    return {term.measure.name: term.measure.label.text(language) for term in terms(formula)}


def words(formula: str, language: Language) -> str:
    """The formula in words: `opening MRR + expansion MRR - churn MRR`."""
    return written(formula, names(formula, language))


def written(formula: str, named: Mapping[str, str]) -> str:
    """The formula with each measure replaced by a text (its name, or today's number)."""
    parts = []
    for place, term in enumerate(terms(formula)):
        sign = "−" if term.factor < 0 else "+" if place else ""
        factor = f"{abs(term.factor)} × " if abs(term.factor) != 1 else ""
        parts.append(f"{sign} {factor}{named[term.measure.name]}".strip())
    return " ".join(parts)

"""The features that a book has, declared ones and attributes, and which of them a model looks at."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.churn import contract_features, use_features, voice_features  # noqa: F401  (declare the features)
from cs_kpi.churn.attributes import attribute_features
from cs_kpi.churn.features import FEATURES, Feature
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.errors import DataError
from cs_kpi.locale import _


def features(book: Book) -> dict[str, Feature]:
    """Every feature that the book can tell, by id; declared ones first."""
    declared = [one for one in FEATURES.values() if one.is_there(book)]
    return {one.id: one for one in (*declared, *attribute_features(book))}


def at_hand(book: Book, settings: ChurnSettings) -> ChurnSettings:
    """Saved settings without the features that this book does not have: another file may have taken their column away.
    """
    known = features(book)
    def kept(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(id for id in ids if id in known or id in FEATURES)
    return settings.model_copy(update={"with_features": kept(settings.with_features),
                                       "without_features": kept(settings.without_features)})


def chosen_features(book: Book, settings: ChurnSettings) -> dict[str, Feature]:
    """Those that a model looks at: dated ones, with what the settings switch on and without what they switch off.

    Raises DataError for an id that the book does not have.
    """
    known = features(book)
    for id in (*settings.with_features, *settings.without_features):
        if id not in known and id not in FEATURES:
            raise DataError(_("There is no feature '{feature}'. There are: {features}.", feature=id,
                              features=list(known)))
    return {id: one for id, one in known.items() if id not in settings.without_features
            and (one.is_dated or id in settings.with_features)}

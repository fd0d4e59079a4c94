"""Core results kept between reruns, by the Book's fingerprint; the core itself knows nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from cs_kpi.book import Book

RESULTS_KEPT = 1_000
Asked = ParamSpec("Asked")
Result = TypeVar("Result")


@st.cache_resource(max_entries=RESULTS_KEPT, show_spinner=False)
def _result(fingerprint: str, function: str, args: tuple[Any, ...], kwargs: dict[str, Any], _book: Book,
            _function: Callable[..., Any]) -> Any:
    return _function(_book, *args, **kwargs)


def cached(function: Callable[Concatenate[Book, Asked], Result], book: Book, *args: Asked.args,
           **kwargs: Asked.kwargs) -> Result:
    """`function(book, ...)`, computed once for a Book and these arguments. Nothing may change what it returns."""
    name = f"{function.__module__}.{function.__qualname__}"
    return cast(Result, _result(book.fingerprint, name, args, kwargs, book, function))

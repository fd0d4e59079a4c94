"""The field that files are dropped into, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from cs_kpi.locale import shown
from pages._ui.words import _, say
from pages._ui.work import language

ZONE = '.st-key-{key} [data-testid="stFileUploaderDropzone"]'
WORDS = ("{zone} {part} {{ font-size: 0; white-space: normal; }} "
         "{zone} {part}::after {{ content: {text}; font-size: 0.875rem; }}")
"""Streamlit writes the two texts inside the field in English alone, and offers no other way to word them."""


def dropzone(label: str, types: Sequence[str], key: str, *, most_mb: int | None = None, **options: Any) -> Any:
    """`st.file_uploader` with its own texts in the reader's language. most_mb : None: as much as the server takes"""
    limit = most_mb or st.get_option("server.maxUploadSize")
    several = bool(options.get("accept_multiple_files"))
    texts = {"button p": _("Choose files") if several else _("Choose a file"),
             '[data-testid="stFileUploaderDropzoneInstructions"] span': _(
                 "Up to {limit} MB each · {types}", limit=limit,
                 types=shown([one.upper() for one in types], language()))}
    # json writes the text as a string that a style sheet reads as such; `<` could end the style
    written = {part: json.dumps(say(text), ensure_ascii=False).replace("<", "") for part, text in texts.items()}
    zone = ZONE.format(key=key)
    st.html("<style>" + " ".join(WORDS.format(zone=zone, part=part, text=text) for part, text in written.items())
            + "</style>")
    return st.file_uploader(label, list(types), key=key, **options)

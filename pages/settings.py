"""Settings: how numbers are computed, how they are shown, who writes, and forgetting it all."""

from __future__ import annotations

from pages._ui.guards import errors_in_words
from pages._ui.header import header
from pages._ui.settings_forms import computed, forget_all, methods, shown
from pages._ui.words import _

header(_("Settings"))
with errors_in_words():
    shown()
    computed()
    methods()
    forget_all()

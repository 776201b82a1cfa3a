"""Between the sweep and the pages that plan a run: where a schedule has a peak, the one that was recommended."""

import math

from PySide6.QtCore import QObject, Slot

from lrgui.core.advice import peak_for
from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.gui.pages.page import FormPage
from lrgui.gui.pages.range_test import RangeTestPage
from lrgui.gui.widgets.peak_hint import PeakHint

_AS_GOOD = 0.01
"""A rate that is nearer than this share is the recommended one, as it is written."""


class PeakHints(QObject):
    """Offers the recommended peak under the form of a page, as long as the form has another rate.

    Parameters
    ----------
    page : FormPage
        Plans a training; this lives as long as it.
    find_page : RangeTestPage
        Has the sweep.
    """

    def __init__(self, page: FormPage[TrainingConfig], find_page: RangeTestPage) -> None:
        super().__init__(page)
        self._page, self._find_page = page, find_page
        self._hint = PeakHint()
        page.add_hint(self._hint)
        self._hint.taken.connect(self._take)
        page.form.changed.connect(self._update)
        find_page.picked.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        self._hint.show_peak(self._peak())

    def _peak(self) -> float | None:
        config, run, advice = self._page.form.value(), self._find_page.run, self._find_page.advice
        if config is None or run is None or advice is None:
            return None
        assert isinstance(run.config, RangeTestConfig)
        peak = peak_for(config, run.config, advice)
        return None if peak is None or math.isclose(peak, config.learning_rate, rel_tol=_AS_GOOD) else peak

    @Slot(float)
    def _take(self, rate: float) -> None:
        config = self._page.form.value()
        if config is not None:
            self._page.form.set_value(config.model_copy(update={"learning_rate": rate}), ["learning_rate"])

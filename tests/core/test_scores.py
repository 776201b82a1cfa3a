"""What a run is judged by, and how good it was."""

import numpy as np

from lrgui.core.config import TrainingConfig
from lrgui.core.events import EpochEnded, Finished
from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.core.scores import ACCURACY, R2, best_score, final_score, score_of


def trained(scores, name="val_accuracy", evaluation=None):
    run = Run("a", "training", TrainingConfig())
    for epoch, score in enumerate(scores):
        run.apply(EpochEnded(epoch, epoch + 1, {name: score}))
    run.apply(Finished(say("Done."), evaluation or {}))
    return run


def test_that_a_run_without_a_measured_epoch_has_no_score():
    assert best_score(trained([])) is None and final_score(trained([])) is None


def test_that_the_best_epoch_is_told_apart_from_the_end():
    run = trained([0.5, 0.9, np.nan, 0.7])
    assert score_of(run) is ACCURACY
    assert (best_score(run), final_score(run)) == (0.9, 0.7)


def test_that_the_evaluation_at_the_end_is_what_counts():
    assert final_score(trained([0.5, 0.9], evaluation={"accuracy": 0.8})) == 0.8


def test_that_a_run_that_predicts_a_number_is_judged_by_r2():
    run = trained([-0.5, 0.25], name="val_r2")
    assert score_of(run) is R2
    assert (best_score(run), final_score(run)) == (0.25, 0.25)

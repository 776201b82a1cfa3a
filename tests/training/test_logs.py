"""A log directory, read back by TensorBoard's own reader."""

import errno
import logging
from pathlib import Path

import numpy as np
import pytest

from tests.export.runs import broken, comparison, sweep, training


@pytest.fixture
def read():
    """Return what reads a folder: the scalars of each tag as (step, value, wall time)."""
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    logging.getLogger("tensorboard").setLevel(logging.ERROR)

    def read(folder):
        events = accumulator.EventAccumulator(str(folder), size_guidance={"scalars": 0})
        events.Reload()
        return {tag: events.Scalars(tag) for tag in events.Tags()["scalars"]}

    return read


def written(kept, folder):
    from lrgui.training.logs import write_logs

    folder.mkdir()
    write_logs(kept.run, folder)
    return folder


def values(scalars):
    return [scalar.value for scalar in scalars]


def test_that_tensorboard_reads_every_step_and_every_epoch(tmp_path, read):
    kept = training()
    folder = written(kept, tmp_path / "logs")
    train, validation = read(folder / "train"), read(folder / "validation")
    assert set(train) >= {"batch_loss", "batch_accuracy", "batch_learning_rate", "epoch_loss", "epoch_accuracy"}
    assert not any("val_" in tag for tag in train)
    assert set(validation) == {"epoch_loss", "epoch_accuracy"}
    assert values(train["batch_loss"]) == kept.run.steps["loss"].astype(np.float32).tolist()
    assert [scalar.step for scalar in train["batch_loss"]] == list(range(1, 13))
    assert [scalar.step for scalar in validation["epoch_loss"]] == [4, 8, 12]
    assert values(validation["epoch_loss"]) == kept.run.epochs["val_loss"].astype(np.float32).tolist()
    times = [scalar.wall_time for scalar in train["batch_loss"]]
    assert times == sorted(times) and times[0] >= kept.run.started


def test_that_each_sweep_and_each_arm_with_each_seed_has_a_folder(tmp_path, read):
    folder = written(sweep(), tmp_path / "sweeps")
    assert sorted(path.name for path in folder.iterdir()) == ["sweep 1", "sweep 2"]
    assert [scalar.step for scalar in read(folder / "sweep 2" / "train")["batch_loss"]] == [1, 2, 3, 4, 5]
    folder = written(comparison(("a/b", "..", "a/b")), tmp_path / "arms")
    assert sorted(path.name for path in folder.iterdir()) == ["1 a-b", "2", "3 a-b -2-"]
    found = read(folder / "3 a-b -2-" / "seed 1" / "train")
    assert values(found["batch_loss"]) == [21.0] * 4
    assert "batch_arm" not in found and "batch_seed" not in found


def test_that_one_step_and_a_loss_that_is_no_number_are_read(tmp_path, read):
    folder = written(broken(1), tmp_path / "logs")
    assert np.isnan(values(read(folder / "train")["batch_loss"])).tolist() == [True]
    assert not (folder / "validation").exists()


def test_that_a_folder_that_cannot_be_written_is_an_error_of_the_system(tmp_path):
    from lrgui.training.logs import write_logs

    (tmp_path / "train").write_text("a file, where a folder is to be")
    with pytest.raises(OSError, match="train"):
        write_logs(training().run, tmp_path)


def test_that_a_full_disk_is_an_error_that_says_so(tmp_path):
    from lrgui.training.logs import write_logs

    full, kept = Path("/dev/full"), training()
    if not full.exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / f"events.out.tfevents.{int(kept.run.started):010d}.lrgui").symlink_to(full)
    with pytest.raises(OSError) as refused:
        write_logs(kept.run, tmp_path)
    assert refused.value.errno == errno.ENOSPC

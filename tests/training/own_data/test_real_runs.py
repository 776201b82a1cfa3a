"""Each kind of file, read and trained on for real."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from lrgui.core.config import ComparisonConfig, RangeTestConfig, TrainingConfig
from lrgui.core.config.dataset import Arrays, CsvTable, ImageFolder
from lrgui.core.control import Control
from lrgui.core.events import Event, StepsEnded
from lrgui.core.runs import Run, RunStatus
from lrgui.training.comparison import compare
from lrgui.training.data import load
from lrgui.training.trainer import train
from tests.training.own_data.files import (
    bought,
    pixels,
    prices,
    swept,
    trained,
    write_idx,
    write_images,
    write_table,
)


def loaded(dataset: Any) -> Any:
    return load(dataset, lambda event: None, Control())


def test_that_a_table_with_spaces_and_chinese_letters_in_its_path_is_swept(tmp_path: Path) -> None:
    (tmp_path / "我的 資料").mkdir()
    path = write_table(tmp_path / "我的 資料" / "買了 沒有.csv", bought())
    run = swept(f"own,path={path}")
    assert run.status is RunStatus.FINISHED and len(run.steps) == 7
    assert run.config.dataset.label == "買了 沒有.csv"
    assert run.examined is not None and run.examined.class_names == ("no", "yes")


def test_that_arrays_are_trained_on_with_their_own_validation_pair(tmp_path: Path) -> None:
    (x, y), path = pixels(), tmp_path / "a.npz"
    np.savez(path, x_train=x, y_train=y, X_test=x[:6], Y_test=y[:6])
    run = trained(f"own,path={path}", epochs=6)
    assert run.status is RunStatus.FINISHED and run.evaluation["accuracy"] == 1.0
    assert run.examined is not None and len(run.examined.labels) == 6


def test_that_a_table_in_npy_takes_its_last_column_for_the_target(tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(size=(40, 4))
    np.save(tmp_path / "a.npy", np.column_stack([rows, rows.sum(axis=1) > 0]))
    examples = loaded(Arrays(path=str(tmp_path / "a.npy")))
    assert examples.facts.class_names == ("0", "1") and examples.facts.example_shape == (4,)


def test_that_labels_lie_beside_x_npy_and_may_be_one_hot(tmp_path: Path) -> None:
    x, y = pixels()
    np.save(tmp_path / "x_train.npy", x)
    np.save(tmp_path / "y_train.npy", np.eye(2)[y])
    assert trained(f"own,path={tmp_path / 'x_train.npy'}").status is RunStatus.FINISHED


def test_that_idx_files_are_trained_on_with_the_test_pair_beside_them(tmp_path: Path) -> None:
    x, y = pixels()
    for part, count in (("train", 40), ("t10k", 8)):
        write_idx(tmp_path / f"{part}-images-idx3-ubyte.gz", x[:count])
        write_idx(tmp_path / f"{part}-labels-idx1-ubyte.gz", y[:count].astype(np.uint8))
    run = trained(f"own,path={tmp_path / 'train-images-idx3-ubyte.gz'}")
    assert run.status is RunStatus.FINISHED
    assert run.config.dataset.facts.validation_examples == 8


def test_that_a_folder_of_images_is_trained_on_and_compared_without_being_held(tmp_path: Path) -> None:
    folder = write_images(tmp_path / "pets")
    (folder / "cats" / "notes.txt").write_text("not a picture")
    (folder / "cats" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    run = trained(f"own,path={folder},image_size=8", epochs=5, model="cnn,filters=2,units=8")
    assert run.status is RunStatus.FINISHED and run.evaluation["accuracy"] > 0.7
    examples = loaded(run.config.dataset)
    assert examples.train_inputs.dtype.name == "string"
    notes = " ".join(map(str, examples.notes))
    assert "broken.png" in notes and "1 file has no name of an image" in notes
    assert run.examined is not None and run.examined.inputs.shape[1:] == (8, 8, 3)


def test_that_images_reach_the_model_as_keras_itself_reads_them(tmp_path: Path) -> None:
    folder = write_images(tmp_path / "pets", size=13)
    examples = loaded(ImageFolder(path=str(folder), image_size=8))
    from lrgui.training.feed import Feed

    ours, _ = Feed.of(examples.facts, one_hot=False).batch(examples.train_inputs, examples.train_labels, 1.0)
    theirs = keras.utils.image_dataset_from_directory(
        str(folder), labels=None, shuffle=False, batch_size=None, image_size=(8, 8), verbose=False
    )
    by_path = dict(zip(theirs.file_paths, theirs, strict=True))
    for path, image in zip(examples.train_inputs.numpy(), ours.numpy(), strict=True):
        np.testing.assert_array_equal(image, by_path[path.decode()].numpy())


def test_that_a_number_is_predicted_with_r2_and_absolute_error_in_its_own_units(tmp_path: Path) -> None:
    path = write_table(tmp_path / "prices.csv", prices())
    run = trained(f"own,path={path}", epochs=20, loss="squared_error", model="softmax", learning_rate=0.05)
    assert run.evaluation["r2"] > 0.95
    model_error = run.evaluation["mae"]
    assert 0 < model_error < 15, "in the units of the price, whose deviation is about 50"
    assert {"r2", "mae", "val_r2", "val_mae"} <= set(run.epochs) and "accuracy" not in run.epochs
    assert "mae" in run.steps and run.steps["mae"][0] > 5


@pytest.mark.parametrize("standardized", [True, False])
def test_that_r2_and_absolute_error_are_those_of_the_predictions(tmp_path: Path, standardized: bool) -> None:
    path = write_table(tmp_path / "prices.csv", prices())
    config = TrainingConfig(
        dataset=f"own,path={path},standardize_target={standardized}", batch_size=8, epochs=2, loss="absolute_error"
    )
    run = Run("", "training", config)
    train(config, run.apply, Control())
    from lrgui.training.prepared import kept_of

    examples = loaded(config.dataset)
    deviation, mean = examples.facts.target_deviation, examples.target_mean
    assert (deviation == 1 and mean == 0) is not standardized
    told = kept_of(config).model.predict(examples.validation_inputs, verbose=0)[:, 0] * deviation + mean
    true = examples.validation_labels.numpy() * deviation + mean
    assert run.evaluation["mae"] == pytest.approx(np.abs(told - true).mean(), rel=1e-4)
    r2 = 1 - ((told - true) ** 2).sum() / ((true - true.mean()) ** 2).sum()
    assert run.evaluation["r2"] == pytest.approx(float(r2), abs=1e-3 * max(1.0, float(abs(r2))))


def test_that_a_number_with_a_loss_for_classes_is_refused_with_the_remedy(tmp_path: Path) -> None:
    run = swept(f"own,path={write_table(tmp_path / 'prices.csv', prices())}")
    assert run.status is RunStatus.FAILED
    assert "prices.csv" in str(run.message) and "squared_error or absolute_error" in str(run.message)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"batch_size": 500}, "take at most"),
        ({"schedule": "one_cycle,length=9000"}, "9,000 steps"),
        ({"plateau": "reduce_on_plateau,monitor=val_accuracy", "loss": "squared_error"}, "no accuracy"),
    ],
)
def test_that_what_could_not_be_checked_before_is_checked_when_the_file_was_read(
    tmp_path: Path, fields: dict[str, Any], told: str
) -> None:
    rows = prices() if "loss" in fields else bought()
    run = trained(f"own,path={write_table(tmp_path / 'data.csv', rows)}", **fields)
    assert run.status is RunStatus.FAILED and told in str(run.message)


def test_that_arms_are_compared_by_r2_where_a_number_is_predicted(tmp_path: Path) -> None:
    path = write_table(tmp_path / "prices.csv", prices())
    config = ComparisonConfig(
        dataset=f"own,path={path}", batch_size=8, epochs=2, seeds=2, loss="squared_error", model="softmax",
        arms=({"learning_rate": 0.05}, {"learning_rate": 1e-5}),
    )  # fmt: skip
    run = Run("", "comparison", config)
    compare(config, run.apply, Control())
    assert run.status is RunStatus.FINISHED
    assert "in R2" in str(run.message) and "%" not in str(run.message)
    assert set(run.evaluation) == {"r2"}


def test_that_balanced_weights_make_a_rare_class_count(tmp_path: Path) -> None:
    rows = [["a", "y"], *([number, "rare" if number % 10 == 0 else "common"] for number in range(100))]
    path = write_table(tmp_path / "rare.csv", rows)
    plain, balanced = (
        trained(f"own,path={path},class_weights={weights}", epochs=1, learning_rate=1e-9, batch_size=10)
        for weights in ("none", "balanced")
    )
    weights = balanced.config.dataset.facts.class_weights
    assert weights == pytest.approx((80 / (2 * 72), 80 / (2 * 8)))
    assert plain.config.dataset.facts.class_weights == ()
    assert not np.allclose(plain.steps["loss"], balanced.steps["loss"])
    assert plain.epochs["val_loss"][0] == pytest.approx(balanced.epochs["val_loss"][0], abs=1e-4)


def test_that_the_same_seed_gives_the_same_run_from_a_folder(tmp_path: Path) -> None:
    folder = write_images(tmp_path / "pets")
    one, other = (trained(f"own,path={folder},image_size=8").steps["loss"] for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_that_an_image_that_vanishes_during_the_run_ends_it_with_a_sentence_and_keeps_the_steps(
    tmp_path: Path,
) -> None:
    folder = write_images(tmp_path / "pets")
    config = TrainingConfig(dataset=f"own,path={folder},image_size=8", batch_size=4, epochs=500)
    run = Run("", "training", config)

    def emit(event: Event) -> None:
        run.apply(event)
        if isinstance(event, StepsEnded) and (folder / "dogs" / "5.png").exists():
            for path in (folder / "dogs").iterdir():
                path.unlink()

    train(config, emit, Control())
    assert run.status is RunStatus.FAILED and len(run.steps) > 0
    assert ".png" in str(run.message) and "measured" in str(run.message)
    assert "Traceback" not in str(run.message)


def test_that_a_table_that_vanishes_during_the_run_does_not_end_it_but_is_told(tmp_path: Path) -> None:
    path = write_table(tmp_path / "data.csv", bought())
    config = TrainingConfig(dataset=f"own,path={path}", batch_size=8, epochs=2)
    run = Run("", "training", config)

    def emit(event: Event) -> None:
        run.apply(event)
        if isinstance(event, StepsEnded):
            path.unlink(missing_ok=True)

    train(config, emit, Control())
    assert run.status is RunStatus.FINISHED
    assert "data.csv" in str(run.message) and "removed" in str(run.message)


def test_that_a_file_that_changed_between_two_runs_is_read_again(tmp_path: Path) -> None:
    path = write_table(tmp_path / "data.csv", bought(60))
    dataset = CsvTable(path=str(path))
    assert loaded(dataset).training_examples == dataset.training_examples == 44
    write_table(path, bought(80))
    assert dataset.training_examples is None
    assert loaded(dataset).training_examples == dataset.training_examples == 57


def test_that_a_range_test_config_of_a_file_says_nothing_of_its_size_before_it_is_read(tmp_path: Path) -> None:
    config = RangeTestConfig(dataset=f"own,path={write_table(tmp_path / 'new.csv', bought())}", batch_size=1000)
    assert config.dataset.facts is None

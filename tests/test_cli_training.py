"""Training by a schedule from the command line: what is typed, printed, written and saved."""

import json
import zipfile

import pytest

from lrgui.__main__ import main
from lrgui.core import schedules
from lrgui.core.config import TrainingConfig


def test_that_a_schedule_goes_through_to_json_and_into_the_printed_rates(tmp_path, capfd):
    typed = "train --schedule cosine,warmup=100 --epochs 5 --learning-rate 2e-3 --no-history"
    assert main([*typed.split(), "--json", str(tmp_path / "run.json"), "--plot", str(tmp_path / "run.png")]) == 0
    result = json.loads((tmp_path / "run.json").read_text())
    config = TrainingConfig(**result["config"])
    assert config == TrainingConfig(schedule="cosine,warmup=100", epochs=5, learning_rate=2e-3)
    table = schedules.rates(config.schedule, 2e-3, 220, 44)
    assert result["step"]["learning_rate"] == pytest.approx(table, rel=1e-6, abs=1e-12)
    assert result["factor_moves"] == []
    assert (tmp_path / "run.png").stat().st_size > 1000
    out = capfd.readouterr().out
    assert "rate at its end" in out.splitlines()[0]
    printed = [line.split()[-1] for line in out.splitlines()[1:6]]
    assert [float(rate) for rate in printed] == pytest.approx(table[43::44], rel=0.05)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own, when it saves
def test_that_a_plateau_and_a_cycled_momentum_are_printed_written_and_the_model_saved(tmp_path, capfd):
    typed = (
        "train --optimizer sgd,momentum=0.9 --schedule one_cycle,end=0.1 --epochs 4 --no-history "
        "--plateau reduce_on_plateau,monitor=loss,patience=1,min_delta=100,factor=0.1,floor=0.1"
    )
    assert main([*typed.split(), "--json", str(tmp_path / "run.json"), "--save", str(tmp_path / "run.keras")]) == 0
    out, err = capfd.readouterr()
    assert "The rate was reduced to" in out
    assert "run.keras. The model takes images of 8 x 8 x 1 pixels" in " ".join(out.split())
    assert err == ""
    result = json.loads((tmp_path / "run.json").read_text())
    assert result["factor_moves"] == [{"step": 88, "factor": 0.1, "by": "rule"}]
    assert result["epoch"]["plateau_factor"] == [1, 1, 0.1, 0.1]
    assert max(result["step"]["momentum"]) == pytest.approx(0.95)
    assert zipfile.is_zipfile(tmp_path / "run.keras")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.json", "run.keras"]


def test_that_a_model_whose_loss_diverged_is_not_saved(tmp_path, capfd):
    typed = "train --learning-rate 1000 --optimizer sgd,momentum=0.99 --model mlp,depth=6,activation=elu --no-history"
    assert main([*typed.split(), "--save", str(tmp_path / "run.keras")]) == 1
    assert "not saved" in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []

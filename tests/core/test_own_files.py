"""Files of a person's own in configs: which of them are programs, and what has become of those of earlier runs."""

from pathlib import Path

import pytest

from lrgui.core.config import RangeTestConfig
from lrgui.core.contents import content_hash
from lrgui.core.own_files import changed_since, not_allowed, programs_of
from lrgui.core.trust import keep_in, trust


@pytest.fixture
def folder(tmp_path: Path):
    keep_in(tmp_path / "profile")
    yield tmp_path
    keep_in(None)


def of(model: Path, **fields) -> RangeTestConfig:
    return RangeTestConfig(model={"name": "own", "path": str(model)}, **fields)


def test_that_programs_are_found_in_model_and_data_each_once(folder):
    model, data = folder / "model.py", folder / "data.PY"
    assert programs_of(RangeTestConfig()) == ()
    assert programs_of(of(folder / "model.keras")) == ()
    assert programs_of(of(model, dataset=f"script,path={data}")) == (model, data)
    assert programs_of(of(model, dataset=f"own,path={model}")) == (model,)


def test_that_a_program_is_not_allowed_until_its_very_content_was(folder):
    model = folder / "model.py"
    assert not_allowed(of(model)) == ()  # there is nothing to be run
    model.write_text("x = 1")
    assert not_allowed(of(model)) == (model,)
    trust().allow(content_hash(model), model.name)
    assert not_allowed(of(model)) == ()
    model.write_text("x = 22")
    assert not_allowed(of(model)) == (model,)


def test_that_a_run_whose_model_is_gone_or_another_one_says_so(folder):
    model = folder / "模 型.keras"
    model.write_bytes(b"first")
    content = content_hash(model)
    assert changed_since(of(model), content) is None
    model.write_bytes(b"second")
    assert "模 型.keras has changed since this run" in str(changed_since(of(model), content))
    assert content[:6] in str(changed_since(of(model), content))
    model.unlink()
    told = str(changed_since(of(model), content))
    assert told.startswith("The model of this run came from 模 型.keras, which is not here")
    assert str(folder) in told


def test_that_other_runs_have_nothing_to_say_of_files(folder):
    assert changed_since(RangeTestConfig(), "") is None


def test_that_a_model_from_a_file_keeps_its_own_optimizer_and_loss_unless_others_are_named(folder):
    path = f"own,path={folder / 'model.keras'}"
    assert (RangeTestConfig(model=path).loss.name, RangeTestConfig(model=path).optimizer.name) == ("own", "own")
    config = RangeTestConfig(model=path, optimizer="sgd")
    assert (config.loss.name, config.optimizer.name) == ("own", "sgd")
    assert RangeTestConfig.model_validate_json(config.model_dump_json()) == config


@pytest.mark.parametrize("field", ["loss", "optimizer"])
def test_that_a_model_that_is_built_here_has_nothing_of_its_own(field):
    with pytest.raises(ValueError, match="MLP is built here, and comes with no optimizer or loss: choose them"):
        RangeTestConfig(**{field: "own"})

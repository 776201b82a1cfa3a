"""What a window remembers in its profile, and what it makes of a file that is no good."""

import pytest
from PySide6.QtCore import QSettings

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.model import Cnn
from lrgui.core.config.optimizer import Sgd
from lrgui.gui.settings import Settings
from lrgui.gui.theme import themes
from tests.gui.fake_jobs import fake_jobs
from tests.gui.windows import find, make_window, shown, train


@pytest.fixture
def profile(tmp_path):
    yield tmp_path / "profile"


@pytest.fixture
def open_window(qtbot, profile):
    def make(size=(1280, 800)):
        return shown(qtbot, make_window(profile, fake_jobs()), size)

    return make


def test_that_a_second_window_shows_what_the_first_was_closed_with(open_window):
    first = open_window()
    swept = RangeTestConfig(start=1e-6, end=0.7, steps=37, stop_factor=None, model=Cnn(filters=8), seed=4)
    first.find_page.form.set_value(swept)
    first.train_page.form.set_value(TrainingConfig(epochs=3, learning_rate=0.0123456789), ["epochs", "learning_rate"])
    assert first.close()
    second = open_window()
    assert second.find_page.form.value() == swept
    assert second.train_page.form.value() == TrainingConfig.of(swept, learning_rate=0.0123456789, epochs=3)


def test_that_what_was_run_is_remembered_though_the_window_never_closes(open_window, qtbot, profile):
    window = open_window()
    window.find_page.form.set_value(RangeTestConfig(optimizer=Sgd(momentum=0.5)))
    find(qtbot, window)
    run = train(qtbot, window)
    Settings(profile).save()
    assert Settings(profile).config(RangeTestConfig()).optimizer == Sgd(momentum=0.5)
    assert Settings(profile).config(TrainingConfig()) == run.config


def test_that_a_wrong_field_at_closing_costs_only_itself(open_window):
    first = open_window()
    first.find_page.form.set_value(RangeTestConfig(steps=60))
    assert first.close()
    second = open_window()
    second.find_page.form.findChild(object, "steps").setText("many")
    assert second.close()
    assert open_window().find_page.form.value().steps == 60


def test_that_sizes_splitters_and_theme_are_remembered(open_window, qtbot):
    first = open_window()
    first.resize(1024, 700)  # no higher than the screen, or Qt will not put it back; no narrower than it may be
    qtbot.wait(20)
    first.find_page.setSizes([320, 450])
    first.find_page.splitter.setSizes([300, 200])
    sizes = first.find_page.sizes(), first.find_page.splitter.sizes()
    first.actions_["theme"].trigger()
    name = themes.current.name
    assert first.close()
    themes.use("light" if name == "dark" else "dark")
    second = open_window(size=None)
    assert (second.width(), second.height()) == (1024, 700)
    assert (second.find_page.sizes(), second.find_page.splitter.sizes()) == sizes
    assert themes.current.name == name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe not an ini file \x80",
        b"[config]\nRangeTestConfig=no json\nTrainingConfig={\n[layout]\nwindow=nonsense\nfind=5\n",
        b'[config]\nRangeTestConfig="{\\"steps\\": -5}"\n[General]\ntheme=purple\n',
        b"[layout]\nwindow=@ByteArray(\\x1\\x2)\nfind=@ByteArray(zzz)\ntrain_pictures=@Variant(\\0)\n",
    ],
    ids=["empty", "binary", "no json", "out of bounds", "broken layout"],
)
def test_that_a_damaged_settings_file_is_harmless(open_window, profile, content):
    profile.mkdir()
    (profile / "settings.ini").write_bytes(content)
    window = open_window()
    assert window.find_page.form.value() == RangeTestConfig()
    assert window.isVisible()
    assert window.width() >= 900
    assert window.close()


def test_that_a_field_of_another_version_is_forgotten_without_a_word(profile):
    settings = Settings(profile)
    settings._file.setValue("config/TrainingConfig", '{"epochs": 3, "warm_restarts": 2}')
    assert settings.config(TrainingConfig()) == TrainingConfig()


def test_that_all_of_it_lies_in_the_profile(open_window, profile):
    assert open_window().close()
    assert [path.name for path in profile.iterdir()] == ["settings.ini"]
    assert "config" in QSettings(str(profile / "settings.ini"), QSettings.Format.IniFormat).childGroups()

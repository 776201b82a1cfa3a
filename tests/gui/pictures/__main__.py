"""Write the kept pictures anew: ``python -m tests.gui.pictures [FOLDER]``."""

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LRGUI_LANGUAGE"] = "en"


def main():
    """Write every picture; into another folder if one is named, e.g. to look at them first."""
    from lrgui.app import create_application
    from tests.gui.picturing import FOLDER, fixed_font, missing_font, pictures, stocked_window

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application()
    if font := missing_font():
        sys.exit(f"The pictures are made with {font}, which is not installed.")
    with tempfile.TemporaryDirectory() as profile, fixed_font():
        window = stocked_window(Path(profile))
        window.show()
        written = [(folder / f"{name}.png", picture) for name, picture in pictures(window)]
        window.close()
    for path, picture in written:
        picture.save(str(path))
    print(f"{len(written)} pictures, {sum(path.stat().st_size for path, _ in written):,} bytes")
    application.quit()


main()

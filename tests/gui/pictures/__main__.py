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
        for name, picture in pictures(window):
            picture.save(str(folder / f"{name}.png"))
        window.close()
    print(f"{len(list(folder.glob('*.png')))} pictures, {sum(p.stat().st_size for p in folder.glob('*.png')):,} bytes")
    application.quit()


main()

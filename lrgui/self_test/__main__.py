"""One check in a process of its own: ``python -m lrgui.self_test NAME [FOLDER]``. The last line tells how it ended."""

import os
import sys
import traceback
from pathlib import Path

from lrgui import languages
from lrgui.core.messages import Message, Refused
from lrgui.core.store.plain import to_json
from lrgui.self_test.checks import CHECKS
from lrgui.self_test.running import ANSWER


def main(words: list[str]) -> None:
    """Try it, say on stdout what came of it, and end."""
    name, *folders = words
    languages.use(languages.asked_for())
    problem: Message | None = None
    try:
        CHECKS[name].run(Path(folders[0]) if folders else None)
    except Refused as refused:
        problem = refused.message
    except Exception as error:
        traceback.print_exc()
        problem = Message("{kind}: {error}", {"kind": type(error).__name__, "error": str(error)})
    print(f"\n{ANSWER}{to_json({'problem': problem})}", flush=True)
    # Threads of the libraries would keep the process.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])

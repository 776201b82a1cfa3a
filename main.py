"""Desktop entry: opens the window."""

import sys

from lrgui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())

"""The history of runs that lasts: an SQLite file, a thread that writes it, and questions to it."""

from lrgui.core.store.configs import UnreadableConfig
from lrgui.core.store.kept import Kept
from lrgui.core.store.queries import Entry, Filter, Sort
from lrgui.core.store.store import FILE_NAME, Store
from lrgui.core.store.thumbnails import Thumbnail

__all__ = ["FILE_NAME", "Entry", "Filter", "Kept", "Sort", "Store", "Thumbnail", "UnreadableConfig"]

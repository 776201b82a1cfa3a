import os

from hypothesis import settings

# The machine that runs the tests may be busy: what is checked is the result, not how soon it comes. Where a landing
# hangs on it the examples are always the same; new ones are looked for at every other run.
settings.register_profile("core", deadline=None, max_examples=60, derandomize=bool(os.environ.get("CI")))
settings.load_profile("core")

from hypothesis import settings

# The machine that runs the tests may be busy: what is checked is the result, not how soon it comes.
settings.register_profile("core", deadline=None, max_examples=60)
settings.load_profile("core")

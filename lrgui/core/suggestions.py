"""From a sweep to suggested rates, each with its reason; the rules are collected in ``RULES``."""

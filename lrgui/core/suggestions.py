"""From a sweep to suggested rates, each with its reason. (Rules are collected in ``RULES``.)"""

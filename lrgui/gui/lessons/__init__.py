"""Lessons in the window: a panel beside the pages, a hand that does the steps, and the guesses on the plots."""

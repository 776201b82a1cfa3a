"""Plots and what is dragged on them."""

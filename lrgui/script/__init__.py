"""For scripts and notebooks: find the rate of a model that is there already. Never Qt."""

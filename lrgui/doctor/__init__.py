"""What this computer has, and whether the program can do its work on it: ``lrgui doctor``."""

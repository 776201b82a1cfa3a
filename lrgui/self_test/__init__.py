"""Whether an installation works: each part tried for a moment, in a process of its own."""

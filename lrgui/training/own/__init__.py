"""Models of a person's own: from a file or from the memory of a script, swept and trained like ours."""

"""Every door through which something comes in that others have made, with valid things changed at random."""

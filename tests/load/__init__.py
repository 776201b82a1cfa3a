"""The same over and over: what is begun, held, stopped and closed a hundred times leaves nothing behind."""

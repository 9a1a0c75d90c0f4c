// Stands in for the program of history: only its hash is looked at.

"""One file per step, named for its number and what it does."""

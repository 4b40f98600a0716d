"""One script per model that is shipped; it imports dragoman, never the reverse."""

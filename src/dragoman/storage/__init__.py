"""The parts of :mod:`dragoman.store`, which alone uses them: tables, the file they lie in, rows, statements, checks."""

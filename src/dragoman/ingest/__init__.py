"""Files of news -> documents: what was published, as it was published, with where it was found.

The first stage. Knows file formats; knows nothing of what a text says, and no other stage.
"""

from dragoman.ingest.limits import Limits
from dragoman.ingest.reading import read

__all__ = ["Limits", "read"]

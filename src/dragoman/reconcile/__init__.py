"""Claims, links and judgements -> events with accounts and standing, positions and processes: a pure function."""

from dragoman.reconcile.record import Reconciled, reconcile

__all__ = ["Reconciled", "reconcile"]

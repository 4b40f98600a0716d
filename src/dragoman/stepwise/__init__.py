"""The reduce half a piece at a time: what a new report touches is computed again, the rest of the record is kept.

The result is that of :func:`dragoman.reconcile.reconcile` on the whole record, in whatever order that came. The
function is the rule; this package only knows which parts of it a change can reach. Decision 0018 says why it holds.
"""

from dragoman.stepwise.steps import Rules, bring_up, serves

__all__ = ["Rules", "bring_up", "serves"]

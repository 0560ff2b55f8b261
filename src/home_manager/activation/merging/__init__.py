"""Our keys in a file that is somebody else's too: they are set, and removed once they are dropped; the rest stays."""

from home_manager.activation.merging.keys import Merged, Unmergeable, merge, without_ours

__all__ = ["Merged", "Unmergeable", "merge", "without_ours"]

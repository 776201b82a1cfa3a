"""What other threads may say to the arms of a running comparison: pause one, stop it, remove it."""

import threading
from collections.abc import Iterable
from typing import Literal

ArmState = Literal["going", "paused", "stopped", "removed"]


class ArmReins:
    """The reins of each arm by its number: set directly by any thread, read by the job between chunks.

    Parameters
    ----------
    changed : threading.Condition
        Is told of every change: that of the run's ``Control``, whose waits end then.
    """

    def __init__(self, changed: threading.Condition) -> None:
        self._changed = changed
        self._states: dict[int, ArmState] = {}

    def state(self, arm: int) -> ArmState:
        """Return what was last asked of an arm; ``going`` if nothing was."""
        return self._states.get(arm, "going")

    def pause(self, arm: int) -> None:
        """Let an arm hold before its next chunk, while the others go on."""
        self._set(arm, "paused", unless=("stopped", "removed"))

    def resume(self, arm: int) -> None:
        """Let a paused arm go on; it catches up with the others first."""
        self._set(arm, "going", unless=("stopped", "removed"))

    def stop(self, arm: int) -> None:
        """End an arm after its chunk, and keep what it has."""
        self._set(arm, "stopped", unless=("removed",))

    def remove(self, arm: int) -> None:
        """End an arm after its chunk, and let nothing of it count."""
        self._set(arm, "removed")

    def all_paused(self, arms: Iterable[int]) -> bool:
        """Whether none of these may go on, and none of them has been ended."""
        return all(self.state(arm) == "paused" for arm in arms)

    def _set(self, arm: int, state: ArmState, unless: tuple[ArmState, ...] = ()) -> None:
        with self._changed:
            if self.state(arm) not in unless:
                self._states[arm] = state
                self._changed.notify_all()

"""What other threads may say to a running job: stop, pause, another factor on the rate."""

import threading


class Control:
    """The reins of one run: set directly by any thread, read by the job between chunks.

    Setting them is not a queued call on purpose: a queued slot would wait until the job returns.
    """

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._going = threading.Event()
        self._going.set()
        self._factor = 1.0

    def stop(self) -> None:
        """Ask the run to end after the current chunk and to keep what it has. Ends a pause, too."""
        self._stop.set()
        self._going.set()

    def pause(self) -> None:
        """Ask the run to hold before its next chunk."""
        if not self.stopping:
            self._going.clear()

    def resume(self) -> None:
        """Let a held run go on."""
        self._going.set()

    @property
    def stopping(self) -> bool:
        """Whether the run has been asked to end."""
        return self._stop.is_set()

    @property
    def paused(self) -> bool:
        """Whether the run has been asked to hold."""
        return not self._going.is_set()

    @property
    def factor(self) -> float:
        """What the planned learning rate is multiplied by, above 0; 1 at the start."""
        return self._factor

    @factor.setter
    def factor(self, factor: float) -> None:
        self._factor = float(factor)

    def wait_while_paused(self) -> None:
        """Return at once when the run goes, else when it is resumed or stopped."""
        self._going.wait()

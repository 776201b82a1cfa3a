"""How many cores of the processor TensorFlow takes."""


def limit_threads(threads: int | None) -> bool:
    """Let TensorFlow compute on so many threads, or on as many as there are cores.

    It makes its threads at its first operation and keeps them: only the first call in a process has a choice.

    Parameters
    ----------
    threads : int or None
        At least 1; None leaves it to TensorFlow.

    Returns
    -------
    bool
        Whether it is so now.
    """
    import tensorflow as tf

    # One operation's own threads, and the threads that run several operations side by side.
    wanted = threads or 0
    if tf.config.threading.get_intra_op_parallelism_threads() == wanted:
        return True
    try:
        tf.config.threading.set_intra_op_parallelism_threads(wanted)
        tf.config.threading.set_inter_op_parallelism_threads(wanted)
    except RuntimeError:
        return False
    return True

"""Why TensorFlow did not load: the evidence, the causes that are known, and what a person is told."""

from lrgui.core.load_failures.evidence import End, Evidence, evidence_of_child, evidence_of_mark
from lrgui.core.load_failures.explaining import explain

__all__ = ["End", "Evidence", "evidence_of_child", "evidence_of_mark", "explain"]

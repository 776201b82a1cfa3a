"""Why TensorFlow does not load: what its real messages are taken for."""

import pytest

from lrgui.core import computer
from lrgui.core.load_failures import Evidence, evidence_of_child, explain

SEEN = [
    ("ModuleNotFoundError: No module named 'tensorflow'", "is not installed"),
    (
        "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: The specified module could not be "
        "found.",
        "Visual C++ runtime",
    ),
    ("ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.27' not found (required by", "glibc 2.27"),
    ("ImportError: numpy.core.multiarray failed to import", "NumPy and TensorFlow do not fit"),
    ("ValueError: numpy.dtype size changed, may indicate binary incompatibility.", "NumPy and TensorFlow do not fit"),
    ("TypeError: Descriptors cannot be created directly.", "Protobuf"),
    ("google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf Gencode", "Protobuf"),
    ('  File "/home/me/work/tensorflow.py", line 3, in <module>\nAttributeError: no', "another name"),
    ("OSError: [WinError 1455] The paging file is too small for this operation to complete.", "memory"),
    ("ImportError: dlopen(x.so): mach-o file, but is an incompatible architecture (have 'x86_64')", "another kind"),
    ("ImportError: libstdc++.so.6: cannot open shared object file: No such file or directory", "A library is missing"),
    ("ImportError: x.so: failed to map segment from shared object", "may run"),
    ("OSError: [WinError 4551] An Application Control policy has blocked this file", "A rule of this computer"),
    ("ImportError: x.so: file too short", "damaged"),
    ("RuntimeError: something new.", "RuntimeError: something new. What may help"),
]


@pytest.mark.parametrize(("text", "told"), SEEN, ids=[told for _, told in SEEN])
def test_that_a_message_is_taken_for_its_cause(text, told):
    assert told in str(explain(Evidence(text, avx=True)))


@pytest.mark.parametrize("evidence", [
    Evidence("", "illegal", avx=False),
    Evidence("", "abort", avx=False),
    Evidence("The TensorFlow library was compiled to use AVX instructions, but these aren't available", "abort"),
    Evidence("ImportError: DLL load failed while importing _pywrap_tensorflow_internal", avx=False),
])  # fmt: skip
def test_that_a_processor_without_avx_is_named(evidence):
    assert "AVX" in str(explain(evidence))


def test_that_a_processor_with_avx_is_not_blamed():
    told = str(explain(Evidence("", "illegal", avx=True)))
    assert "AVX" not in told
    assert "an instruction" in told


ENDS = [(-4, "illegal"), (0xC000001D, "illegal"), (0xC000001D - 2**32, "illegal"), (-11, "segmentation")]
ENDS += [(0xC0000005, "segmentation"), (-6, "abort"), (-9, "killed"), (-31, "other"), (None, "time"), (1, "")]


@pytest.mark.parametrize(("exit_code", "end"), ENDS)
def test_that_an_exit_code_tells_how_a_process_ended(exit_code, end):
    evidence = evidence_of_child(exit_code, "")
    assert evidence.end == end
    assert str(explain(evidence))


def test_that_a_process_which_ended_itself_at_its_time_limit_hung():
    evidence = evidence_of_child(1, 'Timeout (0:00:05)!\nThread 0x1 (most recent call first):\n  File "x.py"')
    assert "did not finish loading" in str(explain(evidence))


@pytest.mark.parametrize(("cpuinfo", "has"), [("flags\t\t: fpu sse avx avx2\n", True), ("flags : fpu sse\n", False)])
def test_that_flags_of_a_processor_are_read(cpuinfo, has):
    assert ("avx" in computer.flags(cpuinfo)) == has


def test_that_this_computer_is_told_as_it_is():
    total, available = computer.memory()
    assert 0 < available <= total
    assert computer.cores() >= 1
    assert computer.bits() == 64
    assert computer.missing_dlls(["nothing-of-that-name.dll"]) in ([], ["nothing-of-that-name.dll"])

"""What of the libraries the program never touches, and so stays out of the package."""

from fnmatch import fnmatch

MODULES = (
    "_pytest",
    "IPython",
    "PIL",
    "babel",
    "cryptography",
    "cupy",
    "dask",
    "distributed",
    "hypothesis",
    "jax",
    "matplotlib",
    "mypy",
    "nbformat",
    "pandas",
    "pip",
    "psutil",
    "pytest",
    "setuptools",
    "tensorboard",
    "tensorboard_data_server",
    "tkinter",
    "torch",
    "tornado",
    "yaml",
)
"""Left out with all that only they bring, wherever they are installed: the program does without each, and says so."""

_UNUSED = (
    # test suites
    "*/tests/*",
    "*/_test/*",
    "keras/*_test.py*",
    "*/testdata/*",
    "*/test_data/*",
    # what compilers and editors read
    "*.a",
    "*.cmake",
    "*.h",
    "*.hpp",
    "*.inc",
    "*.lib",
    "*.pdb",
    "*.pxd",
    "*.pyi",
    "*.pyx",
    "*/include/*",
    # what only pip reads
    "*.dist-info/RECORD",
    "*.dist-info/INSTALLER",
    "*.dist-info/REQUESTED",
    # TensorFlow: sources for compiling ahead of time; operators that only other programs' saved graphs have
    "tensorflow/xla_aot_runtime_src/*",
    "tensorflow/compiler/mlir/stablehlo/stablehlo_extension*",
    "tensorflow/compiler/tf2xla/ops/_xla_ops*",
    "grpc/*",
    # Qt: what is drawn by QML, databases, secure connections, screens without a desktop
    "*Qt6Qml*",
    "*Qt6Quick*",
    "*Qt6Pdf*",
    "*Qt6VirtualKeyboard*",
    "*Qt6WaylandCompositor*",
    "*Qt6EglF*",
    *(
        f"PySide6/*plugins/{plugins}"
        for plugins in (
            "egldeviceintegrations/*",
            "generic/*",
            "networkinformation/*",
            "platforminputcontexts/*virtualkeyboard*",
            "platforms/*eglfs*",
            "platforms/*linuxfb*",
            "platforms/*minimal*",
            "platforms/*vkkhrdisplay*",
            "platforms/*vnc*",
            "platformthemes/*gtk3*",
            "sqldrivers/*",
            "tls/*",
            "wayland-graphics-integration-server/*",
        )
    ),
    "PySide6/*qml/*",
    "pyqtgraph/examples/*",
    # Linux: what only Qt's look of GTK would load; the program has its own
    *(
        f"{library}.so*"
        for library in (
            "libatk*",
            "libatspi*",
            "libcairo*",
            "libdatrie*",
            "libepoxy*",
            "libfribidi*",
            "libgdk*",
            "libgio-*",
            "libgmodule-*",
            "libgobject-*",
            "libgtk-*",
            "libpango*",
            "libpixman-*",
            "libthai*",
            "libXcomposite*",
            "libXcursor*",
            "libXdamage*",
            "libXinerama*",
            "libXrandr*",
        )
    ),
)

RESOURCES = ("packaging", "screenshots")
"""Folders of resources that the program does not read."""

_QT_TRANSLATIONS = "PySide6/*translations/*"
_QT_LANGUAGES = ("qtbase_en.qm", "qtbase_zh_TW.qm")


def is_used(place: str) -> bool:
    """Return whether a file belongs into the package.

    Parameters
    ----------
    place : str
        Where it would lie in the package, with the separators of any system.
    """
    path = place.replace("\\", "/")
    if fnmatch(path, _QT_TRANSLATIONS):
        return path.endswith(_QT_LANGUAGES)
    return not any(fnmatch(path, pattern) for pattern in _UNUSED)


def is_used_module(name: str) -> bool:
    """Return whether a module belongs into the package: those of test suites do not.

    Only Keras calls its tests after what they test; elsewhere, ``_test`` may be that of statistics.
    """
    return not (name.startswith("keras.") and name.endswith("_test")) and ".tests." not in f"{name}."


def may_be_stripped(place: str) -> bool:
    """Return whether the names for debuggers can be taken from a library, by where it lies in the package.

    Libraries that were moved into a wheel (``numpy.libs``) do not load any more afterwards.
    """
    return ".so" in place.rpartition("/")[2] and ".libs/" not in place

"""The lines of a TOML file: every key and every item of every array is found where it stands."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from lrgui.core.lessons.toml_lines import lines_of

_KEYS = st.text("abc_-1", min_size=1, max_size=4)
_TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8).map(
    lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
)
_LONG = st.lists(st.text("ab# =[]{},'", max_size=6), max_size=3).map(lambda lines: '"""' + "\n".join(lines) + '"""')
_PLAIN = st.sampled_from(["1", "-2.5e3", "true", "'a # b'", "[]", "{}"])
_VALUES = st.recursive(
    _TEXTS | _LONG | _PLAIN,
    lambda inner: st.lists(inner, max_size=3).map(lambda items: "[" + ", # more\n".join([*items, ""]) + "]"),
    max_leaves=5,
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=5), st.dictionaries(_KEYS, _VALUES, max_size=3))
def test_that_every_key_is_found_in_its_line(top, inner):
    text, lines = "# first\n", {}
    for key, value in top.items():
        lines[(key,)] = text.count("\n") + 1
        text += f"{key} = {value} # a comment\n"
    for number in range(2):
        lines[("table!", number)] = text.count("\n") + 1
        text += '[["table!"]]\n'
        for key, value in inner.items():
            lines[("table!", number, key)] = text.count("\n") + 1
            text += f"  {key} = {value}\n\n"
    tomllib.loads(text)
    found = lines_of(text)
    lines[("table!", 0)] = found["table!", 0]  # the first stands for the array as well
    assert {place: found[place] for place in lines} == lines


def test_that_items_and_inline_tables_are_found_too():
    text = 'a = [\n  1,\n  [2,\n   3],\n]\nb = { c.d = """\n""", e = 4 }\n[f.g]\n"h i".j = 5\n'
    tomllib.loads(text)
    found = lines_of(text)
    places = [("a", 1), ("a", 1, 1), ("b", "c", "d"), ("b", "e"), ("f", "g"), ("f", "g", "h i", "j")]
    assert [found[place] for place in places] == [3, 4, 6, 7, 8, 9]

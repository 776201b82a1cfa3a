"""From a sweep to suggested rates, each with its reason: the rules of others, and what this program recommends."""

from lrgui.core.suggestions.evidence import Evidence, Recommendation, Suggestion
from lrgui.core.suggestions.families import FAMILIES, Family, family_of
from lrgui.core.suggestions.recommendation import recommend, recommend_peak
from lrgui.core.suggestions.rules import PEAK_TITLE, RULES, TITLES, minimum, steepest, valley

__all__ = [
    "FAMILIES",
    "PEAK_TITLE",
    "RULES",
    "TITLES",
    "Evidence",
    "Family",
    "Recommendation",
    "Suggestion",
    "family_of",
    "minimum",
    "recommend",
    "recommend_peak",
    "steepest",
    "valley",
]

"""A small lesson that is right, to be made wrong in one place."""

LESSON = """\
title = "Small"
summary.en = "A lesson for tests."
summary.zh_TW = "測試用的課程。"

[[step]]
title = "One"
text = '''
Two lines
of one paragraph.

# Another one.'''
task = "Do it."
do = [
  "page,page=descent",  # a comment
  'set,field=dataset,to="fashion_mnist,samples=3000",otherwise=digits',
]
done = ["walker,rate_from=0.1", "reached,step=3"]
values.rate = "walker,what=rate"
values.place = "walker,step=3"
seen.en = "At {rate:rate} it came to {place:number}."
seen.zh_TW = "學習率 {rate:rate}。"

[step.question]
kind = "choice"
text = "Where?"
outcome = "walker,what=f,step=3"

[[step.question.option]]
text = "Here"
below = 1.0

[[step.question.option]]
text = "There"
least = 1.0

[[step]]
title = { en = "Two", zh_TW = "二" }
text = "."
task = "."
seen = "."
"""


def line_of(part: str) -> int:
    """Return the line in which a part of the lesson stands, from 1."""
    return LESSON[: LESSON.index(part)].count("\n") + 1

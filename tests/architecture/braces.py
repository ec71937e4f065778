"""The one brace habit: a body that spans more than one line stands in braces.

Run as a program (`python3 tests/architecture/braces.py FILE...`) it puts them there; clang-format brings them into shape.
"""
import re
import sys

TOKEN = re.compile(r"""
    (?P<comment>/\*.*?\*/|//[^\n]*)
  | (?P<directive>^[ \t]*\#(?:\\\n|/\*.*?\*/|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
  | (?P<word>\w+)
  | (?P<mark>[^\s\w])
""", re.X | re.M | re.S)
BESIDE = re.compile(r"(?:[ \t]*/\*[^\n]*?\*/(?=[ \t]*\n))?")
HEADS = {"if", "for", "while", "switch"}


class Bodies:
    """Walks the statements of a file; `bare` are (first, last) of each body without braces, as tokens."""

    def __init__(self, text):
        self.text = text
        self.found = [m for m in TOKEN.finditer(text) if m.lastgroup not in ("comment", "directive")]
        self.bare = []
        at = 0
        while at < len(self.found):
            at = self.head(at) if self.is_head(at) else at + 1

    def token(self, at):
        return self.found[at].group() if at < len(self.found) else ""

    def is_head(self, at):
        return self.found[at].lastgroup == "word" and self.token(at) in HEADS | {"do", "else"}

    def closing(self, at):
        depth = 0
        for i in range(at, len(self.found)):
            depth += self.token(i) in ("(", "[", "{")
            depth -= self.token(i) in (")", "]", "}")
            if depth == 0:
                return i
        return len(self.found) - 1

    def head(self, at):
        """Takes the head at `at` and its body, and returns where the walk goes on: inside the body, when it has braces."""
        word = self.token(at)
        body = self.closing(at + 1) + 1 if word in HEADS else at + 1
        if word == "else" and self.token(body) == "if" or self.token(body) in ("{", ";"):
            return body
        last = self.statement(body)
        self.bare.append((at, self.found[body], self.found[last]))
        return last + 1

    def statement(self, at):
        """The index of the last token of the statement that begins at `at`."""
        if self.token(at) == "{":
            inner = at + 1
            end = self.closing(at)
            while inner < end:
                inner = self.head(inner) if self.is_head(inner) else inner + 1
            return end
        if self.is_head(at):
            return self.controlled(at)
        if self.token(at + 1) == "(" and self.token(self.closing(at + 1) + 1) == "{":
            return self.statement(self.closing(at + 1) + 1)  # a loop that is a macro
        while self.token(at) not in (";", ""):
            at = self.closing(at) + 1 if self.token(at) in ("(", "[", "{") else at + 1
        return min(at, len(self.found) - 1)

    def controlled(self, at):
        word = self.token(at)
        body = self.closing(at + 1) + 1 if word in HEADS else at + 1
        last = self.statement(body)
        if self.token(body) not in ("{", ";") and not (word == "else" and self.token(body) == "if"):
            self.bare.append((at, self.found[body], self.found[last]))
        if word == "do":
            return self.closing(last + 2) + 1
        if word == "if" and self.token(last + 1) == "else":
            return self.controlled(last + 1)
        return last

    def long(self):
        """(behind the head, behind the body and what is said beside its end) of each bare body that spans more than one line, a comment in it included."""
        for at, first, last in self.bare:
            head_end = self.found[self.found.index(first) - 1].end()
            lines = self.text[head_end:last.end()].strip().count("\n")
            if lines > 0:
                yield head_end, BESIDE.match(self.text, last.end()).end()


def faults(text):
    """The number of each line on which a body begins that should stand in braces."""
    return [text.count("\n", 0, start) + 1 for start, _ in Bodies(text).long()]


def mended(text):
    marks = sorted([(start, " {") for start, _ in Bodies(text).long()] + [(end, "\n}") for _, end in Bodies(text).long()],
                   reverse=True)
    for at, mark in marks:
        text = text[:at] + mark + text[at:]
    return text


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:
            before = file.read()
        if mended(before) != before:
            with open(name, "w", encoding="utf-8") as file:
                file.write(mended(before))

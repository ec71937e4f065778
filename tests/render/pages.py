"""Reads pages with a parser that is not ours, and says what they must not hold."""
import re
import shutil
import subprocess

import html5lib
import pytest


def html_of(markdown):
    """Markdown as the page that cmark makes of it."""
    cmark = shutil.which("cmark")
    if cmark is None:
        pytest.skip("cmark is not installed")
    return subprocess.run([cmark, "--unsafe"], input=markdown, capture_output=True, text=True, check=True).stdout


def parsed(page):
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(page)
    assert parser.errors == []
    return tree


def local(name):
    return name.split("}")[-1] if isinstance(name, str) else name


def visible(tree):
    """The text of the body, as a reader has it."""
    body = next(node for node in tree.iter() if local(node.tag) == "body")
    return re.sub(r"\s+", " ", "".join(body.itertext()))


def assert_closed(page):
    """No script, no handler, nothing that would be loaded from anywhere."""
    tree = parsed(page)
    for node in tree.iter():
        tag = local(node.tag)
        assert tag not in {"script", "iframe", "img", "link", "object", "embed", "base", "form", "a"}
        for name, value in node.attrib.items():
            assert not local(name).startswith("on"), (tag, name)
            if local(name) in {"href", "src", "action", "data", "poster"}:
                assert value.startswith("#fv-"), (tag, name, value)
    styles = "".join("".join(node.itertext()) for node in tree.iter() if local(node.tag) == "style")
    assert "url(" not in styles and "@import" not in styles and "http" not in styles
    ids = {node.attrib["id"] for node in tree.iter() if "id" in node.attrib}
    used = {value[1:] for node in tree.iter() for name, value in node.attrib.items() if local(name) == "href"}
    assert used <= ids
    return tree

"""Inside a folder the calls lead one way: no file reaches itself again through other files of its folder."""
import collections

from test_purity import folder_of, objects, symbols


def calls():
    """Of each object, the objects of its own folder that it calls."""
    paths = objects()
    owner = {name: path for path in paths for name in symbols(path, False)}
    graph = collections.defaultdict(set)
    for path in paths:
        for name in symbols(path, True):
            other = owner.get(name, path)
            if other != path and folder_of(other) == folder_of(path):
                graph[path].add(other)
    return graph


def reached_from(graph, start):
    seen, open_ends = set(), list(graph.get(start, ()))
    while open_ends:
        path = open_ends.pop()
        if path not in seen:
            seen.add(path)
            open_ends += graph.get(path, ())
    return seen


def in_a_circle(graph):
    return {path for path in graph if path in reached_from(graph, path)}


def test_no_folder_holds_a_circle_of_files():
    found = sorted(path.name for path in in_a_circle(calls()))
    assert not found, "\n".join(found)


def test_a_circle_is_seen():
    assert in_a_circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == {"a", "b", "c"}
    assert in_a_circle({"a": {"b"}, "b": {"c"}}) == set()

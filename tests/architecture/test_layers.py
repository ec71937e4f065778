"""Every include obeys the layers: a folder sees itself and the layers below."""
import layers
from layers import LAYERS, PUBLIC, may_see


def owner(name):
    """The folder that an include in quotes belongs to, or None when nothing is known about it."""
    if name.startswith("fedval/"):
        return PUBLIC.get(name[len("fedval/"):-len(".h")])
    return name.split("/")[0] if name.split("/")[0] in LAYERS else None


def faults(folder, path):
    for mark, name in layers.includes(path):
        if mark == "<":
            allowed = layers.SPECIAL_HEADERS.get(name, set())
            if name not in layers.PURE_HEADERS and folder not in allowed:
                yield f"{path.relative_to(layers.TOP)}: <{name}> is not for {folder}/"
        elif owner(name) is None:
            yield f"{path.relative_to(layers.TOP)}: \"{name}\" is of no known layer"
        elif not may_see(folder, owner(name)):
            yield f"{path.relative_to(layers.TOP)}: \"{name}\" is not below {folder}/"


def test_every_include_of_the_core_obeys_the_layers():
    found = [fault for folder, path in layers.sources() for fault in faults(folder, path)]
    assert not found, "\n".join(found)


def test_an_include_from_above_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(layers, "TOP", tmp_path)
    source = tmp_path / "wrong.c"
    source.write_text('#include "render/json.h"\n#include "base/arena.h"\n#include <time.h>\n#include "other/x.h"\n')
    assert len(list(faults("names", source))) == 3


def room_faults(room, path):
    return [f"{path.name}: \"{name}\" is not for logs/{room}/" for mark, name in layers.includes(path)
            if mark == '"' and name.startswith("logs/") and not name.startswith(layers.LOG_ROOMS[room])]


def test_the_rooms_of_the_log_reader_are_apart():
    found = [fault for room in layers.LOG_ROOMS for path in sorted((layers.LIB / "logs" / room).glob("*.[ch]"))
             for fault in room_faults(room, path)]
    assert not found, "\n".join(found)


def test_an_include_of_another_room_is_seen(tmp_path):
    source = tmp_path / "wrong.c"
    source.write_text('#include "logs/incidents/store.h"\n#include "logs/incidents/incident.h"\n')
    assert len(room_faults("read", source)) == 2
    assert len(room_faults("interpret", source)) == 1


def test_every_public_header_has_a_layer():
    headers = {path.stem for path in (layers.TOP / "include" / "fedval").glob("*.h")}
    assert headers <= set(PUBLIC), sorted(headers - set(PUBLIC))


def test_public_headers_include_public_headers_of_their_own_layer_or_below():
    found = []
    for path in sorted((layers.TOP / "include" / "fedval").glob("*.h")):
        own = LAYERS[PUBLIC[path.stem]]
        for mark, name in layers.includes(path):
            if mark == "<" and name not in {"stddef.h", "stdint.h", "stdbool.h"}:
                found.append(f"{path.name}: <{name}>")
            if mark == '"' and (owner(name) is None or LAYERS[owner(name)] > own):
                found.append(f"{path.name}: \"{name}\"")
    assert not found, found


# What several backends are made of; compiled into each of them.
SHARED = ("backends/probe/", "backends/signature/")


def backend_sources():
    for path in sorted((layers.LIB / "backends").rglob("*.[ch]")):
        yield path.relative_to(layers.LIB / "backends").parts[0], path


def test_backends_see_public_headers_base_and_themselves():
    found = []
    for backend, path in backend_sources():
        for mark, name in layers.includes(path):
            allowed = ("fedval/", "base/", f"backends/{backend}/", *SHARED)
            if mark == '"' and "/" in name and not name.startswith(allowed):
                found.append(f"{path.relative_to(layers.TOP)}: \"{name}\"")
    assert not found, "\n".join(found)

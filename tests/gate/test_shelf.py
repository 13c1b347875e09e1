"""The shelf: bounded, and never put back what was taken away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from standfirst.gate.shelf import Held, Shelf


def held(path: str, *tags: str, size: int = 10) -> Held:
    return Held(path, frozenset(tags), b"x" * size, None)


def test_the_page_used_longest_ago_goes_first() -> None:
    gone: list[str] = []
    shelf = Shelf(30, gone.append)
    for path in ("/a", "/b", "/c"):
        shelf.restore(held(path))
    shelf.get(b"/a")
    shelf.restore(held("/d"))
    assert gone == ["/b"]
    assert shelf.bytes == 30


def test_a_newer_copy_takes_the_place_of_the_older() -> None:
    gone: list[str] = []
    shelf = Shelf(dropped=gone.append)
    shelf.restore(held("/a", "old"))
    shelf.restore(held("/a", "new", size=20))
    assert shelf.bytes == 20
    assert shelf.withdraw(["old"]) == []
    assert shelf.withdraw(["new"]) == ["/a"]
    assert gone == ["/a"]
    assert shelf.bytes == 0


def test_a_change_of_the_held_copy_s_tags_stops_a_fetch_whose_own_tags_are_others() -> None:
    shelf = Shelf()
    shelf.restore(held("/a", "old"))
    with shelf.fetching() as ticket:
        shelf.change(["old"])
        assert not shelf.put(ticket, held("/a", "new"))


def test_a_change_is_forgotten_when_no_fetch_could_be_overtaken_by_it() -> None:
    shelf = Shelf()
    with shelf.fetching():
        shelf.change(["a"])
        assert shelf._changed
    assert not shelf._changed


STEPS = st.lists(
    st.tuples(st.sampled_from(["begin", "end", "change", "withdraw", "clear"]), st.integers(0, 2)), max_size=40
)


@given(STEPS)
def test_whatever_the_order_no_copy_older_than_a_change_is_put(steps: list[tuple[str, int]]) -> None:
    shelf = Shelf()
    version = [0, 0, 0]
    under_way: list[tuple[object, int, int, int]] = []
    copies: dict[int, int] = {}
    for step, page in steps:
        path, tag = f"/{page}", f"t{page}"
        if step == "begin":
            fetching = shelf.fetching()
            under_way.append((fetching, fetching.__enter__(), page, version[page]))
        elif step == "end" and under_way:
            fetching, ticket, page, fetched = under_way.pop(0)
            if shelf.put(ticket, held(f"/{page}", f"t{page}")):
                copies[page] = fetched
                assert fetched == version[page]
            fetching.__exit__(None, None, None)  # type: ignore[attr-defined]
        elif step == "clear":
            version = [number + 1 for number in version]
            shelf.clear()
            assert not shelf.pages
        else:
            version[page] += 1
            paths = shelf.change([tag]) if step == "change" else shelf.withdraw([tag])
            assert step == "change" or path.encode() not in shelf.pages
            assert set(paths) <= {path}
    assert shelf.bytes == 10 * len(shelf.pages)

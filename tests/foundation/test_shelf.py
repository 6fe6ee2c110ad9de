from eventapp.foundation.shelf import Shelf


def test_what_was_put_there_is_found_again():
    shelf = Shelf(2)

    shelf.put("a", 1)

    assert shelf.get("a") == 1
    assert shelf.get("b") is None


def test_what_was_unused_for_longest_makes_room():
    shelf = Shelf(2)
    shelf.put("a", 1)
    shelf.put("b", 2)

    shelf.get("a")
    shelf.put("c", 3)

    assert shelf.contents() == [1, 3]


def test_a_newer_thing_takes_the_place_of_the_older():
    shelf = Shelf(2)
    shelf.put("a", 1)
    shelf.put("b", 2)

    shelf.put("a", 3)

    assert shelf.contents() == [2, 3]


def test_a_cleared_shelf_is_empty():
    shelf = Shelf(2)
    shelf.put("a", 1)

    shelf.clear()

    assert shelf.contents() == []

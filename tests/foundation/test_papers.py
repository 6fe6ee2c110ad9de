"""Papers are set from data that stays data, in a program of its own."""

import io
import shutil
import sys

import pytest
from pypdf import PdfReader

from eventapp.foundation import papers
from eventapp.foundation.assets import asset_folder
from eventapp.foundation.papers import PaperFailed, printable, typeset

SAMPLE = """
#import "/papers/house.typ": *
#let d = json(bytes(sys.inputs.data))
#show: paper.with(title: d.title, lang: "de", head: d.title)
= #words(d.title)
#box(height: 8cm, width: 100%, fitted(d.name))
"""


@pytest.fixture
def template(tmp_path, monkeypatch):
    """A folder of templates with the house's own and what the test writes into it."""

    def write(source):
        (tmp_path / "sample.typ").write_text(source, encoding="utf-8")
        return "sample.typ"

    shutil.copytree(asset_folder("templates") / "papers", tmp_path / "papers")
    own = {"templates": tmp_path}
    monkeypatch.setattr(papers, "asset_folder", lambda name: own.get(name) or asset_folder(name))
    return write


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    return "\n".join(page.extract_text() for page in read(pdf).pages).replace("\u200b", "")


@pytest.mark.parametrize(
    "name",
    [
        '#import "/etc/passwd": *',
        '#read("/etc/passwd")',
        "*bold* _it_ $x$ @cite <label>",
        "// gone? /* gone? */",
        "<iframe src=file:///etc/passwd>",
    ],
)
def test_code_in_a_name_is_only_a_name(template, name):
    """T-41: nothing that people wrote is run, read or fetched."""
    paper = typeset(template(SAMPLE), {"title": "Programm", "name": name})

    assert name in " ".join(text_of(paper).split("\n"))


@pytest.mark.parametrize(
    "name",
    ["Ł" * 200, "Müßig-Łukasiewicz " * 11, "Юрий Ωμέγα", "a" * 199 + " b", "e\u0301\u200bx"],
    ids=["200 letters", "200 in words", "other letters", "one word and one", "composed"],
)
def test_a_long_name_wraps_and_nothing_of_it_is_cut(template, name):
    """T-42: every letter is on the page, within its edges."""
    paper = read(typeset(template(SAMPLE), {"title": "Programm", "name": name}))

    letters = "".join(text_of_page(paper).split())
    assert "".join(str(printable(name)).replace("\u200b", "").split()) in letters
    assert len(paper.pages) == 1


def text_of_page(reader):
    return "".join(page.extract_text() for page in reader.pages).replace("\u200b", "")


def test_a_letter_that_no_font_has_stops_no_paper(template):
    paper = typeset(template(SAMPLE), {"title": "Programm", "name": "日本語 \U0001f600 شركة"})

    assert "Programm" in text_of(paper)


def test_the_fonts_are_in_the_file_and_the_structure_can_be_read_aloud(template):
    """T-42: PDF/UA-1 with language and title, and no font left to the reader's machine."""
    paper = read(typeset(template(SAMPLE), {"title": "Programm", "name": "Müßig"}))

    fonts = paper.pages[0]["/Resources"]["/Font"].values()
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own type
    assert paper.trailer["/Root"]["/Lang"] == "de"
    assert paper.metadata.title == "Programm"
    descriptors = [font.get_object()["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(each.get_object()) for each in descriptors)


@pytest.mark.parametrize("path", ["/etc/passwd", "../../etc/passwd", "/../../etc/passwd"])
def test_a_template_reads_nothing_outside_of_its_folder(template, path):
    with pytest.raises(PaperFailed):
        typeset(template(f'#read("{path}")'), {})


def test_a_paper_that_never_ends_is_given_up(template, monkeypatch):
    monkeypatch.setattr(papers, "LONGEST", 1)

    with pytest.raises(PaperFailed, match="longer than 1 s"):
        typeset(template("#let n = 0\n#for i in range(100000000) { n += calc.sqrt(i) }"), {})


def test_the_library_stays_out_of_the_program(template):
    typeset(template(SAMPLE), {"title": "Programm", "name": "x"})

    assert "typst" not in sys.modules


def test_what_no_font_prints_is_left_out():
    assert printable({"a": ["x\x00y\r", "e\u0301\n"], "n": 3}) == {"a": ["xy", "é\n"], "n": 3}

"""The text of a file, whatever program made it, and a sentence for each that has none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.documents import LONGEST, read_document
from mapping.documents.pdf import joined_lines, read_pdf, without_running_heads
from mapping.errors import UnreadableFile

FILES = Path(__file__).parent / "files"
LEAD = "HIT, 17 July 2024 – Two drones attacked a base near Hit on Tuesday night."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)


def word(body: str, *, main: str = "word/document.xml", before: str = "") -> bytes:
    """Return a Word document of which the body is given."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS.format(main))
        archive.writestr(main, f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return held.getvalue()


def pdf(*objects: str) -> bytes:
    """Return a PDF of one page, and the objects given from number 4 on."""
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    fixed = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    body = "".join(f"{number} 0 obj{text}endobj\n" for number, text in enumerate([*fixed, *objects], 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode()


def drawn(operators: str) -> list[str]:
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return [f"<</Length {len(operators)}>>stream\n{operators}\nendstream\n", font]


@pytest.mark.parametrize(("name", "kind"), [("report.docx", "Word document"), ("report.pdf", "PDF")])
def test_what_other_programs_wrote_is_read_whole(name: str, kind: str) -> None:
    document = read_document(FILES / name)
    assert document.kind == kind
    assert document.text.splitlines()[0] == LEAD
    assert "Near Mosul" in document.text and "three strikes" in document.text
    assert document.text.splitlines()[-1] == "The fire was put out within the hour."


def test_a_file_is_what_it_holds_whatever_its_name_says() -> None:
    assert read_document((FILES / "report.pdf").read_bytes(), name="report.txt").kind == "PDF"
    assert read_document((FILES / "report.docx").read_bytes(), name="report.pdf").kind == "Word document"
    assert read_document(b"<!DOCTYPE html><p>Two drones attacked.", name="report.txt").kind == "web page"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Hît was attacked.\r\nNobody was hurt.".encode("utf-8-sig"), "Hît was attacked.\r\nNobody was hurt."),
        ("Hît was attacked.\n".encode("utf-16"), "Hît was attacked.\n"),
        ("Hît was attacked.".encode("cp1252"), "Hît was attacked."),
        ("هوجمت مدينة هيت في الأنبار".encode("cp1256"), "هوجمت مدينة هيت في الأنبار"),
        (b"if a < b, attack <b>now</b>", "if a < b, attack <b>now</b>"),
        ("\u202eattacked\u202c".encode(), "\u202eattacked\u202c"),
    ],
)  # fmt: skip
def test_a_text_is_its_letters_as_they_stand(data: bytes, text: str) -> None:
    assert read_document(data, name="a.txt").text == text


def test_what_was_assumed_of_letters_is_said() -> None:
    assert read_document("Hît was attacked.".encode("cp1252"), name="a.txt").note.startswith(
        "a.txt is not UTF-8: read as"
    )
    damaged = read_document("هيت ".encode() * 50 + b"\xff", name="a.txt")
    assert damaged.text.endswith("\ufffd") and "no letters" in damaged.note
    assert not read_document("Hît was attacked.".encode(), name="a.txt").note


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.txt", "is empty"),
        (b" \r\n\t", "a.txt", "is empty"),
        (bytes(range(256)) * 20, "a.txt", "is not text"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx", "save it as .docx"),
        (b"{\\rtf1 Two drones}", "a.docx", "save it as .docx"),
        (b"PK\x03\x04 and no more", "a.docx", "no Word document, or a damaged one"),
        (b"%PDF-1.7 and no more", "a.pdf", "damaged, or no PDF"),
        (b"<html><script>alert(1)</script></html>", "a.html", "without text"),
        (b"<html>" + b"<div>" * 50_000, "a.html", "Paste its text"),
        (b"<html><p " + b" ".join(b"a%d='>'" % number for number in range(50_000)) + b">Hit", "a.html", "Paste its text"),
        (b"a" * 5_000_001, "a.txt", "larger than 5 MB"),
        (b"a " * LONGEST, "a.txt", "holds 200,000 letters"),
    ],
)  # fmt: skip
def test_what_holds_no_report_is_refused_in_a_sentence(data: bytes, name: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=f"^{name} .*{said}"):
        read_document(data, name=name)


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"{\\rtf", b"\xff\xfe"]))
def test_rubbish_is_read_or_refused_and_nothing_else(rubbish: bytes, start: bytes) -> None:
    try:
        assert read_document(start + rubbish, name="a.txt").text.strip()
    except UnreadableFile as error:
        assert str(error).startswith("a.txt ")


def test_a_web_page_gives_its_article_and_its_day() -> None:
    lines = "".join(
        f"<p>In {place}, two drones attacked a base late on Tuesday.</p>" for place in ("Hit", "Rutba", "Haditha")
    )
    page = (
        '<!DOCTYPE html><html><head><title>Bases attacked</title><meta charset="windows-1252"><style>p { color: red }</style>'
        '<meta property="article:published_time" content="2024-07-17T08:00:00+03:00"></head><body><nav><a href="/">Home page'
        f"</a></nav><article><h1>Bases attacked</h1>{lines}<p>Café burnt.</p></article><script>alert('run')</script></body></html>"
    )
    document = read_document(page.encode("cp1252"), name="a.html")
    assert (document.kind, document.title) == ("web page", "Bases attacked")
    assert document.written is not None and document.written.isoformat() == "2024-07-17"
    assert all(word in document.text for word in ("Hit", "Rutba", "Haditha", "Café"))
    assert not any(word in document.text for word in ("Home page", "alert", "color"))


@pytest.mark.parametrize("charset", ["undefined", "punycode", "no-such-thing", "hex"])
def test_a_web_page_that_states_no_encoding_is_read_as_any_text(charset: str) -> None:
    page = f"<html><head><meta charset={charset}></head><body><p>Two drones in Hīt.</p></body></html>"
    assert read_document(page.encode(), name="a.html").text == "Two drones in Hīt."


def test_a_part_of_a_web_page_is_read_whole() -> None:
    assert (
        read_document(b"<p>Two drones <b>attacked</b> the base.", name="a.html").text == "Two drones attacked the base."
    )


def test_a_word_document_is_read_as_its_reader_sees_it() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run.format('Two')}<w:r><w:tab/></w:r><w:ins>{run.format('drones')}</w:ins>"
        "<w:del><w:r><w:delText>rockets</w:delText></w:r></w:del></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run.format('Hit')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:sdt><w:sdtContent><w:p>{run.format('night')}<w:r><w:br/></w:r>{run.format('&lt;b&gt;')}</w:p></w:sdtContent></w:sdt>"
    )
    assert read_document(word(body), name="a.docx").text == "Two\tdrones\nHit\nnight\n<b>"


def test_a_word_document_opens_nothing_and_unpacks_to_no_bomb() -> None:
    secret = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    assert read_document(word("<w:p><w:r><w:t>Hit&e;</w:t></w:r></w:p>", before=secret), name="a.docx").text == "Hit"
    with pytest.raises(UnreadableFile, match=r"a\.docx unpacks to more than 20 MB"):
        read_document(word(f"<w:p>{' ' * 21_000_000}</w:p>"), name="a.docx")
    with pytest.raises(UnreadableFile, match="an Office file, but no Word document"):
        read_document(word("", main="xl/workbook.xml"), name="a.docx")


def test_an_arabic_pdf_is_in_the_order_of_its_letters() -> None:
    text = " ".join(read_document(FILES / "arabic.pdf").text.split())
    assert text.startswith("بغداد، 17 تموز 2024 – هاجمت طائرتان مسيرتان قاعدة قرب هيت في الأنبار مساء الثلاثاء،")
    assert text.endswith("ولم تقع إصابات ولا أضرار.")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ((FILES / "locked.pdf").read_bytes(), "locked with a password"),
        (pdf(*drawn("0 0 9 9 re f")), "1 page and no text in them: a scan"),
        (pdf(*drawn("BT /F 9 Tf (Hit) Tj ET"))[:60], "damaged, or no PDF"),
    ],
)
def test_a_pdf_without_text_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_pdf(data, name="a.pdf")


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    endless = pdf(*drawn("BT /F 9 Tf " + "(Hit) Tj " * 300_000 + "ET"))
    with pytest.raises(UnreadableFile, match="too large or too intricate"):
        read_pdf(endless, name="a.pdf", seconds=0.05)


def test_running_heads_and_numbers_of_pages_are_no_text() -> None:
    pages = [f"Daily report\nDay {day} was quiet.\nPage {day} of 3" for day in (1, 2, 3)]
    assert without_running_heads(pages) == ["Day 1 was quiet.", "Day 2 was quiet.", "Day 3 was quiet."]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("the offi-\ncials", "the officials"),
        ("an Iran-\nbacked group", "an Iran-backed group"),
        ("air-\nstrikes, other air-strikes", "air-strikes, other air-strikes"),
        ("Anbar-\nAnbarprovince, Anbar\u00ad\nians", "Anbar-Anbarprovince, Anbarians"),
        ("from 6-\n8 men", "from 6-\n8 men"),
    ],
)
def test_words_parted_at_the_end_of_a_line_are_whole_again(lines: str, text: str) -> None:
    assert joined_lines([lines]) == text

from __future__ import annotations

from warraq.intake.readers.mhtml import page_of_archive

ARCHIVE = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://almarfa.example/news/417\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----b"\r\n\r\n'
    "------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "Content-Location: https://almarfa.example/news/417\r\n\r\n<html><p>=D9=86=D8=B5</p></html>\r\n"
    "------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------b--\r\n"
).encode("ascii")


def test_the_page_is_taken_out_of_the_archive_with_its_address() -> None:
    page = page_of_archive(ARCHIVE)
    assert page is not None
    assert "<html><p>نص</p></html>" in page.decode()
    assert b"saved from url=(0032)https://almarfa.example/news/417" in page


def test_a_text_that_begins_like_a_letter_is_no_archive() -> None:
    assert page_of_archive(b"Subject: x\r\nTo: y\r\n\r\nContent-Type: multipart/related") is None
    assert page_of_archive("قال الوزير: نعم\n".encode() * 100) is None

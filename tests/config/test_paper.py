"""`warraq.toml` and `WARRAQ_*`: what is taken, and how each wrong thing is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warraq.config.errors import BadSetting, NotAPaper
from warraq.config.paper import FILE, folder_of, load, names


def paper(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_an_empty_file_gives_every_default(tmp_path: Path) -> None:
    config = load(paper(tmp_path, ""), {})

    assert (config.front.port, config.newsroom.port, config.newsroom.language) == (8000, 8001, "ar")
    assert config.database_file == tmp_path / "database" / "paper.sqlite3"


def test_a_variable_goes_before_the_file(tmp_path: Path) -> None:
    folder = paper(tmp_path, "[front]\nport = 9000\nhost = '0.0.0.0'\n")

    config = load(folder, {"WARRAQ_FRONT__PORT": "9100", "WARRAQ_PAPER": str(folder), "HOME": "/"})

    assert (config.front.port, config.front.host) == (9100, "0.0.0.0")


def test_a_variable_may_hold_a_list(tmp_path: Path) -> None:
    config = load(paper(tmp_path, ""), {"WARRAQ_NEWSROOM__HOSTS": "تحرير.example, desk.example"})

    assert config.newsroom.hosts == ("تحرير.example", "desk.example")


def test_a_folder_without_the_file_is_no_paper(tmp_path: Path) -> None:
    with pytest.raises(NotAPaper, match=r"holds no warraq.toml.*warraq init"):
        load(tmp_path, {})


def test_a_wrong_key_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"no setting front\.prot\. Did you mean front\.port\?"):
        load(paper(tmp_path, "[front]\nprot = 8000\n"), {})


def test_a_wrong_section_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="no setting صحيفة"):
        load(paper(tmp_path, '"صحيفة" = "الورّاق"\n'), {})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[front]\nport = "ثمانية"\n', "front.port = 'ثمانية'"),
        ("[front]\nport = 70000\n", "front.port = 70000"),
        ('[newsroom]\nlanguage = "fr"\n', "newsroom.language = 'fr'"),
        ('[front]\norigin = "paper.example/"\n', "front.origin = 'paper.example/'"),
        ("front = 8000\n", "front = 8000"),
    ],
)
def test_a_wrong_value_is_shown_as_it_was_written(tmp_path: Path, text: str, name: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        load(paper(tmp_path, text), {})

    assert f"{name} is refused" in str(refusal.value)


def test_every_wrong_thing_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as refusal:
        load(paper(tmp_path, "[front]\nport = 0\nprot = 1\n"), {})

    assert len(str(refusal.value).splitlines()) == 2


@pytest.mark.parametrize("text", ["[front\n", "port = = 1\n", "a = 1\na = 2\n"])
def test_broken_toml_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadSetting, match=r"not valid TOML: .*line \d"):
        load(paper(tmp_path, text), {})


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes("# ورّاق\n".encode("cp1256", errors="replace"))

    with pytest.raises(BadSetting, match="cannot be read"):
        load(tmp_path, {})


@pytest.mark.parametrize("name", ["WARRAQ_PORT", "WARRAQ_FORNT__PORT", "WARRAQ_FRONT__PROT", "WARRAQ_FOLDER"])
def test_a_variable_that_names_no_setting_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSetting, match=r"no setting"):
        load(paper(tmp_path, ""), {name: "1"})


def test_the_folder_cannot_be_set_in_its_own_file(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="no setting folder"):
        load(paper(tmp_path, 'folder = "/tmp"\n'), {})


def test_the_folder_is_the_given_one_else_the_variable_else_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARRAQ_PAPER", "/srv/صحيفة")
    assert folder_of("a") == tmp_path / "a"
    assert folder_of() == Path("/srv/صحيفة")

    monkeypatch.delenv("WARRAQ_PAPER")
    assert folder_of() == tmp_path


def test_every_setting_has_a_sentence_of_help() -> None:
    from warraq.config.paper import PaperConfig

    for name in names():
        section, key = name.split(".")
        description = PaperConfig.model_fields[section].annotation.model_fields[key].description
        assert description, name
        assert description.endswith("."), name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[front]\nport = 8001\n", "newsroom"),
        ('[front]\nhost = "0.0.0.0"\nport = 8001\n', "newsroom"),
        ('[front]\ntrusted_proxies = ["bla"]\n', "10.0.0.0/8"),
        ("[front]\nport = true\n", "whole number"),
        ("front = 8\n", "[name]"),
    ],
)
def test_what_would_fail_only_later_is_refused_now(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "warraq.toml").write_text(text)
    with pytest.raises(BadSetting, match=re.escape(told)):
        load(tmp_path, {})


def test_ports_may_be_alike_on_two_addresses(tmp_path: Path) -> None:
    (tmp_path / "warraq.toml").write_text('[front]\nhost = "192.0.2.1"\nport = 8001\n')
    assert load(tmp_path, {}).front.port == 8001


def test_a_wrong_variable_is_named_and_not_the_file(tmp_path: Path) -> None:
    (tmp_path / "warraq.toml").write_text("")
    with pytest.raises(BadSetting, match=r"^WARRAQ_FRONT__PORT: ") as raised:
        load(tmp_path, {"WARRAQ_FRONT__PORT": "abc"})
    assert "warraq.toml" not in str(raised.value)


def test_a_wrong_database_is_refused_without_showing_its_password(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[database]\nurl = "oracle://huda:geheim@db/paper"\n')
    with pytest.raises(BadSetting, match=r"database\.url is refused.*postgresql://") as refusal:
        load(tmp_path, {})
    assert "geheim" not in str(refusal.value)
    assert "geheim" not in repr(load(tmp_path, {"WARRAQ_DATABASE__URL": "postgresql://huda:geheim@db/paper"}))


def test_a_bucket_s_keys_go_together_and_are_never_shown(tmp_path: Path) -> None:
    folder = paper(tmp_path, '[bucket]\nname = "paper"\nsecret_key = "my-very-secret"\n')
    with pytest.raises(BadSetting, match=r"bucket\.access_key and its secret go together") as raised:
        load(folder, {})
    assert "my-very-secret" not in str(raised.value)
    with pytest.raises(BadSetting, match=r"bucket\.secret_key = '…' is refused") as raised:
        load(paper(tmp_path, '[bucket]\nname = "paper"\nsecret_key = ["my-very-secret"]\n'), {})
    assert "my-very-secret" not in str(raised.value)
    config = load(
        paper(tmp_path, '[bucket]\nname = "paper"\naccess_key = "me"\n'), {"WARRAQ_BUCKET__SECRET_KEY": "my-key"}
    )
    assert config.bucket.secret_key == "my-key"
    assert "my-key" not in repr(config)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('name = "a/b"', "letters, digits"),
        ('prefix = "صحيفة"', "letters, digits"),
        ('endpoint = "s3.example"', "https://"),
    ],
)
def test_a_bucket_is_named_as_buckets_are(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(BadSetting, match=told):
        load(paper(tmp_path, f"[bucket]\n{line}\n"), {})


def test_the_key_s_file_lies_in_the_paper_s_folder_or_where_it_says(tmp_path: Path) -> None:
    text = '[bucket]\nname = "paper"\naccess_key = "me"\nsecret_key_file = "key"\n'
    assert load(paper(tmp_path, text), {}).bucket_secret_file == tmp_path / "key"
    assert load(paper(tmp_path, text.replace('"key"', '"/srv/key"')), {}).bucket_secret_file == Path("/srv/key")


@pytest.mark.parametrize(
    "url",
    ["redis://h", "redis://:p%2Fss@h:6379/0", "rediss://user:geheim@h/1", "redis://[::1]:6379/0", "redis://h/0?ssl=x"],
)
def test_addresses_of_streams_are_taken(tmp_path: Path, url: str) -> None:
    assert load(paper(tmp_path, f'[fronts]\nstream = "{url}"\n'), {}).fronts.stream == url


@pytest.mark.parametrize(
    "url",
    [
        "http://geheim@h",
        "redis://:geheim@h:port/0",
        "redis://:geheim/@h",
        "redis://:geheim@h:99999",
        "redis://:geheim@@h",
    ],
)
def test_what_is_no_streams_address_is_refused_and_never_shown(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadSetting, match=r"fronts\.stream is refused.*redis://") as refused:
        load(paper(tmp_path, f'[fronts]\nstream = "{url}"\n'), {})
    assert "geheim" not in str(refused.value)
    assert "geheim" not in repr(load(paper(tmp_path, '[fronts]\nstream = "redis://:geheim@h"\n'), {}))

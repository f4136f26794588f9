"""nginx and Caddy with the shipped configurations, on a pressed tree: what the front is measured beside."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def is_installed(name: str) -> bool:
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") is not None


def start(
    name: str, *, paper: Path, folder: Path, ours: int, theirs: int, workers: int | str = 1
) -> subprocess.Popen[bytes]:
    """`nginx` or `caddy` on port `ours` for the `paper`'s pages, the front at `theirs`; its own files in `folder`.

    `workers` are nginx's: one for what is compared on one core, "auto" as Debian ships it.
    """
    config = folder / {"nginx": "nginx.conf", "caddy": "Caddyfile"}[name]
    config.write_text(adapted(config.name, paper=paper, folder=folder, ours=ours, theirs=theirs, workers=workers))
    command = {
        "nginx": ["nginx", "-c", str(config), "-p", str(folder)],
        "caddy": ["caddy", "run", "--config", str(config), "--adapter", "caddyfile"],
    }[name]
    env = {"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "XDG_DATA_HOME": str(folder)}
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(command, env=env, stderr=log)


def adapted(name: str, *, paper: Path, folder: Path, ours: int, theirs: int, workers: int | str = 1) -> str:
    """A shipped file with this folder and these ports, and without TLS. Raises ValueError where it holds no such."""
    text = (DEPLOY / name).read_text()
    for old, new in (("/srv/paper", str(paper)), ("127.0.0.1:8000", f"127.0.0.1:{theirs}")):
        if old not in text:
            raise ValueError(f"{name} names no {old}")
        text = text.replace(old, new)
    return _caddy(text, ours) if name == "Caddyfile" else _nginx(text, folder, ours, workers)


def _caddy(text: str, port: int) -> str:
    if "\npaper.example {" not in text:
        raise ValueError("the Caddyfile names no paper.example")
    site = text.replace("\npaper.example {", f"\nhttp://127.0.0.1:{port}, http://paper.example:{port} {{")
    return f"{{\n\tadmin off\n\tauto_https off\n\tskip_install_trust\n}}\n{site}"


def _nginx(text: str, folder: Path, port: int, workers: int | str) -> str:
    text = re.sub(r"listen 443 ssl http2([^;]*);", rf"listen 127.0.0.1:{port}\1;", text)
    text = re.sub(r"\n *ssl_[^;]*;", "", text)
    load = ""
    if BROTLI.exists():
        text, load = text.replace("# brotli_static on;", "brotli_static on;"), f"load_module {BROTLI};\n"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""  # nobody else may look into such a folder
    head = f"{load}{user}daemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\nworker_processes {workers};\n"
    head += "worker_rlimit_nofile 20000;\n"
    return f"{head}events {{ worker_connections 16384; }}\nhttp {{\naccess_log off;\n{temporary}{text}\n}}\n"

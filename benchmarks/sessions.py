"""Fifty people open Explore at once: python -m benchmarks.sessions [rows] [sessions].

Each is a web socket that speaks Streamlit's own protocol to the real app and asks for the page, as
the browser's script does. Told: how long the app takes to its first map when it was not running, when the
first and the last of many have theirs, how many failed, and the server's memory at its highest.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.made import ROOT, fill
from benchmarks.measuring import Results
from tests.browser.conftest import serving

ROWS, SESSIONS = 10_000, 50
TARGET_S, TARGET_MB = 10, 600
PATIENCE_S = 120


async def visit(url: str) -> tuple[float, float]:
    """Open a session; return the seconds until the map was delivered, and until the page was whole."""
    start = time.perf_counter()
    socket = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    async with websockets.connect(socket, subprotocols=["streamlit"], max_size=None, origin=url) as server:
        ask = BackMsg()
        ask.rerun_script.query_string = ""
        await server.send(ask.SerializeToString())
        mapped = None
        async for message in server:
            told = ForwardMsg()
            told.ParseFromString(message)
            element = told.delta.new_element
            if mapped is None and element.component_instance.component_name.startswith("streamlit_folium"):
                mapped = time.perf_counter() - start
            if element.HasField("exception"):
                raise RuntimeError(element.exception.message)
            if told.WhichOneof("type") == "script_finished" and mapped is not None:
                return mapped, time.perf_counter() - start
    raise RuntimeError("the server closed the session")


def memory_mb(port: int, names: tuple[str, str] = ("VmRSS", "VmHWM")) -> tuple[float, float]:
    """Return what the server on that port takes now, and took at most; or what else its status names."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"--server.port={port}" in (process / "cmdline").read_text().split("\0"):
                status = (process / "status").read_text()
                now, most = (int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in names)
                return now, most
        except OSError:  # it ended meanwhile
            continue
    raise RuntimeError(f"no server on port {port}")


async def at_once(url: str, sessions: int) -> list[tuple[float, float] | BaseException]:
    """Open so many sessions at once."""
    waits = (asyncio.wait_for(visit(url), PATIENCE_S) for _ in range(sessions))
    return await asyncio.gather(*waits, return_exceptions=True)


def main(rows: int = ROWS, sessions: int = SESSIONS) -> Results:
    """Start the app on so many rows, let one person in, then so many at once."""
    results = Results("sessions", "The app's cold start, and many people at once")
    with TemporaryDirectory() as folder:
        fill(Path(folder, "store"), rows)
        start = time.perf_counter()
        with serving(ROOT / "app.py", home=Path(folder)) as url:
            up = time.perf_counter() - start
            port = int(urlsplit(url).port or 0)
            alone = _done(asyncio.run(at_once(url, 1)))[0]
            what = f"{rows:,} rows"
            results.add(f"{what}: from the command until the server answers", up, "s")
            results.add(f"{what}: from then until the first map is sent", alone[0], "s")
            results.add(f"{what}: memory with one session", memory_mb(port)[0], "MB")
            told = asyncio.run(at_once(url, sessions))
            done = _done(told)
            what = f"{what}, {sessions} sessions at once"
            results.add(f"{what}: failed", len(told) - len(done), "sessions", at_most=0)
            results.add(f"{what}: the first map is sent", done[0][0], "s")
            results.add(f"{what}: the last map is sent", done[-1][0], "s", at_most=TARGET_S)
            results.add(f"{what}: the last page is whole", max(whole for _, whole in done), "s")
            results.add(f"{what}: memory at most", memory_mb(port)[1], "MB", at_most=TARGET_MB)
    return results


def _done(told: list[tuple[float, float] | BaseException]) -> list[tuple[float, float]]:
    """Return the sessions that got their page, the first served first."""
    if done := sorted(each for each in told if isinstance(each, tuple)):
        return done
    raise SystemExit(f"No session got its page: {told[0]}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:])).write()

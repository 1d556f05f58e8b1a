"""Draw the README's picture, docs/screen.svg, from the running program on its demo data at a fixed moment."""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.demo import write_demo
from minicrm_tui.settings import Settings

PICTURE = Path(__file__).parent.parent / "docs" / "screen.svg"
SIZE = (120, 36)
MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=2), "EET"))


def main() -> None:
    """Write the picture and say where."""
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw(), encoding="utf-8")
    print(f"drew {PICTURE}")


def draw() -> str:
    """The main screen, full of made-up cards, as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        write_demo(path, now=MOMENT)
        return _without_fonts(asyncio.run(_photographed(path)))


async def _photographed(path: Path) -> str:
    app = MiniCRMApp(path, Settings(), clock=lambda: MOMENT)
    async with app.run_test(size=SIZE) as pilot:
        while app.main_screen.bench is None:
            await pilot.pause()
        for _ in range(3):  # what the answer of one read asks for, is read next
            await app.main_screen.bench.store.data_version()
            await pilot.pause()
        return app.export_screenshot(title="MiniCRM")


def _without_fonts(svg: str) -> str:
    """A picture fetches nothing: any monospaced font will do."""
    return re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)


if __name__ == "__main__":
    main()

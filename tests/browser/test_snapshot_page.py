"""Taking a view away in a browser: made, downloaded, opened without a network, opened again."""

from __future__ import annotations

import zipfile

from playwright.sync_api import expect
from waiting import PATIENCE_MS, PHONE, settled, width_of

HEADLINE = "h1.sixes-headline"
SLOW_MS = 2 * PATIENCE_MS
TITLE = "Mais <b>estações</b> para todos"
DRAWN = "() => document.documentElement.dataset.sixes"


def opened(page, address):
    page.goto(address)
    expect(page.locator(HEADLINE)).to_be_visible(timeout=PATIENCE_MS)
    settled(page)


def made(page, address):
    """Open the page, write a title, and make the snapshot."""
    opened(page, address)
    page.get_by_role("textbox", name="Título").fill(TITLE)
    page.get_by_role("button", name="Fazer o retrato").click()
    expect(page.get_by_role("button", name="Tudo (ZIP)")).to_be_visible(timeout=SLOW_MS)
    settled(page)


def taken(page, label, folder):
    """Click a button and return the file it gives."""
    with page.expect_download(timeout=SLOW_MS) as download:
        page.get_by_role("button", name=label).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_snapshot_is_made_taken_and_opened_again(server, visit, tmp_path):
    page = visit.page
    made(page, f"{server.url}/snapshot?city=medellin&lang=pt&need=ipm:2024&district=14")
    expect(page.get_by_text("Página 1 de", exact=False).first).to_be_visible()
    expect(page.locator(HEADLINE).locator("b")).to_have_count(0)

    archive = taken(page, "Tudo (ZIP)", tmp_path)
    with zipfile.ZipFile(archive) as packed:
        assert {"snapshot.pdf", "slides.pdf", "snapshot.html"} <= set(packed.namelist())
    document = taken(page, "PDF, A4", tmp_path)
    assert document.read_bytes().startswith(b"%PDF")
    single = taken(page, "Página web em um arquivo", tmp_path)

    opened(page, f"{server.url}/snapshot?city=rio&lang=en")
    page.locator("input[type=file]").last.set_input_files(str(single))
    expect(page.get_by_text("Complete, and the same figures come out")).to_be_visible(
        timeout=PATIENCE_MS
    )
    page.get_by_role("button", name="Open its view").click()
    page.wait_for_function("() => location.search.includes('city=medellin')", timeout=PATIENCE_MS)
    page.wait_for_function("() => location.search.includes('need=ipm')", timeout=PATIENCE_MS)
    for part in ("lang=pt", "district=14", "layers="):
        assert part in page.url
    expect(page.get_by_role("textbox", name="Título")).to_have_value(TITLE, timeout=PATIENCE_MS)

    changed = tmp_path / "changed.html"
    changed.write_text(single.read_text("utf-8").replace("<h1", "<h1 ", 1), "utf-8")
    settled(page)
    page.locator("input[type=file]").last.set_input_files(str(changed))
    expect(page.get_by_text("seu texto foi alterado").first).to_be_visible(timeout=PATIENCE_MS)


def test_the_page_in_one_file_draws_its_map_without_a_network(server, visit, browser, tmp_path):
    made(visit.page, f"{server.url}/snapshot?city=rio&lang=pt&layers=cameras-2026")
    single = taken(visit.page, "Página web em um arquivo", tmp_path)

    context = browser.new_context(viewport=PHONE, offline=True)
    page, asked, faults = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(single.as_uri())
    page.wait_for_function(DRAWN, timeout=PATIENCE_MS)

    assert page.locator("h1").inner_text() == TITLE
    assert page.evaluate("() => window.SixesMap.state.drawn.size") >= 1
    painted = page.evaluate(
        """() => {
          const canvas = document.querySelector("#map canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let i = 0; i < data.length; i += 400) seen.add(data.slice(i, i + 4).join());
          return seen.size;
        }"""
    )
    assert painted > 5
    assert width_of(page) <= PHONE["width"]
    page.set_viewport_size({"width": 1280, "height": 720})
    assert width_of(page) <= 1280
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
    page.emulate_media(media="print")
    expect(page.locator(".paper-map svg")).to_be_visible()  # whole, at any width of paper
    expect(page.locator(".frame")).to_be_hidden()
    assert faults == []
    context.close()

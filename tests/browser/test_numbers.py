"""Numbers that the browser itself writes, in tables and on axes, follow the page's language."""

import re

import pytest
from polling import until
from waiting import opened

RECORD = """
window.sixesWritten = [];
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
  window.sixesWritten.push(text);
  return write.call(this, text, ...rest);
};
"""


@pytest.mark.parametrize(
    ("language", "mark", "share"),
    [("es", ".", "40\u00a0%"), ("pt", ".", "40%"), ("en", ",", "40%")],
)
def test_tables_and_axes_are_written_as_the_page_speaks_not_as_the_browser(
    server, visit, language, mark, share
):
    visit.page.add_init_script(RECORD)
    opened(visit.page, f"{server.url}/?city=rio&lang={language}")
    visit.page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()

    def thousands():
        written = visit.page.evaluate("window.sixesWritten")
        return {text for text in written if re.fullmatch(r"\d+[.,]\d{3}", text)}

    assert until(lambda: len(thousands()) > 3, 30)  # the income and the people of each row
    assert {re.sub(r"\d", "", number) for number in thousands()} == {mark}
    axes = visit.page.get_by_test_id("stVegaLiteChart").first.locator("text")
    assert until(lambda: share in axes.all_text_contents(), 30)

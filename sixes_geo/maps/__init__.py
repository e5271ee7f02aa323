"""Maps: what is sent to the browser, and how it is drawn there."""

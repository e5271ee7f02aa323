"""An indicator for tests, as people would upload it and as the store keeps it."""

import csv
import io
import json

from sixes_geo.contributions import indicator_csv

DESCRIBED = {
    "name": "Knows of the sensors",
    "question": "Who has heard of them?",
    "e": "education",
    "use": "need",
    "higher_means": "better_off",
    "unit_of_measure": "% of people asked",
    "source": "Door to door",
    "authors": "Junta de Vecinos",
    "date": "2026-05-01",
    "year": "2026",
    "per": "district",
}
VALUES = {"01": 10.0, "02": 20.0, "03": 30.0, "04": 40.5}


def sheet(values=None, delimiter=",", **described) -> bytes:
    """Return the table as a spreadsheet would save it."""
    described = DESCRIBED | described
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(indicator_csv.COLUMNS)
    for nth, (place, value) in enumerate((values or VALUES).items()):
        description = list(described.values()) if nth == 0 else [""] * len(described)
        writer.writerow([place, value, *description])
    return text.getvalue().encode()


def kept(name, values=None, **described) -> str:
    """Return the file of an indicator in the store."""
    content = DESCRIBED | {"year": 2026, "indicator": name, "values": values or VALUES}
    return json.dumps(content | described)

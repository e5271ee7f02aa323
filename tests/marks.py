"""The marks of tests, by their path; the targets of the Makefile select by marks."""

MARKS = {
    "browser": ("tests/browser",),
    "pages": ("tests/pages",),
    "published": (
        "tests/city/test_geodata.py",
        "tests/framework/test_paper.py",
        "tests/output/test_measure_json.py",
        "tests/test_docs.py",
    ),
    "raw": ("tests/build/test_full_rebuild.py",),
    "slow": (
        "tests/analysis/test_networks.py",
        "tests/analysis/test_robustness.py",
        "tests/analysis/test_six_es.py",
        "tests/build",
        "tests/charts",
        "tests/city/test_listing.py",
        "tests/cli",
        "tests/contributions/test_tag_files.py",
        "tests/export",
        "tests/install",
        "tests/maps/test_scene.py",
        "tests/measures/clustering/test_bivariate.py",
        "tests/measures/clustering/test_moran.py::test_p_is_even",
        "tests/measures/placement/test_band.py::test_a_fresh_curve",
        "tests/measures/placement/test_difference.py::test_the_interval_holds",
        "tests/measures/placement/test_need_error.py::test_a_plain_loop",
        "tests/measures/placement/test_need_error.py::test_intervals_hold",
        "tests/measures/placement/test_need_split.py",
        "tests/measures/placement/test_network.py::test_a_plain_loop",
        "tests/output/test_networks_json.py",
        "tests/output/test_unit_table.py",
        "tests/wording/test_network_words.py",
        "tests/wording/test_tag_words.py",
        "tests/workers",
    ),
    "long": (
        "tests/analysis/test_agreement.py",
        "tests/browser/test_journeys.py::test_a_link_to_another_page_works_on_a_cold",
        "tests/browser/test_linked.py::test_a_dot_of_the_strip",
        "tests/browser/test_linked.py::test_a_longer_distance",
        "tests/browser/test_served.py::test_an_open_page_goes_on",
        "tests/browser/test_served.py::test_maps_are_drawn_under",
        "tests/browser/test_snapshot_page.py::test_the_page_in_one_file",
        "tests/browser/test_wheel.py::test_a_name_in_the_table",
        "tests/browser/test_wheel.py::test_an_indicator_goes_in",
        "tests/browser/test_wheel.py::test_every_part_of_the_wheel",
        "tests/browser/test_widths.py",
        "tests/build/test_full_rebuild.py",
        "tests/city/test_contents.py::test_two_thousand",
        "tests/export/test_archives.py::test_two_thousand",
        "tests/export/test_bundle.py::test_ten_at_once",
        "tests/export/test_bundle.py::test_two_processes",
        "tests/store/test_kills.py",
        "tests/maps/test_scene.py::test_the_legend_of_every_published_need",
        "tests/output/test_measure_json.py::test_sites_are_counts_by_every_weight",
        "tests/output/test_measure_json.py::test_what_is_printed_keeps",
        "tests/install/test_nothing_reaches_out.py",
        "tests/install/test_wheel.py",
    ),
}
"""For each mark of pyproject.toml: folders, files, and tests by the beginning of their name. Tests
that use the fixture `published` have that mark as well."""


def marks_of(nodeid: str) -> list[str]:
    """Return the marks of a test.

    Parameters
    ----------
    nodeid
        As pytest names it: ``tests/city/test_tables.py::test_a_file_is_read``.
    """
    return [
        mark
        for mark, places in MARKS.items()
        if any(
            nodeid.startswith(place if "::" in place else (f"{place}/", f"{place}::"))
            for place in places
        )
    ]

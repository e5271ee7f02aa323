"""What an assessment says in words, in any language: one place for page, map and export."""

from __future__ import annotations

from sixes_geo.assessment import Assessment
from sixes_geo.choices import layer_named, unit_named
from sixes_geo.i18n import Translator
from sixes_geo.layers import indicator_named
from sixes_geo.model import City, Indicator

INDEX_DECIMALS = 2
WHOLE_WITHIN = 0.005
LEAST_P = 0.0001


def figure(value: float | None, indicator: Indicator, city: City, tr: Translator) -> str:
    """Write a value of an indicator with its unit."""
    if indicator.format == "money":
        return tr.money(value, city.currency)
    written = tr.number(value, indicator.decimals)
    known = value is not None and value == value  # noqa: PLR0124  (only NaN differs from itself)
    return (
        tr("number.percent", value=written) if indicator.format == "percent" and known else written
    )


def need_title(assessment: Assessment, tr: Translator) -> str:
    """Name the need with its year."""
    indicator = indicator_named(assessment.city, assessment.choice.need)
    return tr("need.title", title=tr.text(indicator.title), year=str(assessment.choice.year))


def counted(assessment: Assessment, tr: Translator) -> str:
    """Name what is counted: sites, or what they hold."""
    layers = [layer_named(assessment.city, name) for name in assessment.choice.layers]
    nouns = tr.list([tr.text(layer.noun) for layer in layers])
    if assessment.choice.weight == "sites":
        return nouns
    return tr("headline.capacity", capacity=tr.text(layers[0].capacity), noun=nouns)


def headline(assessment: Assessment, tr: Translator) -> str:
    """Return the one sentence about where the sites stand relative to need."""
    found = assessment.headline
    if found is None or assessment.why_not is not None:
        reason = assessment.why_not
        return tr("headline.none", reason=reason.text(tr) if reason else "")
    unit = unit_named(assessment.city, assessment.choice.unit)
    indicator = indicator_named(assessment.city, assessment.choice.need)
    end = indicator.best_off() if found.side == "better" else indicator.worst_off()
    span = "top" if found.top else "fifth"
    sentence = tr(
        f"headline.{span}.{found.side}",
        of=whole(found.of, tr),
        noun=counted(assessment, tr),
        sites=whole(found.sites, tr),
        the_k=tr.text(unit.the_k).format(k=tr("number.five")),
        many=tr.text(unit.many),
        end=tr.text(end),
        people=tr.percent(found.people),
    )
    unsure = assessment.test is None or assessment.test.verdict == "cannot_tell"
    return f"{sentence} {tr('headline.cannot_tell')}" if unsure else sentence


def whole(count: float, tr: Translator) -> str:
    """Write a count; approximate places leave fractions, which are said to be about."""
    if abs(count - round(count)) < WHOLE_WITHIN:
        return tr.number(round(count), 0)
    return tr("number.about", value=tr.number(count, 1))


def index_words(assessment: Assessment, tr: Translator) -> str:
    """Return the index with its interval."""
    test = assessment.test
    if test is None:
        return tr("number.missing")
    low, high = test.interval
    return tr(
        "summary.index",
        index=tr.signed(test.index, INDEX_DECIMALS),
        low=tr.signed(low, INDEX_DECIMALS),
        high=tr.signed(high, INDEX_DECIMALS),
    )


def verdict_words(assessment: Assessment, tr: Translator) -> str:
    """Return the verdict as a clause."""
    return tr(f"verdict.{assessment.test.verdict if assessment.test else 'cannot_tell'}")


def chance_words(assessment: Assessment, tr: Translator) -> str:
    """Say how the verdict was reached: test, p, spread under chance, draws, seed."""
    test = assessment.test
    if test is None:
        return ""
    small = test.p_value <= LEAST_P
    p_value = tr(
        "summary.p_below" if small else "summary.p_equal",
        value=tr.number(LEAST_P if small else test.p_value, 4),
    )
    return tr(
        f"summary.{test.method}",
        sd=tr.number(test.null_sd, 3),
        p=p_value,
        draws=test.draws,
        seed=str(assessment.choice.seed),
    )


def accounting_words(assessment: Assessment, tr: Translator) -> str:
    """Say what became of every row that was read."""
    rows = assessment.accounting
    text = tr(
        "summary.accounting",
        read=rows.read,
        used=rows.used,
        outside=rows.outside,
        unlocated=rows.unlocated,
        citywide=rows.citywide,
    )
    extra = [
        tr(f"summary.{name}", count=count)
        for name, count in (
            ("without_need", rows.without_need),
            ("without_capacity", rows.without_capacity),
            ("approximate", rows.approximate),
        )
        if count
    ]
    return " ".join([text, *extra])


def map_words(assessment: Assessment, tr: Translator) -> str:
    """Describe the map to a reader who does not see it."""
    unit = unit_named(assessment.city, assessment.choice.unit)
    return tr(
        "map.alt",
        city=tr.text(assessment.city.name),
        many=tr.text(unit.many),
        need=need_title(assessment, tr),
        sites=counted(assessment, tr),
        headline=headline(assessment, tr),
    )

"""An assessment in words, in any language: the same for page, map and export."""

from __future__ import annotations

from collections.abc import Sequence

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.provision import initiatives_of
from sixes_geo.analysis.question import Question
from sixes_geo.city.model import City, Indicator
from sixes_geo.i18n import MILLION, Translator
from sixes_geo.measures.base.thresholds import LEAST_SITES_FOR_HEADLINE
from sixes_geo.wording.counts import (
    basis_noun,
    count_words,
    counted,
    is_money,
    is_rough,
    n_words,
)
from sixes_geo.wording.tags import restriction_words
from sixes_geo.wording.verdict import INDEX_DECIMALS, is_sure, verdict_sentence

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
    return need_words(assessment.question, tr)


def need_measured(assessment: Assessment, tr: Translator) -> str:
    """Name the need with its year and unit of measure, which for money names the currency."""
    unit = tr.text(assessment.question.need.unit_of_measure)
    return f"{need_title(assessment, tr)}, {unit}"


def need_heading(assessment: Assessment, tr: Translator) -> str:
    """Name the need above its figures, where money alone does not say which currency it is."""
    money = assessment.question.need.format == "money"
    return need_measured(assessment, tr) if money else need_title(assessment, tr)


def need_words(question: Question, tr: Translator) -> str:
    """Name the need of a question with its year."""
    title = tr.text(question.need.title)
    return tr("need.title", title=title, year=str(question.year))


def headline(assessment: Assessment, tr: Translator) -> str:
    """Return the headline in one text: where the sites are, and what that means."""
    return " ".join(filter(None, headline_lines(assessment, tr)))


def headline_lines(assessment: Assessment, tr: Translator) -> tuple[str, str]:
    """Return the two sentences of the headline: where the sites are, and the verdict.

    The first is about a part of the city that is fixed beforehand, the second about the whole
    city; where they point to different sides, the second says so. It is empty if nothing can
    be measured, or if there are too few sites to say where they are.
    """
    headline = assessment.headline
    if headline is None or assessment.why_not is not None:
        reason = assessment.why_not
        return tr("headline.none", reason=reason.text(tr) if reason else ""), ""
    places = max(1, round(headline.of))
    by_sites = assessment.question.weight == "sites"
    if by_sites and places < LEAST_SITES_FOR_HEADLINE and not is_sure(assessment):
        return tr("headline.few", count=places, noun=counted(assessment, tr)), ""
    return _where(assessment, tr), verdict_sentence(assessment, tr)


def _where(assessment: Assessment, tr: Translator) -> str:
    """Say how many sites are where, and how many people live there."""
    headline = assessment.headline
    if headline is None:
        return ""
    unit = assessment.question.unit
    indicator = assessment.question.need
    rough = is_rough(assessment)
    the_many = " ".join(tr.text(unit.the_k).format(k="").split())
    return tr(
        f"headline.{_form(assessment)}",
        of=_of(assessment, tr),
        amount=count_words(headline.amount, tr, rough=rough),
        share=tr.percent(headline.amount / headline.of, 0),
        the_k=tr.text(unit.the_k).format(k=tr("number.five")),
        the_many=the_many,
        end=tr.text(indicator.best_off()),
        people=tr.percent(headline.people),
    )


def _form(assessment: Assessment) -> str:
    """Return the form of the sentence, which differs for sites, money and other amounts."""
    part = "top" if assessment.headline and assessment.headline.top else "part"
    if assessment.question.weight != "amount":
        return part
    return f"money_{part}" if is_money(assessment) else f"amount_{part}"


def _of(assessment: Assessment, tr: Translator) -> str:
    """Say how many of what the sentence is about, and what is left out."""
    headline, rows = assessment.headline, assessment.accounting
    of = headline.of if headline else 0.0
    if assessment.question.weight == "amount" and not is_money(assessment):
        return tr("headline.of", of=tr.number(of), noun=counted(assessment, tr))
    if assessment.question.weight == "amount":
        millions = tr("number.millions", value=tr.number(of / MILLION, 0))
        return tr("headline.of", of=millions, noun=counted(assessment, tr))
    number = count_words(of, tr, rough=is_rough(assessment))
    fields = {"of": number, "noun": counted(assessment, tr)}
    if rows.without_need and assessment.question.weight == "sites":
        return tr("headline.of_known", used=rows.used, **fields)
    return tr("headline.of", **fields)


def index_words(assessment: Assessment, tr: Translator) -> str:
    """Return the index with its interval."""
    test = assessment.test
    if test is None:
        return tr("number.missing")
    return interval_words(test.index, test.interval, tr)


def interval_words(index: float, interval: tuple[float, float], tr: Translator) -> str:
    """Write an index with the limits of its interval."""
    low, high = (tr.signed(end, INDEX_DECIMALS) for end in interval)
    return tr("summary.index", index=tr.signed(index, INDEX_DECIMALS), low=low, high=high)


def basis_words(assessment: Assessment, tr: Translator) -> str:
    """Return the index with what it rests on: interval, n, unit, need and vintages.

    No page shows an index without this line.
    """
    question = assessment.question
    vintages = dict.fromkeys(layer.vintage for layer in question.layers)
    basis = tr(
        "summary.basis_amount" if question.weight == "amount" else "summary.basis",
        index=index_words(assessment, tr),
        n=n_words(assessment, tr),
        noun=basis_noun(assessment, tr),
        many=tr.text(question.unit.many),
        need=need_title(assessment, tr),
        vintage=tr.list(list(vintages)),
    )
    varied = [tr("summary.border", border=question.border)] if question.border else []
    names = {
        initiative.id: tr.text(initiative.name)
        for initiative in initiatives_of(question.city, question.layers)
    }
    varied += [tr("summary.without", name=names[question.without])] if question.without else []
    return " · ".join([basis, *varied, *restriction_words(question, tr)])


def chance_words(assessment: Assessment, tr: Translator) -> str:
    """Say how the verdict was reached: test, p, spread under chance, draws, seed."""
    test = assessment.test
    if test is None:
        return ""
    least = 1 / (test.draws + 1) if test.method == "monte_carlo" else LEAST_P
    small = test.p_value <= least
    form = "p_equal" if not small else "p_most" if test.method == "monte_carlo" else "p_below"
    p_value = tr(f"summary.{form}", value=tr.number(least if small else test.p_value, 4))
    return tr(
        f"summary.{test.method}",
        sd=tr.number(test.null_sd, 3),
        p=p_value,
        draws=test.draws,
        seed=str(assessment.question.seed),
    )


def accounting_words(assessment: Assessment, tr: Translator) -> str:
    """Say how every row that was read was used."""
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


def map_words(assessment: Assessment, tr: Translator, beside: Sequence[Assessment] = ()) -> str:
    """Describe the map to a reader who cannot see it, with the headline of each network."""
    unit, shown = assessment.question.unit, (assessment, *beside)
    return tr(
        "map.alt",
        city=tr.text(assessment.city.name),
        many=tr.text(unit.many),
        need=need_title(assessment, tr),
        noun=tr.list([counted(each, tr) for each in shown]),
        headline=" ".join(headline(each, tr) for each in shown),
    )


def verdict_map_words(assessment: Assessment, tr: Translator) -> str:
    """Describe the map of verdicts to a reader who cannot see it."""
    counts = assessment.units["verdict"].value_counts()
    return tr(
        "equity.map_alt",
        city=tr.text(assessment.city.name),
        many=tr.text(assessment.question.unit.many),
        noun=counted(assessment, tr),
        **{name: int(counts.get(name, 0)) for name in ("more", "fewer", "cannot_tell")},
    )


def zeros_words(assessment: Assessment, tr: Translator) -> str:
    """Say how many units have no sites, and how many chance alone would leave without any."""
    zeros = assessment.zeros
    if zeros is None:
        return ""
    return tr(
        "equity.zeros",
        found=zeros.found,
        of=zeros.of,
        expected=tr.number(zeros.expected, 1),
        many=tr.text(assessment.question.unit.many),
        noun=counted(assessment, tr),
    )

"""Charts of a Word report: bars that Word itself draws, so that they stay sharp and its own shaping sets the Thai words.

Comes in: a document, and a chart with its words. Goes out: the drawing that shows it. Refuses nothing. Each series has a hatching of its own, its
numbers stand in the bars, and the picture has a text alternative.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.labels import label_set
from pipeline.render.charts import bin_name, series_name
from pipeline.render.docx_styles import FONT
from pipeline.render.pages import environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from pipeline.charts import Bars
    from pipeline.render.charts import Drawn

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_CM = 360_000  # of Word's units
_WIDE, _HIGH, _ROW, _ROUND = 16.0, 7.0, 1.0, 2.6  # cm: a chart, its height by time, a row, and what stands around rows
_INK = "44403A"
_HATCHINGS = {  # Word's names of them; the other series are full
    "issue": "wdUpDiag",
    "action": "dkHorz",
    "ongoing": "wdUpDiag",
    "postponed": "lgConfetti",
    "cancelled": "openDmnd",
    "untold": "pct20",
}


@dataclass(frozen=True, slots=True)
class _Series:
    """A series as Word draws it."""

    name: str
    hatching: str | None
    colour: str
    values: tuple[int, ...]


def add_chart(document: Document, one: Drawn, bars: Bars, ours: Callable[[str], str]) -> BaseOxmlElement:
    """Add the chart to the document's parts, and return the drawing that shows it; `ours` gives our own words their digits."""
    package = document.part.package
    number = 1 + sum(part.partname.startswith("/word/charts/") for part in package.iter_parts())
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _TYPE, _chart(bars, ours).encode("utf-8"), package)
    drawing = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent/><wp:docPr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    extent, properties, graphic = drawing[0]
    high = _HIGH if bars.step else _ROUND + _ROW * len(bars.bins)
    extent.attrib.update({"cx": str(int(_WIDE * _CM)), "cy": str(int(high * _CM))})
    properties.attrib.update({"id": str(number), "name": one.title, "descr": one.told})
    graphic[0][0].set(f"{{{drawing.nsmap['r']}}}id", document.part.relate_to(part, _RELATION))
    return drawing


def _chart(bars: Bars, ours: Callable[[str], str]) -> str:
    colours = {label.id: label.colour.lstrip("#") for label in label_set()} | {"planned": "FFFFFF"}
    series = [
        _Series(series_name(bars.id, key), _HATCHINGS.get(key), colours.get(key, _INK), tuple(one.values[place] for one in bars.bins))
        for place, key in enumerate(bars.series)
    ]
    names = [bin_name(one, None) if one.name else ours(bin_name(one, bars.step)) for one in bars.bins]  # a name keeps its digits
    return environment().get_template("chart.xml").render(series=series, names=names, by_time=bars.step is not None, font=FONT, ink=_INK)

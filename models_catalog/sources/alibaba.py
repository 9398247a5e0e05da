"""Alibaba: Model Studio's price document (JSON around HTML with hundreds of tables), and Hologres's own prices.

Both price in yuan: Model Studio per million tokens, Hologres per thousand. Bands of input length, regions from
headings and a deployment scope from a column belong to the price. `原价 12元 限时5折` is the usual price with a
limited reduction. Tables of images, video and speech are not read: they have no column per million tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Board, Page, Parsed, WrongShape
from models_catalog.sources.offers import Offer, Terms, distinct, priced
from models_catalog.sources.reading import object_of, read_json, require_keys
from models_catalog.sources.tables import Column, Layout, Reading, read_all
from models_catalog.sources.tables_html import read_html, tables_in, tree_of
from models_catalog.sources.vendor import vendor_rights, vendor_source
from models_catalog.vocabulary import PriceUnit

BOARDS = (
    Board(
        slug="model_studio_pricing_zh",
        title="Alibaba Model Studio, prices, Chinese document",
        url="https://help.aliyun.com/help/json/document_detail.json"
        "?alias=%2Fmodel-studio%2Fmodel-pricing&pageNum=1&pageSize=20&website=cn&language=zh",
        media="json",
        recorded=(
            "html/alibaba_model-studio_pricing_zh@*.json",
            "html/alibaba_model-studio_pricing_zh@*.json.gz",
        ),
    ),
    Board(
        slug="hologres_pricing_zh",
        title="Alibaba Hologres, prices of managed models, Chinese page",
        url="https://help.aliyun.com/zh/hologres/user-guide/managed-models-billing",
        media="html",
        recorded=("html/alibaba_hologres_pricing_zh@*.html", "html/alibaba_hologres_pricing_zh@*.html.gz"),
    ),
)
PER_MILLION = r"单价 ?\(每百万 ?token\)"
THOUGHT = r"(?: 思维链[+和]回答)?"
STUDIO = Layout(
    columns=(
        Column("model", r"模型 id\(model id\)", due=True),
        Column("scope", "服务部署范围"),
        Column("band", "单次请求的输入token(?:数|范围)|输入token数量"),
        Column("input", rf"输入{PER_MILLION}(?: / 文本(?:/图片/视频)?)?", due=True),
        Column("input_audio", rf"输入{PER_MILLION} / 音频"),
        Column("input_image", rf"输入{PER_MILLION} / 图片(?:/视频)?"),
        Column("output", rf"输出{PER_MILLION}{THOUGHT}(?: / (?:非思考模式|文本 多模态输入|文本))?"),
        Column("output_thinking", rf"输出{PER_MILLION} / 思考模式\(思维链\+回答\)"),
        Column("output_of_text", rf"输出{PER_MILLION} / 文本 仅纯文本输入"),
        Column("output_audio", rf"输出{PER_MILLION} / (?:文本\+)?音频(?: 仅音频计费)?"),
    ),
    ignored=("模式", r"免费额度.*"),
    noun="model",
    signs=("input",),
)
HOLOGRES = Layout(
    columns=(
        Column("model", "模型名称", due=True),
        Column("region", "地域", due=True),
        Column("category", "模型类别"),
        Column("band", "输入 token 阶梯"),
        Column("input", r"输入单价\(元/千 token\)", due=True),
        Column("write", r"显式缓存创建\(元/千 token\)"),
        Column("read", r"显式缓存命中\(元/千 token\)"),
        Column("implicit", r"隐式缓存命中\(元/千 token\)"),
        Column("output", r"输出单价\(元/千 token\)", due=True),
    ),
    noun="model",
    signs=("input",),
)
STUDIO_UNITS = {
    "input": PriceUnit.INPUT,
    "input_audio": PriceUnit.INPUT_AUDIO,
    "input_image": PriceUnit.IMAGE,
    "output": PriceUnit.OUTPUT,
    "output_audio": PriceUnit.OUTPUT_AUDIO,
}
BY_MODE = {"output_thinking": "思考模式", "output_of_text": "仅纯文本输入"}
HOLOGRES_UNITS = {
    "input": PriceUnit.INPUT,
    "write": PriceUnit.CACHE_WRITE,
    "read": PriceUnit.CACHE_READ,
    "output": PriceUnit.OUTPUT,
}
REGION = re.compile(r"[^(（]+[(（][^)）]+[)）]|新加坡|中国香港|全球|国际")
NO_BAND = {"", "-", "无阶梯计价", "不区分阶梯"}
NO_PRICE = re.compile(r"目前仅供免费体验.*|已下线.*", re.DOTALL)


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model, input length and region."""
    if page.board == "hologres_pricing_zh":
        found = read_all(tables_in(read_html(page)), [HOLOGRES], "Hologres's prices")
        return distinct(item for _, reading in found for item in facts(reading, hologres=True))
    document = object_of(read_json(page), "Alibaba's document")
    require_keys([document], ("data.content",), "document")
    data = object_of(document["data"], "the data of Alibaba's document")
    if not isinstance(data["content"], str):
        raise WrongShape("the content of Alibaba's document is not text")
    tables = tables_in(tree_of(data["content"]))
    return distinct(
        item for _, reading in read_all(tables, [STUDIO], "Model Studio's prices") for item in facts(reading)
    )


def facts(reading: Reading, *, hologres: bool = False) -> Iterator[Parsed]:
    reader = hologres_prices if hologres else studio_prices
    yield from reading.drift
    yield from facts_of(reading.rows, lambda row: reader(row, reading))


def studio_prices(row: Row, reading: Reading) -> Iterator[Parsed]:
    row.due_text("model")
    stated = Row(
        row.label, {key: value for key, value in row.cells.items() if not NO_PRICE.match(str(value))}, "csv"
    )
    model = str(row.cells["model"]).strip().split("\n")[0].strip()
    region = next((name for name in reversed(reading.table.headings) if REGION.fullmatch(name)), "")
    offer = Offer(
        model, "alibaba", band=band(row), region=", ".join(filter(None, (region, row.text("scope"))))
    )
    yield from priced(stated, reading, offer, STUDIO_UNITS, Terms())
    for key, mode in BY_MODE.items():
        own = Offer(model, "alibaba", band="; ".join(filter(None, (offer.band, mode))), region=offer.region)
        yield from priced(stated, reading, own, {key: PriceUnit.OUTPUT}, Terms())


def band(row: Row) -> str:
    words = row.text("band") or ""
    return "" if words in NO_BAND else words


def hologres_prices(row: Row, reading: Reading) -> Iterator[Parsed]:
    region = row.text("region") or ""
    offer = Offer(row.due_text("model"), "alibaba-hologres", band=band(row), region=region)
    pictures = "图片" in (row.text("category") or "")
    units = {"input": PriceUnit.IMAGE} if pictures else HOLOGRES_UNITS
    yield from priced(row, reading, offer, units, Terms())
    implicit = Offer(offer.model, offer.provider, "隐式缓存", offer.band, region)
    yield from priced(row, reading, implicit, {"implicit": PriceUnit.CACHE_READ}, Terms())


SOURCE = vendor_source(
    slug="alibaba",
    title="Alibaba (Qwen) prices",
    rights=vendor_rights("Alibaba Cloud", "https://terms.alicdn.com/", "Alibaba Cloud, help centre"),
    boards=BOARDS,
    hosts=("help.aliyun.com",),
    live=("model_studio_pricing_zh", "hologres_pricing_zh"),
    parse=parse,
)

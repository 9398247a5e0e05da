"""How a number was written, kept until somebody needs its value."""


class Literal(str):
    """A JSON number with a decimal point or an exponent, as the source wrote it: `0.10`, `5e-07`.

    Kept as text so that no digit is lost or invented; `cells.Row.number` makes the Decimal.
    """

    __slots__ = ()

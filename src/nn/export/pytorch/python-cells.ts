/** Python code that reads the cells of a row, as `net.predict` does: functions by what they read. */

export const NUMBER = String.raw`DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def read_number(column, cell):
    if isinstance(cell, str):
        cell = cell.strip(BLANKS)
        if not DECIMAL.fullmatch(cell):
            return None
    elif not isinstance(cell, Number):
        return None
    try:
        value = float(cell)
    except (TypeError, OverflowError):
        return None
    return value if math.isfinite(value) else None
`;

export const DATE = String.raw`ISO = re.compile(
    r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
    r"(?:[Tt ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?\s?([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?"
)
NUMERIC = re.compile(
    r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?)?"
)


def read_date(column, cell):
    """Days since 1970-01-01, in UTC where no offset is given. 3/4/2024 is read if the training set had such dates."""
    if isinstance(cell, datetime):
        cell = cell.replace(tzinfo=timezone.utc) if cell.tzinfo is None else cell
        return cell.timestamp() / 86400
    if isinstance(cell, date):
        return float((cell - date(1970, 1, 1)).days)
    if not isinstance(cell, str):
        return None
    cell = cell.strip(BLANKS)
    found = ISO.fullmatch(cell)
    if found:
        year, month, day, hour, minute, second, offset = found.groups()
        return days_of((year, month, day), (hour, minute, second), offset or "Z")
    found = NUMERIC.fullmatch(cell) if "dayFirst" in column else None
    if not found:
        return None
    first, _, other, year, *time = found.groups()
    return days_of((year, other, first) if column["dayFirst"] else (year, first, other), time, "Z")


def days_of(day, time, offset):
    year, month, day = (int(part) for part in day)
    hour, minute, second = (int(part or 0) for part in time)
    try:
        midnight = (date(year + 1900 if year < 100 else year, month, day) - date(1970, 1, 1)).days
    except ValueError:
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    digits = offset[1:].replace(":", "")
    shift = int(digits[:2]) * 3600 + int(digits[2:]) * 60 if digits else 0
    seconds = hour * 3600 + minute * 60 + second - (-shift if offset[0] == "-" else shift)
    return midnight + seconds / 86400
`;

export const BOOLEAN = `def read_boolean(column, cell):
    """The column's own words in any case, true and false, 1 and 0."""
    if isinstance(cell, Number) and cell in (0, 1):
        return float(cell)
    text = plain(text_of(cell))
    no, yes = (plain(word) for word in column["words"])
    if text in (yes, "true", "1"):
        return 1.0
    return 0.0 if text in (no, "false", "0") else None
`;

export const CATEGORY = `def read_category(column, cell):
    """The index of the category; −1 for any other word."""
    text = name_in(text_of(cell))
    return column["categories"].index(text) if text in column["categories"] else -1
`;

export const TEXT = String.raw`def text_of(cell):
    """A cell as text; numbers as JavaScript writes them: 3.0 is 3."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, float):
        return str(cell)
    if not math.isfinite(cell):
        return "Infinity" if cell > 0 else "-Infinity"
    if cell == 0 or 1e-6 <= abs(cell) < 1e21:
        text = format(Decimal(repr(abs(cell))), "f")
        return ("-" if cell < 0 else "") + (text.rstrip("0").rstrip(".") if "." in text else text)
    return re.sub(r"e([+-])0", r"e\1", repr(cell)).replace(".0e", "e")
`;

export const MISSING = String.raw`# What JavaScript's trim takes away, and characters that are not seen.
BLANKS = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
NO_WIDTH = "\u200b\u2060\ufeff\u00ad"
PLAIN = re.compile(r"[\x20-\x7e]*")


def name_in(text):
    """A word as the net's categories are spelled."""
    if not PLAIN.fullmatch(text):
        text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text if c not in NO_WIDTH)
        text = unicodedata.normalize("NFC", text.strip(BLANKS))
    return text.strip(BLANKS)


def plain(text):
    """A text to compare: in lower case, with "-" for all dashes, and ordinary forms of wide letters."""
    if not PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFKC", text)
        text = re.sub("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]", "", text)
        text = "".join("-" if unicodedata.category(c) == "Pd" or c == "\u2212" else c for c in text)
    return text.lower().strip(BLANKS)


# Words that stand for a missing value, in any case.
NOTHING = {
    *("", "na", "n/a", "n.a", "<na>", "<nil>", "pd.na", "pd.nat", "np.nan", "math.nan", "nan", "nat", "null", "<null>"),
    *("(null)", "\\n", "nil", "none", "missing", "undefined", "inf", "infinity", "∞", "-", "--", "---", "?", "??", "*"),
    *("#n/a", "#n/a n/a", "#na", "#getting_data", "#n/d", "#nv", "#n/b", "#i/t", "#н/д", "#yok"),
}


def is_missing(cell, column):
    """None, NaN, and texts such as "" and "n/a", unless they are a word of the column."""
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return True
    if not isinstance(cell, str):
        return isinstance(cell, Number) and cell != cell
    cell = cell.strip(BLANKS)
    if len(cell.encode("utf-16-le", "surrogatepass")) > 60:
        return False
    if cell and name_in(cell) in (column.get("categories") or column.get("words") or ()):
        return False
    word = plain(cell).lstrip(QUOTES)
    word = word.rstrip(QUOTES).rstrip(". ").strip(BLANKS)
    signed = re.match(r"[+-].*[a-z∞]", word)
    return (
        word in NOTHING
        or (signed is not None and word[1:] in NOTHING)
        or re.fullmatch(r"[+-]?nan\([A-Za-z0-9_]*\)", word) is not None
        or re.fullmatch(r"[+-]?1\.#(qnan|snan|nan|ind|inf)0*", word) is not None
        or is_sheet_error(word)
    )


QUOTES = "\"'${"`"}‘’‚“”„«»‹›"


def is_sheet_error(word):
    """A spreadsheet's error in any language: #DIV/0!, #NOM?"""
    if not re.fullmatch("#[¡¿]?[^¡¿].*[!?]", word):
        return False
    inner = word[1:-1].lstrip("¡¿")
    return inner[0].isalpha() and all(
        c.isalpha() or c in "0123456789/_ " or unicodedata.category(c)[0] == "M" for c in inner
    )
`;

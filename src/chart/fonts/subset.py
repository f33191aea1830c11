"""Cuts the embedded faces out of their full fonts.

Usage: python subset.py Inter_400Regular.ttf Inter_600SemiBold.ttf DroidSansFallback.ttf
Needs fonttools. Writes beside itself; README.md names the origins.
"""
import sys
import zlib
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent

# Latin with extensions and Vietnamese, marks, Greek, Cyrillic with the Kazakh letters, punctuation, superscripts,
# currency signs, arrows, a few mathematical signs, shapes used as keys.
INTER = [
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x0259, 0x0259), (0x02B9, 0x02DD), (0x0300, 0x0331), (0x0370, 0x03FF),
    (0x0400, 0x052F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209C), (0x20A0, 0x20C0), (0x2113, 0x2122),
    (0x2150, 0x215E), (0x2190, 0x2199), (0x2202, 0x2265), (0x25A0, 0x25CF),
]


def codec_chars(codec, first, last):
    """Characters of a two-byte code page between two lead bytes."""
    out = set()
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            try:
                out.update(bytes([lead, trail]).decode(codec))
            except UnicodeDecodeError:
                pass
    return out


def wide():
    """Kana, GB 2312, JIS level 1, Big5 level 1, the 2,350 Hangul syllables of KS X 1001, their punctuation."""
    chars = codec_chars("gb2312", 0xB0, 0xF7) | codec_chars("shift_jis", 0x88, 0x98)
    chars |= codec_chars("big5", 0xA4, 0xC6) | codec_chars("euc_kr", 0xB0, 0xC8)
    for first, last in [(0x3000, 0x303F), (0x3040, 0x30FF), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6)]:
        chars.update(map(chr, range(first, last + 1)))
    return {ord(c) for c in chars if ord(c) > 0x2E00}


def cut(source, codes, features):
    options = subset.Options(layout_features=features, hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
                             notdef_outline=True, glyph_names=False, legacy_kern=False, recalc_timestamp=False)
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    return font


def main(regular, semibold, fallback):
    codes = [code for first, last in INTER for code in range(first, last + 1)]
    for source, name in [(regular, "Inter-Regular.ttf"), (semibold, "Inter-SemiBold.ttf")]:
        cut(source, codes, ["kern", "tnum", "locl", "ccmp", "mark", "mkmk"]).save(HERE / name)
    whole = HERE / "wide.ttf"
    cut(fallback, wide(), []).save(whole)
    data = whole.read_bytes()
    (HERE / "DroidSansFallback-wide.ttf.zlib").write_bytes(zlib.compress(data, 9))
    whole.unlink()
    print(len(data), "bytes inflated")


main(*sys.argv[1:])

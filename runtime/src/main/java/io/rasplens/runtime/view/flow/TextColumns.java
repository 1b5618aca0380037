package io.rasplens.runtime.view.flow;

import io.rasplens.compiler.program.NodeText;

/** How many columns of a monospaced face a text takes. */
final class TextColumns {
    private static final int FIRST_WIDE = 0x1100;

    private TextColumns() {}

    static int of(String text) {
        return text.codePoints().map(TextColumns::of).sum();
    }

    /** The text, cut to that many columns. */
    static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        var out = new StringBuilder();
        int used = 1;
        for (int point : text.codePoints().toArray()) {
            used += of(point);
            if (used > columns) {
                break;
            }
            out.appendCodePoint(point);
        }
        return out.append(NodeText.ELLIPSIS).toString();
    }

    private static int of(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        if (point < FIRST_WIDE) {
            return 1;
        }
        boolean wide = Character.isIdeographic(point)
                || (type == Character.OTHER_SYMBOL && point > 0xFFFF)
                || inRange(point, 0x1100, 0x115F)
                // Circled numbers: few monospaced faces have them, and others draw them wider.
                || inRange(point, 0x2460, 0x24FF)
                || inRange(point, 0x3251, 0x32BF)
                || inRange(point, 0x2E80, 0xA4CF)
                || inRange(point, 0xAC00, 0xD7A3)
                || inRange(point, 0xF900, 0xFAFF)
                || inRange(point, 0xFE30, 0xFE6F)
                || inRange(point, 0xFF00, 0xFF60)
                || inRange(point, 0xFFE0, 0xFFE6)
                || inRange(point, 0x1F300, 0x1FAFF);
        return wide ? 2 : 1;
    }

    private static boolean inRange(int point, int low, int high) {
        return point >= low && point <= high;
    }
}

package io.rasplens.grammar.guide;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.regex.Pattern;

/**
 * A section of the language reference.
 *
 * @param title its heading
 * @param topics the words under which it is found, the most telling one first
 * @param lines what stands in it, as Markdown
 */
public record GuideSection(String title, ImmutableList<String> topics, ImmutableList<String> lines) {
    private static final String FENCE = "```";
    private static final Pattern TABLE_RULE = Pattern.compile("[|: -]*-[|: -]*");
    private static final Splitter CELLS = Splitter.on('|').trimResults();
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\(#[^)]*\\)");

    /** The section for a reader at a terminal: code is indented, tables lose their rules, links their targets. */
    public String text() {
        var out = new StringBuilder(title).append("\n\n");
        boolean code = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                code = !code;
            } else if (code) {
                out.append(line.isEmpty() ? "" : "    ").append(line).append('\n');
            } else if (!line.startsWith("|") || !TABLE_RULE.matcher(line).matches()) {
                out.append(LINK.matcher(line.startsWith("|") ? cells(line) : line)
                                .replaceAll("$1")
                                .replace("**", ""))
                        .append('\n');
            }
        }
        return out.toString().stripTrailing() + "\n";
    }

    /** A row of a table, with its cells far enough apart to be told from each other. */
    private static String cells(String row) {
        return "    " + String.join("   ", CELLS.splitToList(row.substring(1, row.length() - 1)));
    }
}

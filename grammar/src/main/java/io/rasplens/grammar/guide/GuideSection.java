package io.rasplens.grammar.guide;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
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
    private static final String INDENT = "    ";
    private static final String GAP = "   ";
    private static final Pattern TABLE_RULE = Pattern.compile("[|: -]*-[|: -]*");
    private static final Splitter CELLS = Splitter.on('|').trimResults();
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\(#[^)]*\\)");

    /** The section for a reader at a terminal: code is indented, tables lose their rules and stand in columns, links lose their targets. */
    public String text() {
        var out = new StringBuilder(title).append("\n\n");
        boolean code = false;
        List<List<String>> table = new ArrayList<>();
        for (String line : lines) {
            if (!code && line.startsWith("|")) {
                if (!TABLE_RULE.matcher(line).matches()) {
                    table.add(CELLS.splitToList(prose(line.substring(1, line.length() - 1))));
                }
                continue;
            }
            out.append(columns(table));
            table.clear();
            if (line.startsWith(FENCE)) {
                code = !code;
            } else if (code) {
                out.append(line.isEmpty() ? "" : INDENT).append(line).append('\n');
            } else {
                out.append(prose(line)).append('\n');
            }
        }
        return out.append(columns(table)).toString().stripTrailing() + "\n";
    }

    private static String prose(String line) {
        return LINK.matcher(line).replaceAll("$1").replace("**", "");
    }

    /** A table, each cell but the last of a row as wide as the widest of its column. */
    private static String columns(List<List<String>> rows) {
        var out = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream()
                        .filter(each -> each.size() > column)
                        .mapToInt(each -> each.get(column).length())
                        .max()
                        .orElse(0);
                line.append(line.length() == 0 ? INDENT : GAP).append(Strings.padEnd(row.get(i), width, ' '));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}

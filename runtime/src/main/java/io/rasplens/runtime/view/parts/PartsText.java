package io.rasplens.runtime.view.parts;

import io.rasplens.compiler.model.Origin;
import java.util.Optional;

/** The parts of a model in words, a line each. */
public final class PartsText {
    private PartsText() {}

    /** Hidden units that do the same are counted together. */
    public static String grouped(ModelParts parts) {
        return text(parts, false);
    }

    /** Below each group what every single unit of it reads and writes. */
    public static String withUnits(ModelParts parts) {
        return text(parts, true);
    }

    private static String text(ModelParts parts, boolean units) {
        var out = new StringBuilder();
        for (int number = 0; number < parts.layers().size(); number++) {
            ModelParts.LayerParts layer = parts.layers().get(number);
            out.append("layer ").append(number).append('\n');
            for (int head = 0; head < layer.heads().size(); head++) {
                out.append("  head ")
                        .append(head)
                        .append("  ")
                        .append(words(layer.heads().get(head)))
                        .append('\n');
            }
            for (ModelParts.OriginGroup group : layer.groups()) {
                int count = group.units().size();
                out.append("  ")
                        .append(count)
                        .append(count == 1 ? " hidden unit  " : " hidden units  ")
                        .append(words(group.origin()))
                        .append('\n');
                if (units) {
                    group.units().forEach(unit -> append(out, unit));
                }
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, ModelParts.Unit unit) {
        String written = unit.output().text();
        out.append("    unit ")
                .append(unit.number())
                .append("  relu(")
                .append(unit.input().text())
                .append(") times ")
                .append(unit.output().terms().size() > 1 ? "(" + written + ")" : written)
                .append('\n');
    }

    private static String words(Optional<Origin> known) {
        if (known.isEmpty()) {
            return "the model doesn't say what for";
        }
        Origin origin = known.get();
        String place = origin.source()
                .map(source -> "   (" + source.file() + ":" + source.line() + ")")
                .orElse("");
        return origin.sop() + ": " + origin.description() + place;
    }
}

package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.cli.OptionTable.OptionKind;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the options that the verbs' annotations declare into the table beside this class, once for each build. */
public final class WriteOptionTable {
    private static final Pattern ONE_PLACE = Pattern.compile("[0-9]");

    private final String verb;
    private final StringBuilder out;
    private boolean simple = true;

    private WriteOptionTable(String verb, StringBuilder out) {
        this.verb = verb;
        this.out = out;
    }

    /**
     * Writes the table.
     *
     * @param arguments the folder of the compiled classes
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).resolve(Path.of("io", "rasplens", "runtime", "cli"));
        Files.writeString(folder.resolve("options.txt"), text());
    }

    static String text() {
        var all = new StringBuilder();
        for (Verb verb : Verb.values()) {
            var rows = new StringBuilder();
            var writing = new WriteOptionTable(verb.word(), rows);
            writing.walk(verb.command().getClass(), ImmutableList.of());
            if (writing.simple) {
                all.append(rows);
            }
        }
        return all.toString();
    }

    private void walk(Class<?> type, List<String> way) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                var longer = new ArrayList<>(way);
                longer.add(field.getName());
                if (field.isAnnotationPresent(Mixin.class)) {
                    walk(field.getType(), longer);
                } else if (field.isAnnotationPresent(Option.class)) {
                    option(field, field.getAnnotation(Option.class), longer);
                } else if (field.isAnnotationPresent(Parameters.class)) {
                    argument(field, field.getAnnotation(Parameters.class), longer);
                }
            }
        }
    }

    private void option(Field field, Option option, List<String> way) {
        boolean plain = option.arity().isEmpty()
                && option.split().isEmpty()
                && option.converter().length == 0
                && option.fallbackValue().isEmpty()
                && !option.negatable()
                && !option.usageHelp()
                && !option.versionHelp();
        OptionKind kind = plain ? kind(field.getType()) : OptionKind.OTHER;
        for (String name : option.names()) {
            row(name, kind, way, option.required());
        }
    }

    private void argument(Field field, Parameters parameters, List<String> way) {
        boolean plain = ONE_PLACE.matcher(parameters.index()).matches()
                && (parameters.arity().isEmpty() || parameters.arity().equals("0..1"))
                && parameters.split().isEmpty()
                && parameters.converter().length == 0
                && field.getType() == String.class;
        if (plain) {
            row(parameters.index(), OptionKind.TEXT, way, parameters.arity().isEmpty());
        }
        simple &= plain;
    }

    private void row(String option, OptionKind kind, List<String> way, boolean needed) {
        out.append(verb)
                .append(' ')
                .append(option)
                .append(' ')
                .append(kind)
                .append(' ')
                .append(String.join(".", way))
                .append(needed ? " needed" : " free")
                .append('\n');
    }

    private static OptionKind kind(Class<?> type) {
        if (type == boolean.class) {
            return OptionKind.FLAG;
        }
        boolean number = type == int.class || type == Integer.class || type == long.class;
        return number ? OptionKind.NUMBER : type == String.class ? OptionKind.TEXT : OptionKind.OTHER;
    }
}

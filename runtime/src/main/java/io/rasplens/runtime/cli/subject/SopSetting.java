package io.rasplens.runtime.cli.subject;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.transformer.SopEdit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An s-op's value as {@code --set} takes it: {@code opposite[2]=0}, {@code here@21[0]=True}. */
public final class SopSetting {
    private static final Pattern FORM = Pattern.compile("\\s*([^\\[\\]=]+?)\\s*\\[\\s*(-?\\d{1,9})\\s*]\\s*=(.*)");

    private SopSetting() {}

    /** Without its position. */
    private static final Pattern NAME_ALONE = Pattern.compile("\\s*([^\\[\\]=\\s]+)\\s*=(.*)");

    public static SopEdit parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            Matcher alone = NAME_ALONE.matcher(text);
            throw alone.matches()
                    ? failure(
                            "--set takes name[position]=value, got " + text,
                            "say at which position, from 0: --set '" + alone.group(1) + "[0]=" + value(alone.group(2))
                                    + "'")
                    : failure(
                            "--set takes name[position]=value, got " + text,
                            "write, for example, --set 'opposite[2]=0' or --set 'here@21[0]=True'");
        }
        if (form.group(3).startsWith("=")) {
            throw failure(
                    "--set takes one '=', got " + text,
                    "write --set '" + form.group(1) + "[" + form.group(2) + "]=" + value(form.group(3)) + "'");
        }
        ImmutableList<Value> values = Inputs.parse("--set", "[" + form.group(3) + "]");
        if (values.size() != 1) {
            throw failure(
                    "--set takes one value, got " + values.size() + " in " + text,
                    "write, for example, --set '" + form.group(1) + "[" + form.group(2) + "]=0'");
        }
        return SopEdit.of(form.group(1), Integer.parseInt(form.group(2)), values.get(0));
    }

    /** What stands behind the signs of a comparison. */
    private static String value(String text) {
        return CharMatcher.is('=').trimLeadingFrom(text).strip();
    }

    private static DiagnosticException failure(String message, String help) {
        return new DiagnosticException(
                ImmutableList.of(Diagnostic.error(CliCode.BAD_VALUE, message).help(help)));
    }
}

package io.rasplens.runtime.cli.subject;

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

    public static SopEdit parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw failure("--set takes name[position]=value, got " + text);
        }
        ImmutableList<Value> values = Inputs.parse("--set", "[" + form.group(3) + "]");
        if (values.size() != 1) {
            throw failure("--set takes one value, got " + values.size() + " in " + text);
        }
        return SopEdit.of(form.group(1), Integer.parseInt(form.group(2)), values.get(0));
    }

    private static DiagnosticException failure(String message) {
        return new DiagnosticException(ImmutableList.of(Diagnostic.error(CliCode.BAD_VALUE, message)
                .help("write, for example, --set 'opposite[2]=0' or --set 'here@21[0]=True'")));
    }
}

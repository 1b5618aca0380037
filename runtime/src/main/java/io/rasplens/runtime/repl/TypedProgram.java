package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.page.PageProgram;
import java.util.Optional;
import java.util.OptionalInt;

/** What a session has defined so far, as the text of a program. */
final class TypedProgram {
    private final StringBuilder text = new StringBuilder();

    /** Remembers a statement that was carried out; what only shows something defines nothing. */
    void add(Statement statement) {
        if (statement instanceof Statement.Assignment
                || statement instanceof Statement.FunctionDefinition
                || statement instanceof Statement.ForLoop
                || statement instanceof Statement.Load) {
            text.append(statement.span().text().strip()).append('\n');
        }
    }

    /** A page's program that shows an s-op on an input. */
    PageProgram on(String sop, ImmutableMap<String, String> loads, ImmutableList<Value> input) {
        return new PageProgram(
                sop,
                text.isEmpty() ? sop + ";\n" : text.toString(),
                loads,
                CompileOptions.DEFAULT.level(),
                Optional.of(sop),
                Optional.of(input.stream().distinct().collect(ImmutableList.toImmutableList())),
                OptionalInt.of(input.size()),
                Optional.empty(),
                Optional.of(input));
    }
}

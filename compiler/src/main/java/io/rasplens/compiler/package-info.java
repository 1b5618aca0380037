/**
 * The compiler's front door: source text to compiled model, as a list of stages. {@link io.rasplens.compiler.RaspCompiler}
 * runs them all, or one at a time for a caller that wants to see what lies between. The runtime's verbs, its REPL and the
 * examples depend on this package; the transformer engine does not, it knows {@code compiler.model} alone.
 *
 * <pre>{@code
 * SourceFile source = SourceFile.of("reverse.rasp", """
 *         #@ vocab ["a", "b", "c"]
 *         #@ max_length 5
 *         reverse = aggregate(select(indices, length - 1 - indices, ==), tokens);
 *         """);
 * Result<CompiledModel> model = RaspCompiler.compile(source, CompileOptions.DEFAULT.level(Level.DIRECT));
 *
 * Elaboration meaning = RaspCompiler.elaborate(source, SourceLoader.none()).orThrow(); // only up to the program graph
 * RaspProgram program = RaspCompiler.chooseProgram(meaning, CompileOptions.DEFAULT).orThrow();
 * System.out.println(program.name()); // reverse
 * }</pre>
 *
 * A program with errors gives a {@link io.rasplens.grammar.diagnostic.Result.Failure} that holds all of them; nothing here
 * throws because of what the user wrote.
 */
@NullMarked
package io.rasplens.compiler;

import org.jspecify.annotations.NullMarked;

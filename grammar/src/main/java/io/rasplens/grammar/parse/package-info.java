/**
 * Text to syntax tree. The only package that sees ANTLR; the grammar itself is {@code Rasp.g4}, compiled into the package
 * {@code antlr} below this one. The elaborator, the REPL and the command line depend on it.
 *
 * <pre>{@code
 * Result<Script> script = RaspParser.parse(SourceFile.of("example", "x = tokens;"));
 * Result<ImmutableList<Value>> input = InputParser.parse("--input", "[1, 2]");
 * }</pre>
 *
 * <p>The way of a text: {@code ContextTokens} (scanner), {@code GuardedParser} (the generated parser within limits),
 * {@code ScriptBuilder} (tree). At an error {@code SyntaxRecovery} goes on with the next statement and {@code SyntaxErrors} finds
 * the words.
 */
@NullMarked
package io.rasplens.grammar.parse;

import org.jspecify.annotations.NullMarked;

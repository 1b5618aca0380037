/**
 * What the program asks of the machine that runs it: memory, threads with deep stacks, the clock. Everything here goes through
 * {@link io.rasplens.grammar.platform.Host}, the class that another kind of machine (a browser) brings its own of, as it does of
 * {@link io.rasplens.grammar.platform.ShortestDigits}; nothing else in the front end, the compiler and the transformer engine touches threads, {@code Runtime} or management beans. This
 * package depends on no other of ours.
 *
 * <pre>{@code
 * WorkLimits limits = WorkLimits.ofHost().memory(256L << 20).millis(2_000);
 * CompiledModel model = RaspCompiler.compile(source, CompileOptions.DEFAULT, loader, limits).orThrow();
 * }</pre>
 */
@NullMarked
package io.rasplens.grammar.platform;

import org.jspecify.annotations.NullMarked;

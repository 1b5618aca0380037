/**
 * The compiled artefact: configuration, weights, codecs, labels, provenance. The only compiler package that the transformer engine sees,
 * and it sees no other.
 *
 * <pre>{@code
 * CompiledModel model = RaspCompiler.compile(source, CompileOptions.DEFAULT).orThrow();
 * model.config().nLayers();
 * model.provenance().heads().get(0).get(0).description();   // counts keys where key's tokens == query's tokens
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.model;

import org.jspecify.annotations.NullMarked;

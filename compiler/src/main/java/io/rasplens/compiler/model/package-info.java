/**
 * The compiled artefact: configuration, weights, codecs, labels, provenance. The only compiler package that the transformer engine sees.
 */
@NullMarked
package io.rasplens.compiler.model;

import org.jspecify.annotations.NullMarked;

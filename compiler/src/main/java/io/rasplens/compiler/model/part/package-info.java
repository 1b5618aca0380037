/**
 * What the parts of a model are, as structure: heads with what they compare and write, hidden units as functions, directions with what
 * exactly they hold, s-ops with where they stand. From the compiler's knowledge, and checked against runs in tests; saved with the model.
 *
 * <pre>{@code
 * HeadPart head = model.provenance().anatomy().orElseThrow().heads().get(1).get(0);
 * head.query();    // [opposite]
 * head.where();    // indices == opposite
 * head.selected(); // AtLeast[score=50.0]: which keys of a pattern it selects, on any input
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.model.part;

import org.jspecify.annotations.NullMarked;

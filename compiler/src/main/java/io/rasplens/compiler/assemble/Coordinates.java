package io.rasplens.compiler.assemble;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.ResidualLabel;

/** The dimensions of a circuit's stream, and how what reads and writes directions reads and writes them. */
interface Coordinates {
    ImmutableList<ResidualLabel> labels();

    /** Why each dimension is there. */
    ImmutableList<Origin> origins(DirectionOrigins directions);

    /** What each dimension is of. */
    ImmutableList<Dimension> dimensions();

    /** What a head's value adds beside the form's own where it is written, whatever the query sees. */
    double writtenBeside(LinearForm value);

    /** What the token BOS writes. */
    CoordinateRow bos();

    /** What the token PAD writes. */
    CoordinateRow pad();

    CoordinateRow token(LinearForm form);

    CoordinateRow position(LinearForm form);

    /**
     * What a head's query reads.
     *
     * @param guardsBos whether it matters what the head sees at BOS
     */
    CoordinateRow query(LinearForm form, boolean guardsBos);

    CoordinateRow key(LinearForm form);

    CoordinateRow value(LinearForm form);

    /** The input of a hidden unit; it has to be off at BOS. */
    CoordinateRow unit(LinearForm form);

    /** What a head or a hidden unit writes; no bias. */
    CoordinateRow output(LinearForm form);

    CoordinateRow logit(LinearForm form);

    /** The widest head's width, given what the heads need. */
    int dHead(int needed);

    /** How many heads and hidden units a layer has room for at least. */
    int least();
}

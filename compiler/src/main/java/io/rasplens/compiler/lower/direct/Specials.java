package io.rasplens.compiler.lower.direct;

/** The directions that the tokens BOS and PAD have to themselves. */
record Specials(Direction bos, Direction pad) {

    /** 1 at every position but BOS. */
    Form anywhere() {
        return Form.of(Direction.ONE).plus(-1, bos);
    }
}

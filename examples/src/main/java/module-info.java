/** A walk through the library in Java, as an embedding would write it. */
module io.rasplens.examples {
    requires io.rasplens.runtime;

    exports io.rasplens.examples;
}

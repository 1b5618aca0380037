/** From RASP to transformer weights, and the interpreter that says what they must compute. How weights are chosen stays inside. */
// The runtime is built later; EJML's jars have names by their files.
@SuppressWarnings({"module", "requires-transitive-automatic"})
module io.rasplens.compiler {
    requires transitive com.google.common;
    requires transitive ejml.core;
    requires ejml.dsparse;
    requires transitive io.rasplens.grammar;
    requires static transitive org.jspecify;

    exports io.rasplens.compiler;
    exports io.rasplens.compiler.elaborate;
    exports io.rasplens.compiler.interpret;
    exports io.rasplens.compiler.model;
    exports io.rasplens.compiler.model.part;
    exports io.rasplens.compiler.program;
    exports io.rasplens.compiler.certify to
            io.rasplens.runtime;
    exports io.rasplens.compiler.circuit to
            io.rasplens.runtime;
    exports io.rasplens.compiler.infer.refusal to
            io.rasplens.runtime;
    exports io.rasplens.compiler.lower to
            io.rasplens.runtime;
    exports io.rasplens.compiler.readout to
            io.rasplens.runtime;
    exports io.rasplens.compiler.stack to
            io.rasplens.runtime;
}

/** The RASP language: text to syntax tree, values, diagnostics, and the reference. The generated parser stays inside. */
@SuppressWarnings("module") // The compiler is built later.
module io.rasplens.grammar {
    requires transitive com.google.common;
    requires static transitive org.jspecify;
    requires java.management;
    requires org.antlr.antlr4.runtime;

    exports io.rasplens.grammar.ast;
    exports io.rasplens.grammar.diagnostic;
    exports io.rasplens.grammar.guide;
    exports io.rasplens.grammar.parse;
    exports io.rasplens.grammar.platform;
    exports io.rasplens.grammar.source;
    exports io.rasplens.grammar.value;
    exports io.rasplens.grammar.frozen to
            io.rasplens.compiler;
}

/** The hooked transformer, its cache, analyses, files and pictures. The command line is in here and opens to nobody but its library. */
// EJML's jars have names by their files, and who embeds has no command line.
@SuppressWarnings({"module", "requires-automatic"})
module io.rasplens.runtime {
    requires com.google.gson;
    requires ejml.ddense;
    requires ejml.dsparse;
    requires static info.picocli;
    requires transitive io.rasplens.compiler;
    requires static org.jline.reader;
    requires static org.jline.terminal;

    exports io.rasplens.runtime;
    exports io.rasplens.runtime.analysis;
    exports io.rasplens.runtime.analysis.circuit;
    exports io.rasplens.runtime.analysis.intervene;
    exports io.rasplens.runtime.analysis.patch;
    exports io.rasplens.runtime.cache;
    exports io.rasplens.runtime.hook;
    exports io.rasplens.runtime.repl;
    exports io.rasplens.runtime.store;
    exports io.rasplens.runtime.store.error;
    exports io.rasplens.runtime.store.safetensors;
    exports io.rasplens.runtime.tensor;
    exports io.rasplens.runtime.transformer;
    exports io.rasplens.runtime.view;
    exports io.rasplens.runtime.view.attention;
    exports io.rasplens.runtime.view.circuit;
    exports io.rasplens.runtime.view.flow;
    exports io.rasplens.runtime.view.heat;
    exports io.rasplens.runtime.view.page;
    exports io.rasplens.runtime.view.parts;
    exports io.rasplens.runtime.view.story;

    opens io.rasplens.runtime.cli.verb to
            info.picocli;
}

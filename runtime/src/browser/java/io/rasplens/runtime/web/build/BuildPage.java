package io.rasplens.runtime.web.build;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.teavm.tooling.ConsoleTeaVMToolLog;
import org.teavm.tooling.TeaVMProblemRenderer;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.vm.TeaVMOptimizationLevel;

/**
 * Builds the page: translates the engine to JavaScript, joins the page's own modules into one script, and puts both, the style and the
 * examples and lessons into one HTML text. Maven runs it from source, with the project's class path:
 * {@code java -cp … BuildPage.java FOLDER}, where the folder is the module's.
 *
 * <p>Translating takes a minute, so it is only done when the classes have changed.
 */
public final class BuildPage {
    private static final Pattern IMPORT =
            Pattern.compile("^import \\{ ([^}]*) } from \"\\./(\\w+)\\.js\";\\n", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^export ((?:async )?(?:function|const) (\\w+))", Pattern.MULTILINE);

    private final Path module;
    private final Path work;
    private final List<Path> classPath = new ArrayList<>();

    private BuildPage(Path module) {
        this.module = module;
        this.work = module.resolve("target/page");
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry));
        }
    }

    public static void main(String[] args) throws Exception {
        new BuildPage(Path.of(args[0])).run();
    }

    private void run() throws Exception {
        Path out = module.resolve("target/classes/io/rasplens/runtime/view/page");
        Files.createDirectories(out);
        Path pages = module.resolve("src/main/page");
        String html = Files.readString(pages.resolve("page.html"))
                .replace("/*css*/", Files.readString(pages.resolve("style.css")))
                .replace("/*early*/", inScript(Files.readString(pages.resolve("early.js"))))
                .replace("/*script*/", inScript(script(pages)))
                .replace("id=\"engine\"></script>", "id=\"engine\">" + inScript(engine()) + "</script>");
        Files.writeString(out.resolve("page.html"), html);
        Files.writeString(out.resolve("course.json"), course(module.resolveSibling("examples")));
    }

    /** Nothing in a script may look like its end. */
    private static String inScript(String script) {
        return script.replaceAll("(?i)</(script)", "<\\\\/$1").replace("<!--", "<\\!--");
    }

    // The engine

    private String engine() throws Exception {
        Path classes = compileGlue();
        String key = key(classes);
        Path built = work.resolve("engine.js");
        Path stamp = work.resolve("engine.key");
        if (Files.exists(built)
                && Files.exists(stamp)
                && Files.readString(stamp).equals(key)) {
            return Files.readString(built);
        }
        Files.deleteIfExists(stamp);
        var path = new ArrayList<File>();
        var urls = new ArrayList<URL>();
        path.add(classes.toFile());
        classPath.forEach(entry -> path.add(entry.toFile()));
        for (File entry : path) {
            urls.add(entry.toURI().toURL());
        }
        var log = new ConsoleTeaVMToolLog(false);
        try (var loader = new URLClassLoader(urls.toArray(new URL[0]), BuildPage.class.getClassLoader())) {
            var tool = new TeaVMTool();
            tool.setClassPath(path);
            tool.setClassLoader(loader);
            tool.setMainClass("io.rasplens.runtime.web.browser.BrowserMain");
            tool.setTargetDirectory(work.toFile());
            tool.setTargetFileName("engine.js");
            tool.setTargetType(TeaVMTargetType.JAVASCRIPT);
            tool.setObfuscated(true);
            tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
            tool.getTransformers().add("io.rasplens.runtime.web.browser.CorrectLibrary");
            tool.setLog(log);
            tool.generate();
            if (!tool.getProblemProvider().getSevereProblems().isEmpty()) {
                TeaVMProblemRenderer.describeProblems(
                        tool.getDependencyInfo().getCallGraph(), tool.getProblemProvider(), log);
                throw new IllegalStateException("the engine uses what a browser has not; see above");
            }
        }
        Files.writeString(built, readOnce(Files.readString(built)));
        Files.writeString(stamp, key);
        return Files.readString(built);
    }

    /**
     * The engine is one function, handed to another as an argument. Browsers skim a function first, and read it when it is called; one in
     * brackets they read at once.
     */
    private static String readOnce(String engine) {
        int start = engine.indexOf("(function(", engine.indexOf("define.amd"));
        int end = engine.lastIndexOf("}));");
        if (start < 0 || end < start) {
            throw new IllegalStateException("the engine is written in a form that BuildPage does not know");
        }
        return engine.substring(0, start) + "(" + engine.substring(start, end) + "})));" + engine.substring(end + 4);
    }

    private Path compileGlue() throws IOException {
        Path classes = work.resolve("classes");
        deleteAll(classes);
        Files.createDirectories(classes);
        var arguments = new ArrayList<>(List.of(
                "-nowarn",
                "-proc:none",
                "--release",
                "17",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        for (Path source : files(module.resolve("src/browser/java/io/rasplens/runtime/web/browser"))) {
            arguments.add(source.toString());
        }
        var messages = new ByteArrayOutputStream();
        int failed =
                ToolProvider.getSystemJavaCompiler().run(null, messages, messages, arguments.toArray(new String[0]));
        if (failed != 0) {
            throw new IllegalStateException(messages.toString(StandardCharsets.UTF_8));
        }
        Path resources = module.resolve("src/browser/resources");
        for (Path resource : files(resources)) {
            Path target = classes.resolve(resources.relativize(resource).toString());
            Files.createDirectories(target.getParent());
            Files.copy(resource, target);
        }
        return classes;
    }

    /** Stands for all that goes into the engine: our classes by content, libraries by name and size. */
    private String key(Path glue) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        var entries = new ArrayList<>(classPath);
        entries.add(glue);
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                for (Path file : files(entry)) {
                    String name = entry.relativize(file).toString();
                    if (name.endsWith(".class") || name.endsWith(".rasp") || name.endsWith(".md")) {
                        digest.update(name.getBytes(StandardCharsets.UTF_8));
                        digest.update(Files.readAllBytes(file));
                    }
                }
            } else if (entry.getFileName().toString().startsWith("rasplens")) {
                digest.update(Files.readAllBytes(entry));
            } else {
                digest.update((entry.getFileName() + " " + Files.size(entry)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    // The page's own script

    /** The modules as one script: each a function of its own, so that none sees more of another than it exports. */
    private static String script(Path pages) throws IOException {
        Map<String, String> modules = new LinkedHashMap<>();
        visit(pages, "main", modules);
        return "(() => {\n\"use strict\";\n" + String.join("", modules.values()) + "})();\n";
    }

    private static void visit(Path pages, String name, Map<String, String> modules) throws IOException {
        if (modules.containsKey(name)) {
            return;
        }
        String text = Files.readString(pages.resolve(name + ".js"));
        Matcher imports = IMPORT.matcher(text);
        while (imports.find()) {
            visit(pages, imports.group(2), modules);
        }
        var names = new ArrayList<String>();
        EXPORT.matcher(text).results().forEach(match -> names.add(match.group(2)));
        String body = EXPORT.matcher(IMPORT.matcher(text).replaceAll("const { $1 } = module_$2;\n"))
                .replaceAll("$1");
        if (Pattern.compile("^(import|export)\\b", Pattern.MULTILINE)
                .matcher(body)
                .find()) {
            throw new IllegalStateException(name + ".js imports or exports in a form that BuildPage does not know");
        }
        modules.put(
                name,
                "const module_" + name + " = (() => {\n" + body + "\nreturn { " + String.join(", ", names)
                        + " };\n})();\n");
    }

    // Examples and lessons

    private static String course(Path examples) throws IOException {
        var programs = new ArrayList<String>();
        for (Path program : files(examples)) {
            if (program.getParent().equals(examples) && program.toString().endsWith(".rasp")) {
                programs.add(object("name", name(program), "source", Files.readString(program)));
            }
        }
        var lessons = new ArrayList<String>();
        Path folder = examples.resolve("lessons");
        if (Files.isDirectory(folder)) {
            for (Path text : files(folder)) {
                if (text.getParent().equals(folder)
                        && text.getFileName().toString().matches("[0-9]{2}-.*\\.md")) {
                    lessons.add(lesson(folder, text));
                }
            }
        }
        return "{\"examples\":[" + String.join(",", programs) + "],\"lessons\":[" + String.join(",", lessons) + "]}";
    }

    private static String lesson(Path folder, Path text) throws IOException {
        String name = name(text);
        String number = name.substring(0, 2);
        String plain =
                object("name", name, "text", Files.readString(text), "program", read(folder.resolve(name + ".rasp")));
        return plain.substring(0, plain.length() - 1)
                + ",\"exercises\":" + pair(folder, number)
                + ",\"solutions\":" + pair(folder.resolve("solutions"), number) + "}";
    }

    private static String pair(Path folder, String number) throws IOException {
        return object("A", read(folder.resolve(number + "-exA.rasp")), "B", read(folder.resolve(number + "-exB.rasp")));
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceAll("\\.[a-z]+$", "");
    }

    private static String object(String... fields) {
        var out = new StringBuilder("{");
        for (int i = 0; i < fields.length; i += 2) {
            out.append(i > 0 ? "," : "").append(quoted(fields[i])).append(':').append(quoted(fields[i + 1]));
        }
        return out.append('}').toString();
    }

    /** A JSON string that may stand within a script element. */
    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < 0x20 || c == '<' || c > 0x7e) {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}

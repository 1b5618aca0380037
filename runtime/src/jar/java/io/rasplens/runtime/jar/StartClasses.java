package io.rasplens.runtime.jar;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The classes that short commands load, as the one entry of the jar that {@code StartLoader} reads. */
final class StartClasses {
    private static final Pattern LOADED = Pattern.compile("\\[class,load\\] (\\S+) source: (?:file|jar):");

    private StartClasses() {}

    /**
     * Tries some commands.
     *
     * @param jar what they are tried with
     * @param entries what it holds
     * @param program a file to run
     */
    static byte[] of(Path jar, Map<String, byte[]> entries, Path program) throws IOException, InterruptedException {
        SortedSet<String> names = new TreeSet<>();
        for (List<String> command : List.of(
                List.of("run", program.toString()),
                List.of("run", program.toString(), "--input", "[2, 1]", "--json"),
                List.of("eval", program.toString()))) {
            names.addAll(loaded(jar, command));
        }
        names.removeIf(name -> !entries.containsKey(file(name)));
        var heads = new ByteArrayOutputStream();
        var bodies = new ByteArrayOutputStream();
        var head = new DataOutputStream(heads);
        for (String name : names) {
            byte[] content = slim(entries.get(file(name)));
            head.writeShort(name.length());
            head.writeBytes(name);
            head.writeInt(content.length);
            bodies.write(content);
        }
        var all = new ByteArrayOutputStream();
        var out = new DataOutputStream(all);
        out.writeInt(names.size());
        out.writeInt(2 * Integer.BYTES + heads.size());
        heads.writeTo(out);
        bodies.writeTo(out);
        return all.toByteArray();
    }

    /** Without the names of local variables, which only a debugger asks for. */
    private static byte[] slim(byte[] content) {
        var writer = new ClassWriter(0);
        new ClassReader(content)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return new MethodVisitor(
                                        Opcodes.ASM9,
                                        super.visitMethod(access, name, descriptor, signature, exceptions)) {
                                    @Override
                                    public void visitLocalVariable(
                                            String name,
                                            String descriptor,
                                            String signature,
                                            Label start,
                                            Label end,
                                            int index) {}
                                };
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    private static String file(String name) {
        return name.replace('.', '/') + ".class";
    }

    private static SortedSet<String> loaded(Path jar, List<String> command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xlog:class+load", "-cp", jar.toString(), "io.rasplens.runtime.cli.Main"));
        words.addAll(command);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed:\n" + said);
        }
        SortedSet<String> names = new TreeSet<>();
        said.lines().forEach(line -> {
            Matcher match = LOADED.matcher(line);
            if (match.find()) {
                names.add(match.group(1));
            }
        });
        return names;
    }
}

package io.rasplens.runtime.jar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The classes that short commands load, as the one entry of the jar that {@code StartLoader} has. */
final class StartClasses {
    private static final Pattern LOADED = Pattern.compile("\\[class,load\\] (\\S+) source: (?:file|jar):");

    private static final String LIBRARY = "io/rasplens/compiler/elaborate/";

    /** What a start reads besides classes. */
    private static final List<String> RESOURCES =
            List.of("io/rasplens/runtime/cli/options.txt", LIBRARY + "library.rasp", LIBRARY + "library.ast");

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
        Map<String, byte[]> contents = new TreeMap<>();
        names.forEach(name -> contents.put(name, slim(entries.get(file(name)))));
        RESOURCES.forEach(name -> contents.put(name, entries.get(name)));
        requireApart(contents.keySet(), entries.keySet());
        return table(contents);
    }

    /** As {@code StartPiece} reads it. */
    private static byte[] table(Map<String, byte[]> contents) {
        int places = Integer.highestOneBit(contents.size()) * 4;
        ByteBuffer table = ByteBuffer.allocate(at(places)).putInt(places);
        var bodies = new ByteArrayOutputStream();
        contents.forEach((name, content) -> {
            int place = name.hashCode() & (places - 1);
            while (table.getInt(at(place) + 2 * Integer.BYTES) > 0) {
                place = (place + 1) & (places - 1);
            }
            table.putInt(at(place), name.hashCode())
                    .putInt(at(place) + Integer.BYTES, table.capacity() + bodies.size())
                    .putInt(at(place) + 2 * Integer.BYTES, content.length);
            bodies.writeBytes(content);
        });
        var all = new ByteArrayOutputStream();
        all.writeBytes(table.array());
        all.writeBytes(bodies.toByteArray());
        return all.toByteArray();
    }

    private static int at(int place) {
        return Integer.BYTES * (1 + 3 * place);
    }

    /** All is found by the hash of its name, so no other name of the jar may have it. */
    private static void requireApart(Set<String> found, Set<String> files) {
        Map<Integer, String> owners = new HashMap<>();
        found.forEach(name -> owners.put(name.hashCode(), name));
        Set<String> names = new TreeSet<>(files);
        files.forEach(file -> names.add(file.replace('/', '.').replaceAll("\\.class$", "")));
        names.addAll(found);
        for (String name : names) {
            String owner = owners.getOrDefault(name.hashCode(), name);
            if (!owner.equals(name)) {
                throw new IllegalStateException(name + " has the hash of " + owner);
            }
        }
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
